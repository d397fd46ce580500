"""Learn: what the clinic says about each therapy, for everybody."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from therapies.languages import ENGLISH
from therapies.models import Status, Therapy, TherapyPage
from therapies.page_pictures import pictures_of_page
from therapies.pictures import Use
from therapies.reading_language import day_in_words, reading_language
from therapies.reviewing import reviewed_in


def published_pages(language: str) -> QuerySet[TherapyPage]:
    """The published pages in `language` and in English, each with its therapy."""
    pages = TherapyPage.objects.filter(status=Status.PUBLISHED, language__in={language, ENGLISH})
    return pages.select_related("therapy")


def one_per_therapy(pages: Iterable[TherapyPage], language: str) -> list[TherapyPage]:
    """Each therapy's page in `language`, or its English one while that is missing or not approved, in the therapies'
    order."""
    found = {(page.therapy_id, page.language): page for page in pages}
    reviewed = reviewed_in(language)
    chosen = (
        reviewed.page(found.get((slug, language)), found.get((slug, ENGLISH))) for slug in {key[0] for key in found}
    )
    return sorted(filter(None, chosen), key=lambda page: (page.therapy.order, page.therapy_id))


@login_not_required  # Public: reading about the therapies needs no account.
@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """Cards by where the therapy is given: at home, in the clinic, from a prescriber."""
    language = reading_language()
    pages = one_per_therapy(published_pages(language), language)
    groups = [(where, [page for page in pages if page.therapy.setting == where]) for where in Therapy.Setting]
    context = {"groups": [group for group in groups if group[1]], "language": language}
    return render(request, "therapies/learn.html", context)


@login_not_required  # Public: reading about the therapies needs no account.
@require_safe
def learn_therapy(request: HttpRequest, slug: str) -> HttpResponse:
    """One therapy's page; 404 for an unknown therapy or one without a published page."""
    language = reading_language()
    pages = one_per_therapy(published_pages(language).filter(therapy=slug), language)
    if not pages:
        raise Http404("No page about this therapy is published.")
    page = pages[0]
    # All of a page is in one language, its labels too.
    with override(page.language):
        drawn, reviewed = pictures_of_page(page, use=Use.SMALL), day_in_words(page.reviewed_on, "full_day")
    context = {"page": page, "falls_back": page.language != language, "drawn": drawn, "reviewed_words": reviewed}
    return render(request, "therapies/therapy_page.html", context)
