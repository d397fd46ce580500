"""The library for staff: what the clinic hands out, its sources, and newer shipped content to publish."""

from collections.abc import Callable
from itertools import groupby
from operator import attrgetter
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.dose import NAMES, dose_cells
from therapies.library import (
    LibraryFilter,
    LibraryRow,
    is_offered,
    library_rows,
    region_words,
    text_in,
)
from therapies.loading import OFFERED
from therapies.loosening import loosened
from therapies.models import Instruction, InstructionText, InstructionVersion, Programme, Status, Therapy, TherapyPage
from therapies.movement_cautions import condition_words
from therapies.pictures import DRAWN, moves, pictures_of
from therapies.publishing import (
    LOOSENS_NOTHING,
    PublishingError,
    adopt_programme,
    publish_page,
    publish_version,
    what_it_loosens,
)
from therapies.safety import notice_of


@require_GET
@staff_may(May.SEE_LIBRARY)
def library(request: StaffRequest) -> HttpResponse:
    """Instructions by therapy, programmes and education pages; the address may narrow the instructions."""
    narrowed = LibraryFilter(request.GET)
    narrowed.is_valid()
    rows = library_rows()
    shown = [row for row in rows if row.fits(narrowed.cleaned_data)]
    context = {
        "form": narrowed,
        "groups": [(therapy, list(of_one)) for therapy, of_one in groupby(shown, key=attrgetter("therapy"))],
        "count": len(shown),
        "programmes": _programmes(rows),
        "pages": _pages(),
    }
    return render(request, "therapies/library.html", context)


def _programmes(rows: list[LibraryRow]) -> list[dict[str, object]]:
    """Each published programme with its titles, and the newer shipped one where there is one."""
    titles = {row.slug: row.title for row in rows}
    found = {programme.slug: programme for programme in Programme.objects.prefetch_related("items")}

    def as_shown(slug: str) -> dict[str, object] | None:
        if slug not in found:
            return None
        keys = [item.instruction_id for item in found[slug].items.all()]
        return {"programme": found[slug], "titles": [titles.get(key, key) for key in keys]}

    return [
        {"now": as_shown(slug), "offered": as_shown(slug + OFFERED)}
        for slug, programme in found.items()
        if programme.status == Status.PUBLISHED
    ]


def _pages() -> list[dict[str, object]]:
    """Each therapy's newest page that is not replaced, English first, and whether a newer one is offered."""
    rows = TherapyPage.objects.exclude(status=Status.SUPERSEDED).select_related("therapy")
    ordered = rows.order_by("therapy__order", "therapy_id", "language", "-status", "-number")
    pages = []
    for therapy, of_one in groupby(ordered, key=attrgetter("therapy")):
        held = list(of_one)
        pages.append({"therapy": therapy, "page": held[0], "offered": any(map(is_offered, held))})
    return pages


@require_GET
@staff_may(May.SEE_LIBRARY)
def library_instruction(request: StaffRequest, slug: str) -> HttpResponse:
    """One instruction as the patient reads it, its sources and versions, and what waits to be published."""
    instruction = get_object_or_404(Instruction.objects.select_related("therapy"), pk=slug)
    rows = instruction.versions.select_related("published_by", "loosening__by").prefetch_related("texts", "sources")
    versions = list(rows.annotate(blocked_because=notice_of("pk")).order_by("-number"))
    for version in versions:
        version.instruction = instruction
    published = next((version for version in versions if version.status == Status.PUBLISHED), None)
    context = {
        "instruction": instruction,
        "published": _as_read(published) if published else None,
        "drafts": [
            _as_read(version) | {"loosens": loosened(version, published)}
            for version in versions
            if version.status == Status.DRAFT
        ],
        "versions": versions,
    }
    return render(request, "therapies/library_instruction.html", context)


def _as_read(version: InstructionVersion) -> dict[str, object]:
    text = text_in(version)
    notes = text.caution_notes if text else {}
    return {
        "version": version,
        "text": text,
        "regions": region_words(version.regions),
        "cells": dose_cells(version.dose),
        "most": [(NAMES[name], number) for name, number in version.dose_most.items()],
        "cautions": [
            {
                "action": one["action"],
                "condition": condition_words(one["condition"]),
                "note": notes.get(one["condition"], ""),
            }
            for one in version.cautions
        ],
        "figures": _figures(version, text) if text else [],
        "sources": version.sources.all(),
        "offered": is_offered(version),
        "blocked_because": getattr(version, "blocked_because", ""),
    }


def _figures(version: InstructionVersion, text: InstructionText) -> list[dict[str, object]]:
    """The pictures of each figure that there is, by its name."""
    found: list[dict[str, object]] = []
    for name in DRAWN:
        ids = f"v{version.number}{name[0]}"
        pictures = pictures_of(
            version.figures, text.pictures, name=name, title=text.title, ids=ids, minutes=version.minutes
        )
        if pictures:
            found.append({"name": name, "pictures": pictures, "moves": moves(version.figures[name])})
    return found


@require_GET
@staff_may(May.SEE_LIBRARY)
def library_page(request: StaffRequest, slug: str) -> HttpResponse:
    """A therapy's education page in every language, its versions and the drafts that are offered."""
    therapy = get_object_or_404(Therapy, pk=slug)
    pages = list(therapy.pages.select_related("published_by").prefetch_related("sources"))
    context = {
        "therapy": therapy,
        "pages": pages,
        "shown": [page for page in pages if page.status != Status.SUPERSEDED],
    }
    return render(request, "therapies/library_page.html", context)


@require_POST
@staff_may(May.PUBLISH)
def library_publish(request: StaffRequest, slug: str, version: UUID) -> HttpResponse:
    draft = get_object_or_404(InstructionVersion, pk=version, instruction=slug)
    _tell(request, lambda: publish_version(draft, by=request.user, at=timezone.now()))
    return redirect("library_instruction", slug=slug)


@require_POST
@staff_may(May.LOOSEN_CAUTION)
def library_loosen(request: StaffRequest, slug: str, version: UUID) -> HttpResponse:
    """A clinician publishes what loosens a caution, with a reason; everything else is an editor's to publish."""
    draft = get_object_or_404(InstructionVersion.objects.select_related("instruction"), pk=version, instruction=slug)
    reason = request.POST.get("reason", "").replace("\0", "")
    if draft.status == Status.DRAFT and not what_it_loosens(draft):
        messages.error(request, LOOSENS_NOTHING)
    else:
        _tell(request, lambda: publish_version(draft, by=request.user, at=timezone.now(), reason=reason))
    return redirect("library_instruction", slug=slug)


@require_POST
@staff_may(May.PUBLISH)
def library_page_publish(request: StaffRequest, slug: str, page: int) -> HttpResponse:
    draft = get_object_or_404(TherapyPage, pk=page, therapy=slug)
    _tell(request, lambda: publish_page(draft, by=request.user, at=timezone.now()))
    return redirect("library_page", slug=slug)


@require_POST
@staff_may(May.PUBLISH)
def library_programme_publish(request: StaffRequest, slug: str) -> HttpResponse:
    """Replace the clinic's programme `slug` by the newer shipped one."""
    kept = get_object_or_404(Programme, pk=slug)
    offered = Programme.objects.filter(pk=slug + OFFERED).first()
    if offered:
        _tell(request, lambda: adopt_programme(offered, into=kept, by=request.user))
    else:
        messages.error(request, "This programme is no longer offered.")
    return redirect("library")


def _tell(request: HttpRequest, publish: Callable[[], object]) -> None:
    """Publish, and say on the next page how it went."""
    try:
        publish()
    except PublishingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Published.")
