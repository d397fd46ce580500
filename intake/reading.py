"""What was said -> the findings of the rules. Pure: one place decides what is yes, no, implied or not known.

A key that several questions answer is the worst that any of them says, else unknown when any is, else a no. A hidden
question counts as its plain no, and a key that only hidden questions answer is implied (rules.md section 2).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from intake.asking import NO, PLAIN_NOES, UNKNOWN, YES, Question, Said, matters
from intake.movements import MOVEMENTS_OF, worse_by
from intake.questions import QUESTION_BY_NAME, QUESTIONS, QUESTIONS_OF_KEY
from intake.questions_pain import EARLY, EARLY_START_SIGN, ENOUGH_SIGNS, NO_SIGN, VERY_EARLY
from therapies.suitability.vocabulary import VOCABULARY

Finding = bool | int | float | str | None
STORED = {YES: True, NO: False, UNKNOWN: None, "": None}
NO_OR_YES = (False, True)
NOT_PREGNANT = "not pregnant"


@dataclass(frozen=True)
class Reading:
    """Findings by key, without the day counts; which keys followed from another answer, which were taken over."""

    findings: dict[str, Finding]
    implied: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()


def asked(question: Question, said: Said) -> bool:
    return matters(question, said, QUESTION_BY_NAME)


def read_said(said: Said, carried: Mapping[str, Finding] | None = None) -> Reading:
    """Every finding that questions answer; open questions are None. `carried` holds what earlier answers still say."""
    findings: dict[str, Finding] = {key: worse_by(key, said.many("movements")) for key in MOVEMENTS_OF}
    implied, taken_over = [], []
    for key, questions in QUESTIONS_OF_KEY.items():
        open_ones = [question for question in questions if asked(question, said)]
        if not open_ones:
            implied.append(key)
        elif carried and key in carried:
            taken_over.append(key)
        _put(findings, key, _found(key, open_ones, said, carried or {}) if open_ones else _implied(questions[0]))
    return Reading(findings, tuple(implied), tuple(taken_over))


def not_sure(said: Said, carried: Mapping[str, Finding] | None = None) -> frozenset[str]:
    """The keys that "not sure" leaves unknown already: they would be, were all that is still open answered no."""
    noes = {each.name: [each.plain_no] if each.many else each.plain_no for each in QUESTIONS}
    at_best = replace(said, answers={**noes, **said.answers})
    asked_of = {key: [each for each in questions if asked(each, said)] for key, questions in QUESTIONS_OF_KEY.items()}
    unknown = [key for key, those in asked_of.items() if those and _found(key, those, at_best, carried or {}) is None]
    moves = said.many("movements")
    return frozenset(unknown + [key for key in MOVEMENTS_OF if UNKNOWN in moves and worse_by(key, moves) is None])


def _put(findings: dict[str, Finding], key: str, value: Finding) -> None:
    # rules.md section 2: somebody who is not pregnant has no weeks at all.
    if value != NOT_PREGNANT:
        findings[key] = value


def _implied(question: Question) -> Finding:
    if question.name == "pregnant":
        return NOT_PREGNANT
    return STORED.get(question.plain_no, question.plain_no)


def _found(key: str, questions: list[Question], said: Said, carried: Mapping[str, Finding]) -> Finding:
    if key in carried:
        return carried[key]
    if special := SPECIAL.get(key):
        return special(said)
    answers = [said.one(question.name) for question in questions]
    values = [STORED.get(answer, answer) for answer in answers]
    return _worst(values, VOCABULARY[key].choices or NO_OR_YES)


def _worst(values: Sequence[Finding], order: Sequence[Finding]) -> Finding:
    """The worst by this order; a "not sure" beside it takes nothing away from what is known."""
    worst = max((order.index(value) for value in values if value is not None), default=0)
    return None if worst == 0 and None in values else order[worst]


def _pregnant_weeks(said: Said) -> Finding:
    answer = said.one("pregnant")
    if answer in PLAIN_NOES:
        return NOT_PREGNANT
    weeks = said.one("pregnant_weeks")
    return int(weeks) if weeks.isascii() and weeks.isdigit() else None


def inflammatory_pattern(said: Said) -> bool | None:
    """R17: it began before 45, and at least two of the signs fit. None when that cannot be told."""
    began = YES if said.facts.age < EARLY else said.one("began_before_45")
    ticked = set(said.many("inflammatory_signs"))
    if began == NO or ticked == {NO_SIGN}:
        return False
    if NO_SIGN in ticked:
        return None
    signs = ticked - {UNKNOWN}
    if said.facts.age < VERY_EARLY:
        signs.add(EARLY_START_SIGN)
    if len(signs) < ENOUGH_SIGNS:
        return None if not ticked or UNKNOWN in ticked else False
    return True if began == YES else None


SPECIAL: Mapping[str, Callable[[Said], Any]] = {
    "pregnant_weeks": _pregnant_weeks,
    "inflammatory_pattern": inflammatory_pattern,
}
