"""start_draft(), save_words(), save_facts(), ...: how an editor writes an instruction; publishing.py publishes it.

An instruction has at most one draft of the clinic's own; the database holds that too. Whoever saves says what they
saw (content.py: token_of): what somebody else has saved since is never written over unread.
"""

from dataclasses import asdict
from typing import Any

from django.db import models, transaction
from django.db.models import Max, ProtectedError, prefetch_related_objects

from practice import audit
from practice.models import User
from therapies.catalogue_entries import InstructionWords
from therapies.content import Facts, facts_of, hash_of_version, token_of, words_of
from therapies.models import Instruction, InstructionText, InstructionVersion, Language, Origin, Source, Status, Therapy
from therapies.picture_choices import PictureChoice

GONE = "This draft was published or discarded meanwhile. Nothing of yours was saved: copy what you still need."


class WritingError(Exception):
    """It was not saved; the message is a sentence for the editor."""


class Overtaken(WritingError):
    """Somebody else saved the same part meanwhile: `now` is what it says."""

    def __init__(self, now: Any) -> None:
        super().__init__("Somebody else saved this meanwhile. Nothing of yours is lost, and nothing of theirs.")
        self.now = now


@transaction.atomic
def new_instruction(*, slug: str, therapy: Therapy, title: str, level: str, by: User) -> InstructionVersion:
    """An instruction of the clinic's own, as a draft that has a title and nothing else yet."""
    instruction = Instruction.objects.create(pk=slug, therapy=therapy)
    draft = InstructionVersion.objects.create(
        instruction=instruction, number=1, origin=Origin.CLINIC, level=level, regions=[], content_hash=""
    )
    words = InstructionWords(**(asdict(words_of(None)) | {"title": title}))
    InstructionText.objects.create(version=draft, language=Language.ENGLISH, **asdict(words))
    return _written(draft, by=by)


@transaction.atomic
def start_draft(version: InstructionVersion, *, by: User | None) -> InstructionVersion:
    """A draft of the clinic's own, begun as a copy of `version`; or the one that is there already."""
    Instruction.objects.select_for_update().get(pk=version.instruction_id)
    versions = InstructionVersion.objects.filter(instruction=version.instruction_id)
    if waiting := versions.being_written().first():
        return waiting
    prefetch_related_objects([version], "sources", "texts")
    number = (versions.aggregate(last=Max("number"))["last"] or 0) + 1
    own = {"number": number, "status": Status.DRAFT, "origin": Origin.CLINIC, "safety": ""}
    draft = copy_of(version, **own, published_at=None, published_by_id=None)
    draft.sources.set(version.sources.all())
    for text in version.texts.all():
        copy_of(text, version_id=draft.pk)
    return _written(draft, by=by)


@transaction.atomic
def save_words(
    draft: InstructionVersion, language: str, words: InstructionWords, *, by: User | None, seen: str
) -> None:
    """Store the words in a language. Raises Overtaken, or WritingError for what is no draft any more."""
    draft = _locked(draft)
    text = draft.texts.filter(language=language).first()
    refuse_overtaken(words_of(text), words, seen)
    put(text or InstructionText(version=draft, language=language), asdict(words))
    _written(draft, by=by)


@transaction.atomic
def save_facts(draft: InstructionVersion, facts: Facts, *, by: User, seen: str) -> None:
    """Store all but words and pictures. Raises as `save_words`."""
    draft = _locked(draft)
    refuse_overtaken(facts_of(draft), facts, seen)
    put(draft, facts.as_columns())
    draft.sources.set(Source.objects.filter(pk__in=facts.sources))
    _written(draft, by=by)


@transaction.atomic
def save_picture(draft: InstructionVersion, name: str, choice: PictureChoice | None, *, by: User, seen: str) -> None:
    """Give the draft this picture under `name` (main, easier, harder), or none, with its words in each language."""
    draft = _locked(draft)
    refuse_overtaken(draft.figures.get(name, {}), choice.data if choice else {}, seen)
    others = {key: figure for key, figure in draft.figures.items() if key != name}
    put(draft, {"figures": others | ({name: choice.data} if choice else {})})
    for text in draft.texts.all():
        said = {key: lines for key, lines in text.pictures.items() if key != name}
        put(text, {"pictures": said | ({name: choice.words_in(text.language)} if choice else {})})
    _written(draft, by=by)


@transaction.atomic
def drop_words(draft: InstructionVersion, language: str, *, by: User) -> None:
    """Take the words in a language out; the English ones stay, as every reader falls back on them."""
    draft = _locked(draft)
    if language == Language.ENGLISH:
        raise WritingError("The English words stay: whoever reads no other language reads them.")
    draft.texts.filter(language=language).delete()
    _written(draft, by=by)


@transaction.atomic
def discard_draft(draft: InstructionVersion, *, by: User) -> None:
    """Delete the draft, and the instruction with it where it never had another version."""
    draft = _locked(draft)
    instruction = draft.instruction
    audit.record(audit.Action.CHANGED, actor=by, about=draft, detail=f"discarded a draft of {instruction.pk}")
    try:
        draft.texts.all().delete()
        draft.delete()
    except ProtectedError as error:
        raise WritingError("Somebody put their name to this draft, so it is kept.") from error
    if not instruction.versions.exists():
        instruction.delete()


def refuse_overtaken(now: Any, wanted: Any, seen: str) -> None:
    """Raise Overtaken unless `now` is what the writer saw, or what they want it to be."""
    if token_of(now) not in (seen, token_of(wanted)):
        raise Overtaken(now)


def copy_of(row: Any, **changes: Any) -> Any:
    """A new row like this one, but for `changes`."""
    same = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    copied = type(row)(**(same | changes))
    copied.save()
    return copied


def put(row: models.Model, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def _locked(draft: InstructionVersion) -> InstructionVersion:
    Instruction.objects.select_for_update().filter(pk=draft.instruction_id).first()
    found = InstructionVersion.objects.being_written().filter(pk=draft.pk).select_related("instruction").first()
    if found is None:
        raise WritingError(GONE)
    return found


def _written(draft: InstructionVersion, *, by: User | None) -> InstructionVersion:
    draft.content_hash = hash_of_version(draft)
    draft.save()
    audit.record(audit.Action.CHANGED, actor=by, about=draft, detail=f"wrote in a draft of {draft.instruction_id}")
    return draft
