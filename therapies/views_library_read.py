"""Reading the library: one instruction, two of its versions side by side, one therapy's page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.comparing import compare
from therapies.comparing_pictures import changed_pictures
from therapies.languages import ENGLISH, languages
from therapies.library import text_in
from therapies.library_read import as_read, draft_as_read, published_of
from therapies.loosening import loosened_page
from therapies.models import Instruction, InstructionVersion, Origin, RetirementDecision, Status, Therapy, TherapyPage
from therapies.safety import notice_of


@require_safe
@staff_may(May.SEE_LIBRARY)
def library_instruction(request: StaffRequest, slug: str, **above: str) -> HttpResponse:
    """One instruction as the patient reads it, its sources and versions, and what waits to be published.

    `above`: the names of the pages of higher apps that it leads to.
    """
    instruction = get_object_or_404(Instruction.objects.select_related("therapy"), pk=slug)
    versions = _versions(instruction)
    published = published_of(versions)
    retired = next((version for version in versions if version.status == Status.RETIRED), None)
    language = _language(request)
    context = {
        "instruction": instruction,
        "title": _title(versions, instruction),
        "published": as_read(published, language) if published else None,
        "retired": as_read(retired, language) if retired else None,
        "decisions": RetirementDecision.objects.filter(version__instruction=instruction).select_related("by"),
        "drafts": [
            draft_as_read(version, published, language) for version in versions if version.status == Status.DRAFT
        ],
        "being_written": any(v.status == Status.DRAFT and v.origin == Origin.CLINIC for v in versions),
        "starred": instruction.favourites.filter(user=request.user).exists(),
        "versions": versions,
    }
    return render(request, "therapies/library_instruction.html", context | above)


@require_safe
@staff_may(May.SEE_LIBRARY)
def library_compare(request: StaffRequest, slug: str) -> HttpResponse:
    """Two versions side by side: those that the address names, or else the newest two."""
    instruction = get_object_or_404(Instruction, pk=slug)
    versions = _versions(instruction)
    by_number = {str(version.number): version for version in versions}
    after = by_number.get(request.GET.get("after", "")) or (versions[0] if versions else None)
    earlier = [version for version in versions if after and version.number < after.number]
    before = by_number.get(request.GET.get("before", "")) or (earlier[0] if earlier else after)
    context = {
        "instruction": instruction,
        "title": _title(versions, instruction),
        "versions": versions,
        "sides": [
            {"name": "before", "label": "Before", "chosen": before},
            {"name": "after", "label": "After", "chosen": after},
        ],
        "before": before,
        "after": after,
        "compared": compare(before, after) if before and after else (),
        "pictures": changed_pictures(before, after) if before and after else (),
    }
    return render(request, "therapies/library_compare.html", context)


@require_safe
@staff_may(May.SEE_LIBRARY)
def library_page(request: StaffRequest, slug: str, **above: str) -> HttpResponse:
    """A therapy's education page in every language, its versions and the drafts that are offered."""
    therapy = get_object_or_404(Therapy, pk=slug)
    rows = therapy.pages.select_related("published_by", "reading_grade", "loosening__by")
    pages = list(rows.prefetch_related("sources"))
    written = {page.language for page in pages if page.status == Status.DRAFT and page.origin == Origin.CLINIC}
    context = {
        "therapy": therapy,
        "pages": pages,
        "shown": _shown(pages),
        "languages": [{"file": file, "is_begun": code in written} for code, file in languages().items()],
    }
    return render(request, "therapies/library_page.html", context | above)


def _shown(pages: list[TherapyPage]) -> list[tuple[TherapyPage, tuple[str, ...]]]:
    """Each page that is published or waits, and what a draft would loosen of the one in its language."""
    published = {page.language: page for page in pages if page.status == Status.PUBLISHED}
    return [
        (page, loosened_page(page, published.get(page.language)) if page.status == Status.DRAFT else ())
        for page in pages
        if page.status != Status.SUPERSEDED
    ]


def _versions(instruction: Instruction) -> list[InstructionVersion]:
    """The newest first, each with its words, sources and what was decided about it."""
    rows = instruction.versions.select_related("published_by", "loosening__by").order_by("-number")
    rows = rows.annotate(blocked_because=notice_of("pk"))
    versions = list(rows.prefetch_related("texts__reading_grade", "sources"))
    for version in versions:
        version.instruction = instruction
    return versions


def _title(versions: list[InstructionVersion], instruction: Instruction) -> str:
    texts: list[Any] = [text_in(version) for version in (published_of(versions), *versions) if version]
    return next((text.title for text in texts if text), instruction.pk)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in languages() else ENGLISH
