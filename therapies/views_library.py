"""The library's list for staff: instructions, programmes and education pages."""

from itertools import groupby
from operator import attrgetter

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.library import LibraryFilter, LibraryRow, is_offered, library_rows
from therapies.loading import OFFERED
from therapies.loosening import loosened_page
from therapies.models import Programme, Status, TherapyPage


@require_safe
@staff_may(May.SEE_LIBRARY)
def library(request: StaffRequest, **above: str) -> HttpResponse:
    """Instructions by therapy, programmes and education pages; the address may narrow the instructions.

    `above`: the names of the pages of higher apps that it leads to.
    """
    rows = library_rows(request.user)
    narrowed = LibraryFilter(request.GET, rows=rows)
    narrowed.is_valid()
    shown = [row for row in rows if row.fits(narrowed.cleaned_data)]
    others = (row for row in shown if not row.starred)
    context = {
        "form": narrowed,
        "is_narrowed": any(narrowed.cleaned_data.values()),
        "starred": [row for row in shown if row.starred],
        "groups": [(therapy, list(of_one)) for therapy, of_one in groupby(others, key=attrgetter("therapy"))],
        "count": len(shown),
        "programmes": _programmes(rows),
        "pages": _pages(),
    }
    return render(request, "therapies/library.html", context | above)


def _programmes(rows: list[LibraryRow]) -> list[dict[str, object]]:
    """Each published programme with its titles, and the newer shipped one where there is one."""
    by_slug = {row.slug: row for row in rows}
    found = {programme.slug: programme for programme in Programme.objects.prefetch_related("items")}

    def as_shown(slug: str) -> dict[str, object] | None:
        if slug not in found:
            return None
        keys = [item.instruction_id for item in found[slug].items.all()]
        return {"programme": found[slug], "titles": [_title(by_slug.get(key), key) for key in keys]}

    return [
        {"now": as_shown(slug), "offered": as_shown(slug + OFFERED)}
        for slug, programme in found.items()
        if programme.status == Status.PUBLISHED
    ]


def _title(row: LibraryRow | None, key: str) -> str:
    if row is None:
        return key
    return f"{row.title} (retired: it is left out)" if row.is_retired else row.title


def _pages() -> list[dict[str, object]]:
    """Each therapy's newest page that is not replaced, English first, and what waits beside it, and for whom."""
    rows = TherapyPage.objects.exclude(status=Status.SUPERSEDED).select_related("therapy")
    ordered = rows.order_by("therapy__order", "therapy_id", "language", "-status", "-number")
    pages = []
    for therapy, of_one in groupby(ordered, key=attrgetter("therapy")):
        held = list(of_one)
        offered, loosens = any(map(is_offered, held)), _loosens_any(held)
        pages.append({"therapy": therapy, "page": held[0], "offered": offered, "needs_clinician": loosens})
    return pages


def _loosens_any(held: list[TherapyPage]) -> bool:
    """Whether a draft among one therapy's pages loosens a caution of the published one in its language."""
    published = {page.language: page for page in held if page.status == Status.PUBLISHED}
    drafts = (page for page in held if page.status == Status.DRAFT)
    return any(loosened_page(draft, published.get(draft.language)) for draft in drafts)
