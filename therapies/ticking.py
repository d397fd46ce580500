"""tick(): a named person answers items of the PEMAT-P for a published text; pemat_of(): how the text stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from practice import audit
from practice.models import User
from practice.roles import May
from therapies.models import PematTick, Status, TherapyPage
from therapies.pemat import BY_NUMBER, ITEMS, Answer, Item, Score, program_answers, score
from therapies.text_lines import Text, handout_of

NOT_ALLOWED = "An editor or a clinician ticks these."
NOT_PUBLISHED = "Only a published text is ticked: a draft may still change."
NOTHING_TICKED = "Nothing was ticked."


class TickError(Exception):
    """Nothing was kept; the message says why."""


@dataclass(frozen=True)
class ItemState:
    """An item with the answer that counts: the program's, or else the newest tick's."""

    item: Item
    by_program: Answer | None
    tick: PematTick | None

    @property
    def answer(self) -> Answer | None:
        return self.by_program or (Answer(self.tick.answer) if self.tick else None)


@dataclass(frozen=True)
class Pemat:
    """How a text stands: each item, and the scores of both domains."""

    states: tuple[ItemState, ...]
    scores: tuple[Score, Score]

    @property
    def for_people(self) -> tuple[ItemState, ...]:
        return tuple(state for state in self.states if state.by_program is None)

    @property
    def open(self) -> int:
        return sum(score.open for score in self.scores)


def pemat_of(text: Text) -> Pemat:
    """Reads the text's ticks from what was prefetched, where they were."""
    found, ticks = program_answers(handout_of(text)), {tick.item: tick for tick in text.pemat_ticks.all()}
    states = tuple(ItemState(item, found.get(item.number), ticks.get(item.number)) for item in ITEMS)
    return Pemat(states, score({state.item.number: state.answer for state in states if state.answer}))


@transaction.atomic
def tick(text: Text, answers: Mapping[int, Answer], *, by: User, at: datetime) -> list[PematTick]:
    """Keep a person's answers; an earlier tick of the same item stays as history. Raises TickError."""
    if not by.may(May.TICK_WORDS):
        raise TickError(NOT_ALLOWED)
    if _status(text) != Status.PUBLISHED:
        raise TickError(NOT_PUBLISHED)
    if not answers:
        raise TickError(NOTHING_TICKED)
    found = program_answers(handout_of(text))
    for number, answer in answers.items():
        _refuse(number, answer, found)
    about: dict[str, Text] = {"page": text} if isinstance(text, TherapyPage) else {"text": text}
    kept = [
        PematTick.objects.create(**about, item=number, answer=answer, by=by, at=at)
        for number, answer in answers.items()
    ]
    audit.record(audit.Action.SIGNED, actor=by, about=text, detail=f"ticked {len(kept)} items of the PEMAT-P")
    return kept


def _refuse(number: int, answer: Answer, found: Mapping[int, Answer]) -> None:
    if number not in BY_NUMBER or number in found:
        raise TickError(f"Item {number} is not for a person to tick here.")
    if answer == Answer.NOT_APPLICABLE and not BY_NUMBER[number].may_not_apply:
        raise TickError(f"Item {number} always applies: yes or no.")


def _status(text: Text) -> str:
    return text.status if isinstance(text, TherapyPage) else text.version.status
