"""Grades, leaves and ticks for tests: keyword-only, plain defaults."""

from decimal import Decimal
from typing import Any

from practice.models import User
from therapies.models import PematTick, ReadingGrade, ReadingLeave
from therapies.tests.factories import make_instruction, make_instruction_version


def make_leave(*, by: User, **fields: Any) -> ReadingLeave:
    """The owner's leave for an instruction's English words."""
    defaults: dict[str, Any] = {
        "language": "en",
        "words_hash": "0" * 64,
        "how_it_reads": "Flesch-Kincaid grade 9.0",
        "reason": "Our own terms.",
    }
    if "therapy" not in fields:
        defaults["instruction"] = make_instruction()
    return ReadingLeave.objects.create(by=by, **(defaults | fields))


def make_grade(**fields: Any) -> ReadingGrade:
    """A grade 2 of a published instruction's English words."""
    defaults: dict[str, Any] = {"measure": "flesch-kincaid", "value": Decimal("2.0"), "gate": Decimal("6.0")}
    if "page" not in fields:
        defaults["text"] = make_instruction_version().texts.get()
    return ReadingGrade.objects.create(**(defaults | fields))


def make_tick(*, by: User, **fields: Any) -> PematTick:
    """A yes to the first item, of a published instruction's English words."""
    defaults: dict[str, Any] = {"item": 1, "answer": "yes"}
    if "page" not in fields:
        defaults["text"] = make_instruction_version().texts.get()
    return PematTick.objects.create(by=by, **(defaults | fields))
