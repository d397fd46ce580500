"""Writing an instruction: a draft is begun from a version or anew, and each part of it has a page of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.content import facts_of, token_of, words_of
from therapies.forms_facts import FactsForm, initial_of_facts
from therapies.forms_new import NAMED_TWICE, NewInstructionForm
from therapies.forms_words import WordsForm, initial_of
from therapies.languages import ENGLISH, languages
from therapies.library import text_in
from therapies.models import InstructionVersion
from therapies.writing import (
    Overtaken,
    WritingError,
    discard_draft,
    drop_words,
    new_instruction,
    save_facts,
    save_words,
    start_draft,
)

SAVED = "Saved. It is a draft: nobody is given it before it is published."


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_new(request: StaffRequest) -> HttpResponse:
    form = NewInstructionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("therapy", "title", "level")}
        try:
            new_instruction(slug=form.slug, by=request.user, **chosen)
        except IntegrityError:
            form.add_error("title", NAMED_TWICE)
        else:
            return redirect("library_draft_words", slug=form.slug, language=ENGLISH)
    return render(request, "therapies/library_new.html", {"form": form})


@staff_may(May.PUBLISH)
@require_POST
def library_draft_start(request: StaffRequest, slug: str, version: UUID) -> HttpResponse:
    """Begin a draft from this version; where one is there already, open that."""
    draft = start_draft(get_object_or_404(InstructionVersion, pk=version, instruction=slug), by=request.user)
    return redirect("library_draft_words", slug=draft.instruction_id, language=ENGLISH)


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_draft_words(request: StaffRequest, slug: str, language: str) -> HttpResponse:
    """The words in one language."""
    draft = open_draft(slug)
    if language not in languages():
        raise Http404
    now = words_of(text_in(draft, language))
    initial = initial_of(now) | {"seen": token_of(now)}
    form = WordsForm(request.POST or None, version=draft, language=language, initial=initial)
    context = {"form": form, "part": language, "language": languages()[language]}
    if request.method == "POST" and form.is_valid():
        try:
            save_words(draft, language, form.words, by=request.user, seen=form.cleaned_data["seen"])
        except Overtaken as overtaken:
            form.see(token_of(overtaken.now))
            context |= {"overtaken": form.differences(initial_of(overtaken.now), initial_of(form.words))}
        except WritingError as error:
            context |= {"refused": str(error)}
        else:
            return _saved(request, "library_draft_words", slug, language)
    return _show(request, draft, context)


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_draft_facts(request: StaffRequest, slug: str) -> HttpResponse:
    """Level, dose, cautions, places and sources."""
    draft = open_draft(slug)
    now = facts_of(draft)
    initial = initial_of_facts(now) | {"seen": token_of(now)}
    form = FactsForm(request.POST or None, version=draft, initial=initial)
    context: dict[str, Any] = {"form": form, "part": "facts"}
    if request.method == "POST" and form.is_valid():
        try:
            save_facts(draft, form.facts, by=request.user, seen=form.cleaned_data["seen"])
        except Overtaken as overtaken:
            form.see(token_of(overtaken.now))
            context |= {"overtaken": form.differences(initial_of_facts(overtaken.now), initial_of_facts(form.facts))}
        except WritingError as error:
            context |= {"refused": str(error)}
        else:
            return _saved(request, "library_draft_facts", slug)
    return _show(request, draft, context)


@staff_may(May.PUBLISH)
@require_POST
def library_draft_discard(request: StaffRequest, slug: str) -> HttpResponse:
    """Delete the draft; with `language`, the words in that language alone."""
    draft = open_draft(slug)
    language = request.POST.get("language", "")
    try:
        if language:
            drop_words(draft, language, by=request.user)
        else:
            discard_draft(draft, by=request.user)
    except WritingError as error:
        messages.error(request, str(error))
        return redirect("library_draft_words", slug=slug, language=ENGLISH)
    messages.success(request, "The words are taken out of the draft." if language else "The draft is discarded.")
    if language:
        return redirect("library_draft_words", slug=slug, language=ENGLISH)
    return redirect("library")


def open_draft(slug: str) -> InstructionVersion:
    """The draft that the clinic writes; with its therapy, words and sources."""
    drafts = InstructionVersion.objects.being_written().select_related("instruction__therapy")
    return get_object_or_404(drafts.prefetch_related("texts", "sources"), instruction=slug)


def parts_of(draft: InstructionVersion, part: str) -> dict[str, Any]:
    """What leads from one part of a draft to the others: `part` is the one that is open."""
    written = {text.language for text in draft.texts.all()}
    english = text_in(draft)
    return {
        "draft": draft,
        "part": part,
        "title": english.title if english else draft.instruction_id,
        "languages": [{"file": each, "is_written": each.code in written} for each in languages().values()],
    }


def _saved(request: StaffRequest, page: str, *args: str) -> HttpResponse:
    messages.success(request, SAVED)
    return redirect(page, *args)


def _show(request: StaffRequest, draft: InstructionVersion, context: dict[str, Any]) -> HttpResponse:
    return render(request, "therapies/library_write.html", context | parts_of(draft, context["part"]))
