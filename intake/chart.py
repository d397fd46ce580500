"""Every answer of a sent screening in words, as the chart keeps it: the plain noes too, and what was not asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format

from intake.asking import NO, UNKNOWN, YES, Group, Question
from intake.models import Screening
from intake.movements import Movement
from intake.onset_words import onset_words
from intake.questions import GROUPS, QUESTIONS_OF_KEY
from therapies.regions import Region
from therapies.suitability import label_of

ANSWER_WORDS = {True: YES, False: NO, None: UNKNOWN}
NOT_ASKED = "not asked"


@dataclass(frozen=True)
class Answer:
    """One answer. `basis`: why it was not asked, or which screening it was taken over from; else empty."""

    question: str
    answer: str
    basis: str = ""


@dataclass(frozen=True)
class AnswerGroup:
    title: str
    answers: tuple[Answer, ...]


def every_answer(screening: Screening) -> tuple[AnswerGroup, ...]:
    """Where and since when, then each finding once, in the groups and the order in which it was asked."""
    groups = (AnswerGroup(group.title, tuple(_of_group(group, screening))) for group in GROUPS)
    return (AnswerGroup("The pain", tuple(_of_the_pain(screening))), *(group for group in groups if group.answers))


def _of_the_pain(screening: Screening) -> Iterable[Answer]:
    yield Answer("Where it hurts", _listed(Region, screening.regions) or "not said")
    yield Answer("Side", screening.get_side_display() or "not said")
    yield Answer("When it began", onset_words(screening))
    yield Answer("What makes it hurt more", _listed(Movement, screening.movements) or _no_movement(screening))
    yield Answer("Brought on by", screening.brought_on_by or "not said")
    yield Answer("How often", screening.get_how_often_display() or "not said")
    yield Answer("Temperature", _temperature_words(screening.findings.get("temperature_c")))


def _of_group(group: Group, screening: Screening) -> Iterable[Answer]:
    for key in dict.fromkeys(key for question in group.questions for key in question.answers_keys):
        questions = QUESTIONS_OF_KEY[key]
        # A question that answers two findings, or a finding that two groups ask about, is read once.
        if questions[0] in group.questions and questions[0].answers_keys[0] == key:
            yield _answer(key, questions, screening)


def _answer(key: str, questions: tuple[Question, ...], screening: Screening) -> Answer:
    text = _asked(key, questions)
    if key in screening.implied:
        because = next((each.only_if.because for each in questions if each.only_if), "it follows from other answers")
        return Answer(text, NOT_ASKED, because)
    basis = f"taken over from the screening of {_based_on(screening)}" if key in screening.carried else ""
    return Answer(text, _words(key, questions, screening.findings), basis)


def _asked(key: str, questions: tuple[Question, ...]) -> str:
    """The words of every question that feeds the finding; the finding's own name where they are ticks."""
    if any(question.many for question in questions):
        label = label_of(key)
        return f"{label[0].upper()}{label[1:]}"
    return " / ".join(question.text for question in questions)


def _words(key: str, questions: tuple[Question, ...], findings: dict[str, Any]) -> str:
    if key == "pregnant_weeks":
        return _weeks_words(findings)
    [first, *_] = questions
    value = findings.get(key, False)
    answer = ANSWER_WORDS[value] if value is None or isinstance(value, bool) else value
    return dict(first.choices)[first.plain_no if answer == NO else answer]


def _weeks_words(findings: dict[str, Any]) -> str:
    if "pregnant_weeks" not in findings:
        return "No"
    weeks = findings["pregnant_weeks"]
    return "Yes or not sure; weeks not known" if weeks is None else f"Yes, {weeks} weeks"


def _no_movement(screening: Screening) -> str:
    return "Not sure" if screening.findings.get("worse_bending", False) is None else "No movement"


def _temperature_words(celsius: float | None) -> str:
    return "not measured" if celsius is None else f"{celsius * 9 / 5 + 32:.1f} °F ({celsius:.1f} °C)"


def _listed(words: type[Region] | type[Movement], values: Iterable[str]) -> str:
    return ", ".join(str(words(value).label) for value in values)


def _based_on(screening: Screening) -> str:
    earlier = screening.based_on
    return date_format(earlier.sent_at, "D, M j, Y") if earlier and earlier.sent_at else "an earlier day"
