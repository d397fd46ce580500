"""What a text must read like to be published, and the owner's leave for one that does not.

keep_grade() is called by publishing.py only; give_leave() by the owner's page.
"""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from practice import audit
from practice.models import User
from practice.roles import May
from therapies.languages import languages
from therapies.models import InstructionText, InstructionVersion, ReadingGrade, ReadingLeave, Status, TherapyPage
from therapies.pemat import EVERYDAY_WORDS, Item, failed
from therapies.reading.measures import Reading
from therapies.text_lines import Text, handout_of, reading_of, words_hash

LONGEST_REASON = 500
NEEDS_A_REASON = "Say in your own words why it may be published as it reads."
READS_WELL = "It reads well: no leave is needed, an editor publishes it."
NOT_A_DRAFT = "It is no draft any more: there is nothing to give leave for."
NOT_AN_OWNER = "It reads above the gate, so the owner decides."
CHANGED = "Its words were changed since you opened this page. Read them again."


class LeaveError(Exception):
    """The leave was not given; the message says why."""


def above_the_gate(texts: Iterable[Text]) -> tuple[str, ...]:
    """A sentence for each text that reads too hard, or that nothing measures, and has no leave."""
    return tuple(
        f"{_language(text)}: {_how(reading)}. The owner can give leave for it."
        for text in texts
        for reading in [reading_of(text)]
        if not reading.passes and leave_for(text) is None
    )


def checks_failed(texts: Iterable[Text]) -> tuple[str, ...]:
    """A sentence for each item of the PEMAT-P that keeps the text from being published."""
    return tuple(
        f"{_language(text)}, item {item.number} of the PEMAT-P does not hold: “{item.text}”"
        for text in texts
        for item in items_failed(text)
    )


def items_failed(text: Text) -> tuple[Item, ...]:
    """The items that the program found wanting. The owner's leave covers the words that are not everybody's."""
    found = failed(handout_of(text))
    return tuple(item for item in found if item != EVERYDAY_WORDS or leave_for(text) is None)


def may_have_leave(text: Text) -> bool:
    """Whether there is anything that only the owner can let pass."""
    return not reading_of(text).passes or EVERYDAY_WORDS in failed(handout_of(text))


def _how(reading: Reading) -> str:
    return str(reading) if reading.measure is None else f"{reading}; it must be {reading.measure.aim}"


def _language(text: Text) -> str:
    file = languages().get(text.language)
    return file.name_in_english if file else text.language


def leave_for(text: Text) -> ReadingLeave | None:
    """The owner's leave for these very words, if there is one."""
    return ReadingLeave.objects.filter(**_about(text), language=text.language, words_hash=words_hash(text)).first()


def _about(text: Text) -> dict[str, str]:
    # Of the instruction, not of its version: a draft may be discarded and written again with the same words.
    if isinstance(text, TherapyPage):
        return {"therapy_id": text.therapy_id}
    return {"instruction_id": text.version.instruction_id}


@transaction.atomic
def give_leave(text: Text, *, reason: str, read_hash: str, by: User, at: datetime) -> ReadingLeave:
    """The owner lets a draft's text be published that reads above the gate, for a kept reason. Raises LeaveError."""
    if not by.may(May.PUBLISH_HARD):
        raise LeaveError(NOT_AN_OWNER)
    reading = reading_of(text)
    if _status(text) != Status.DRAFT:
        raise LeaveError(NOT_A_DRAFT)
    if not may_have_leave(text):
        raise LeaveError(READS_WELL)
    if read_hash != words_hash(text):
        raise LeaveError(CHANGED)
    if not reason.strip():
        raise LeaveError(NEEDS_A_REASON)
    leave = ReadingLeave.objects.create(
        **_about(text),
        language=text.language,
        words_hash=read_hash,
        how_it_reads=_how(reading),
        reason=reason.strip()[:LONGEST_REASON],
        by=by,
        at=at,
    )
    audit.record(audit.Action.SIGNED, actor=by, about=leave, detail=f"leave for {_how(reading)}", why=leave.reason)
    return leave


def _status(text: Text) -> str:
    return text.status if isinstance(text, TherapyPage) else text.version.status


def keep_grade(text: Text, *, at: datetime) -> ReadingGrade:
    """Store how a text reads as it is published. The database refuses one above the gate without a leave."""
    reading = reading_of(text)
    about: dict[str, Text] = {"page": text} if isinstance(text, TherapyPage) else {"text": text}
    return ReadingGrade.objects.create(
        **about,
        measure=reading.measure.key if reading.measure else "",
        value=None if reading.value is None else Decimal(str(reading.value)),
        gate=Decimal(str(reading.measure.gate)) if reading.measure else None,
        left_out=list(reading.left_out),
        leave=leave_for(text) if may_have_leave(text) else None,
        at=at,
    )


def texts_of(draft: InstructionVersion | TherapyPage) -> list[Text]:
    """The texts that are published with the draft."""
    if isinstance(draft, TherapyPage):
        return [draft]
    return list(
        InstructionText.objects.filter(version=draft).select_related("version", "reading_grade").order_by("language")
    )
