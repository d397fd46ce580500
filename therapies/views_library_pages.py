"""Writing a therapy's page: a draft in one language is begun, written in and discarded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.content import page_content_of, token_of
from therapies.forms_pages import PageForm, initial_of_page
from therapies.languages import languages
from therapies.models import Therapy
from therapies.views_library_write import SAVED
from therapies.writing import Overtaken, WritingError
from therapies.writing_pages import discard_page_draft, pages_being_written, save_page_draft, start_page_draft


@staff_may(May.PUBLISH)
@require_POST
def library_page_draft_start(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    """Begin a draft in this language; where one is there already, open that."""
    therapy = get_object_or_404(Therapy, pk=slug)
    if language not in languages():
        raise Http404
    start_page_draft(therapy, language, by=request.user, today=request.clinic.today())
    return redirect("library_page_draft", slug, language)


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_page_draft(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    draft = get_object_or_404(pages_being_written(slug, language).prefetch_related("sources"))
    now = page_content_of(draft)
    initial = initial_of_page(now) | {"seen": token_of(now)}
    form = PageForm(request.POST or None, language=language, initial=initial)
    context: dict[str, Any] = {"form": form, "draft": draft, "language": languages()[language]}
    if request.method == "POST" and form.is_valid():
        try:
            save_page_draft(draft, form.content, by=request.user, seen=form.cleaned_data["seen"])
        except Overtaken as overtaken:
            form.see(token_of(overtaken.now))
            context |= {"overtaken": form.differences(initial_of_page(overtaken.now), initial_of_page(form.content))}
        except WritingError as error:
            context |= {"refused": str(error)}
        else:
            messages.success(request, SAVED)
            return redirect("library_page_draft", slug, language)
    return render(request, "therapies/library_page_write.html", context)


@staff_may(May.PUBLISH)
@require_POST
def library_page_draft_discard(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    try:
        discard_page_draft(get_object_or_404(pages_being_written(slug, language)), by=request.user)
    except WritingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "The draft is discarded.")
    return redirect("library_page", slug)
