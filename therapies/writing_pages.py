"""The same as writing.py for a therapy's page: one draft of the clinic's own in each language."""

from dataclasses import asdict
from datetime import date

from django.db import transaction
from django.db.models import Max, ProtectedError, QuerySet

from practice import audit
from practice.models import User
from therapies.catalogue_entries import PageText
from therapies.content import PageContent, page_content_of
from therapies.loading import content_hash
from therapies.models import Language, Origin, Source, Status, Therapy, TherapyPage
from therapies.writing import GONE, WritingError, put, refuse_overtaken


def pages_being_written(therapy: str, language: str) -> QuerySet[TherapyPage]:
    return TherapyPage.objects.filter(
        therapy=therapy, language=language, status=Status.DRAFT, origin=Origin.CLINIC
    ).select_related("therapy")


@transaction.atomic
def start_page_draft(therapy: Therapy, language: str, *, by: User, today: date) -> TherapyPage:
    """A draft that begins as what is published in this language, or else empty with the English page's sources."""
    Therapy.objects.select_for_update().get(pk=therapy.pk)
    if waiting := pages_being_written(therapy.pk, language).first():
        return waiting
    published = therapy.pages.filter(status=Status.PUBLISHED)
    before, english = (published.filter(language=each).first() for each in (language, Language.ENGLISH))
    content = page_content_of(before) if before else _empty(english, today)
    number = (therapy.pages.filter(language=language).aggregate(last=Max("number"))["last"] or 0) + 1
    draft = TherapyPage(therapy=therapy, language=language, number=number, origin=Origin.CLINIC)
    return _written(draft, content, by=by)


@transaction.atomic
def save_page_draft(draft: TherapyPage, content: PageContent, *, by: User, seen: str) -> None:
    """Store what the page says. Raises Overtaken, or WritingError for what is no draft any more."""
    draft = _locked(draft)
    refuse_overtaken(page_content_of(draft), content, seen)
    _written(draft, content, by=by)


@transaction.atomic
def discard_page_draft(draft: TherapyPage, *, by: User) -> None:
    draft = _locked(draft)
    audit.record(audit.Action.CHANGED, actor=by, about=draft, detail=f"discarded a draft of page {draft.therapy_id}")
    try:
        draft.delete()
    except ProtectedError as error:
        raise WritingError("Somebody put their name to this draft, so it is kept.") from error


def _empty(english: TherapyPage | None, today: date) -> PageContent:
    texts = dict.fromkeys(PageText.__dataclass_fields__, "")
    sources = page_content_of(english).sources if english else ()
    return PageContent(PageText(**(texts | {"ask_first": ()})), sources, today)  # type: ignore[arg-type]


def _locked(draft: TherapyPage) -> TherapyPage:
    Therapy.objects.select_for_update().filter(pk=draft.therapy_id).first()
    found = pages_being_written(draft.therapy_id, draft.language).filter(pk=draft.pk).first()
    if found is None:
        raise WritingError(GONE)
    return found


def _written(draft: TherapyPage, content: PageContent, *, by: User) -> TherapyPage:
    words = asdict(content.text) | {"ask_first": list(content.text.ask_first)}
    # As load() does it, so that what was shipped and what was written can be told apart by their hash.
    wanted = content_hash([words, sorted(content.sources), content.reviewed_on])
    put(draft, words | {"reviewed_on": content.reviewed_on, "content_hash": wanted})
    draft.sources.set(Source.objects.filter(pk__in=content.sources))
    audit.record(audit.Action.CHANGED, actor=by, about=draft, detail=f"wrote in a draft of page {draft.therapy_id}")
    return draft
