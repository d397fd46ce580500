"""What a page sends, as plain values for a draft: nothing is judged here, and nothing that was typed is lost."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict

from intake.asking_again import HEALTH_CHANGED, PAIN_CHANGED
from intake.questions import GROUPS, QUESTIONS

LONGEST_ANSWER = 10_000
# What the examination showed, in a clinician's words.
WHY = "reason"
LISTS = frozenset({"regions", "movements", *(question.name for question in QUESTIONS if question.many)})
NAMES = frozenset((*(name for group in GROUPS for name in group.names), HEALTH_CHANGED, PAIN_CHANGED, WHY))

# A page sends these with a choice made beforehand: alone they say nothing.
UNITS = frozenset({"onset_unit", "temperature_unit"})


def holds_answers(typed: Mapping[str, Any]) -> bool:
    """Whether anything was answered. A draft that asks again held answers once."""
    return any(value not in ("", []) for name, value in typed.items() if name not in UNITS)


def read_typed(post: QueryDict) -> dict[str, Any]:
    """The POST's answers as plain values, cut to a believable length."""
    typed: dict[str, Any] = {}
    for name in NAMES:
        if name in post:
            # PostgreSQL stores no NUL; the form says so beside the field, and the rest of the answer is kept.
            values = [value[:LONGEST_ANSWER].replace("\0", "") for value in post.getlist(name)]
            typed[name] = values if name in LISTS else values[-1]
    return typed


def typed_with_page(typed: Mapping[str, Any], post: QueryDict, names: Iterable[str]) -> dict[str, Any]:
    """What was typed before, with the answers of a page in the place of its earlier ones.

    `names` are the fields of the page: a box that is not ticked any more is sent by no browser. Why a clinician asks
    anew is taken from nowhere but a page that asks it.
    """
    of_the_page = frozenset(names)
    others = {name: value for name, value in typed.items() if name not in of_the_page}
    sent = read_typed(post)
    if WHY not in of_the_page:
        sent.pop(WHY, None)
    return {**others, **sent}
