"""Answers -> findings -> therapies.suitability. What is stored, and what it means on a later day."""

from datetime import date
from typing import Any

from intake.models import Patient, Screening
from intake.questions import NO, QUESTIONS, UNKNOWN, YES, Question
from therapies.suitability import Advice, advise, read_findings
from therapies.suitability.vocabulary import VOCABULARY

STORED = {YES: True, NO: False, UNKNOWN: None}


def stored_findings(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The findings that a sent screening keeps, from the form's cleaned data.

    Day counts are left out: `onset_days` and `age` are counted anew on the day they are used. Every other key of
    the rules is there: true, false, a choice, a number, or None for "not sure". `pregnant_weeks` is absent for
    somebody who is not pregnant (rules.md section 2).
    """
    findings: dict[str, Any] = {}
    for question in QUESTIONS:
        for key in question.keys:
            findings[key] = _stored(question, cleaned[question.key])
    findings["onset_is_minimum"] = cleaned["onset_is_minimum"]
    findings["temperature_c"] = cleaned["temperature_c"]
    if cleaned["pregnant"] != NO:
        findings["pregnant_weeks"] = cleaned["pregnant_weeks"]
    return findings


def findings_on(screening: Screening, day: date) -> dict[str, Any]:
    """The findings of a sent screening as they stand on `day`, in the rules' vocabulary."""
    patient: Patient = screening.patient
    onset = screening.onset_date
    return {
        **screening.findings,
        "onset_days": _at_most("onset_days", (day - onset).days) if onset else None,
        "age": _at_most("age", patient.age_on(day)),
    }


def _at_most(key: str, count: int) -> int:
    """The count, or the most the rules take: somebody whose record grows older than 120 is still read."""
    return min(count, int(VOCABULARY[key].most))


def advice_on(screening: Screening, day: date) -> Advice:
    """The rules' advice for a sent screening on `day`."""
    return advise(read_findings(findings_on(screening, day)))


def answers_to_read(screening: Screening) -> tuple[tuple[str, str], ...]:
    """(question, answer) for every answer that is not a plain no, in the order asked."""
    read = []
    for question in QUESTIONS:
        value = screening.findings.get(question.key)
        answer = UNKNOWN if value is None else {True: YES, False: NO}.get(value, value)
        if answer not in (NO, "none"):
            read.append((question.text, dict(question.choices)[answer]))
    return (*_measured(screening.findings), *read)


def _measured(findings: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """What the form asks in fields of its own: temperature and pregnancy, when there is something to say."""
    rows = []
    if (celsius := findings.get("temperature_c")) is not None:
        rows.append(("Temperature", f"{celsius * 9 / 5 + 32:.1f} °F ({celsius:.1f} °C)"))
    if "pregnant_weeks" in findings:
        weeks = findings["pregnant_weeks"]
        rows.append(("Pregnant", "Yes or not sure; weeks not known" if weeks is None else f"{weeks} weeks"))
    return tuple(rows)


def _stored(question: Question, answer: str) -> bool | str | None:
    if answer == UNKNOWN:
        return None
    return STORED.get(answer, answer)
