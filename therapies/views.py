"""Learn: what the clinic says about each therapy, for everybody."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from therapies.models import Language, Status, Therapy, TherapyPage


def reading_language() -> str:
    """The language of the request, "en" or "es", without its country."""
    return (get_language() or Language.ENGLISH)[:2]


def published_pages(language: str) -> QuerySet[TherapyPage]:
    """The published pages in `language` and in English, each with its therapy."""
    pages = TherapyPage.objects.filter(status=Status.PUBLISHED, language__in={language, Language.ENGLISH})
    return pages.select_related("therapy")


def one_per_therapy(pages: Iterable[TherapyPage], language: str) -> list[TherapyPage]:
    """Each therapy's page in `language`, or else its English one, in the therapies' order."""
    # English goes in first, and the reader's own language replaces it.
    chosen = {page.therapy_id: page for page in sorted(pages, key=lambda page: page.language == language)}
    return sorted(chosen.values(), key=lambda page: (page.therapy.order, page.therapy_id))


@login_not_required  # Public: reading about the therapies needs no account.
@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    """Cards by where the therapy is given: at home, in the clinic, from a prescriber."""
    language = reading_language()
    pages = one_per_therapy(published_pages(language), language)
    groups = [(where, [page for page in pages if page.therapy.setting == where]) for where in Therapy.Setting]
    return render(request, "therapies/learn.html", {"groups": [group for group in groups if group[1]]})


@login_not_required  # Public: reading about the therapies needs no account.
@require_safe
def learn_therapy(request: HttpRequest, slug: str) -> HttpResponse:
    """One therapy's page; 404 for an unknown therapy or one without a published page."""
    language = reading_language()
    pages = one_per_therapy(published_pages(language).filter(therapy=slug), language)
    if not pages:
        raise Http404("No page about this therapy is published.")
    context = {"page": pages[0], "falls_back": pages[0].language != language}
    return render(request, "therapies/therapy_page.html", context)
