"""Answers -> findings -> therapies.suitability. What is stored, and what it means on a later day."""

from datetime import date
from typing import Any

from django.utils import timezone

from intake.asking import PLAIN_NOES, Answer, Question, Said, as_list
from intake.asking_again import Earlier, carried_findings
from intake.forms_screening import ScreeningForm, form_of_typed
from intake.models import Patient, Screening
from intake.movements import MOVEMENTS_OF, Movement, named_movements
from intake.onset_words import about_words
from intake.questions import NO, QUESTIONS_OF_KEY, UNKNOWN, YES
from intake.questions_pain import DAYS_ON_A_PLAN
from intake.reading import Finding, Reading, asked, not_sure, read_said
from therapies.suitability import AS_SHIPPED, Advice, ClinicChoices, advise, label_of, read_findings
from therapies.suitability.vocabulary import VOCABULARY

OF_THE_COMPLAINT = ("regions", "side", "movements", "brought_on_by", "how_often")
PLAN_QUESTION = "no_better_on_plan"
# A question that answers two findings which mean the same to a person is read out once.
READ_OUT = tuple(
    key
    for key, questions in QUESTIONS_OF_KEY.items()
    if questions[0].answers_keys[0] == key and key != "pregnant_weeks"
)


def reading_of(cleaned: dict[str, Any]) -> Reading:
    """The findings that a sent screening keeps, from a form's cleaned data, and which were implied or taken over.

    Day counts are left out: `onset_days` and `age` are counted anew on the day they are used. Every other key of
    the rules is there: true, false, a choice, a number, or None for "not sure". `pregnant_weeks` is absent for
    somebody who is not pregnant (rules.md section 2).
    """
    said: Said = cleaned["said"]
    earlier: Earlier | None = cleaned["earlier"]
    reading = read_said(said, carried_findings(earlier, said) if earlier else None)
    measured: dict[str, Finding] = {
        "onset_is_minimum": cleaned["onset_is_minimum"],
        "temperature_c": cleaned["temperature_c"],
    }
    return Reading({**reading.findings, **measured}, reading.implied, reading.carried)


def shared_answers(cleaned: dict[str, Any]) -> dict[str, Any]:
    """The answers, but for the plain no, to questions that share a finding: which of them it was is asked later."""
    said: Said = cleaned["said"]
    shared = [question for each in QUESTIONS_OF_KEY.values() if len(each) > 1 for question in each]
    answers = {each.name: said.answers.get(each.name) for each in shared if asked(each, said)}
    return {name: answer for name, answer in answers.items() if answer and not PLAIN_NOES.issuperset(as_list(answer))}


def place_and_cause(cleaned: dict[str, Any], based_on: Screening | None) -> dict[str, Any]:
    """Where it hurts and what brings it on, for the screening and its complaint; what was not asked again stays."""
    said = {name: cleaned.get(name, getattr(based_on, name, "")) for name in OF_THE_COMPLAINT}
    side = said["side"]
    return {**said, "side": "" if side == UNKNOWN else side, "movements": named_movements(said["movements"])}


def earlier_of(screening: Screening | None) -> Earlier | None:
    """What a draft stands on that asks again; None for one that asks everything."""
    if screening is None or screening.sent_at is None:
        return None
    return Earlier(
        day=timezone.localdate(screening.sent_at),
        findings=screening.findings,
        implied=frozenset(screening.implied),
        onset_on=screening.onset_date,
    )


def draft_form(draft: Screening, day: date, *, plan_days: int | None = None) -> ScreeningForm:
    """The whole draft as it was typed, on `day`."""
    return form_of_typed(
        draft.typed,
        born=draft.patient.birth_date,
        today=day,
        plan_days=plan_days,
        earlier=earlier_of(draft.based_on),
    )


def findings_so_far(draft: Screening, day: date) -> dict[str, Any]:
    """What a draft's typed answers say on `day`, in the rules' vocabulary.

    Everything not answered yet, or wrongly, is None: unknown. Answers taken over from `based_on` are included.
    """
    cleaned = _cleaned_so_far(draft, day)
    return {**reading_of(cleaned).findings, **_counts(draft.patient, cleaned["onset_on"], day)}


def not_sure_so_far(draft: Screening, day: date) -> frozenset[str]:
    """The findings that "not sure" was typed to; those that are only not answered yet are not among them."""
    cleaned = _cleaned_so_far(draft, day)
    said: Said = cleaned["said"]
    earlier: Earlier | None = cleaned["earlier"]
    return not_sure(said, carried_findings(earlier, said) if earlier else None)


def _cleaned_so_far(draft: Screening, day: date) -> dict[str, Any]:
    # Only a page of somebody whose plan has run that long asks how it went.
    plan_days = DAYS_ON_A_PLAN if PLAN_QUESTION in draft.typed else None
    form = draft_form(draft, day, plan_days=plan_days)
    form.is_valid()
    return form.cleaned_data


def findings_on(screening: Screening, day: date) -> dict[str, Any]:
    """The findings of a sent screening as they stand on `day`, in the rules' vocabulary."""
    return {**screening.findings, **_counts(screening.patient, screening.onset_date, day)}


def _counts(patient: Patient, onset: date | None, day: date) -> dict[str, Any]:
    # A birth date that was changed past every form may lie after it: then the start is not known.
    began = onset if onset and onset >= patient.birth_date else None
    return {
        "onset_days": _at_most("onset_days", (day - began).days) if began else None,
        "age": _at_most("age", patient.age_on(day)),
    }


def _at_most(key: str, count: int) -> int:
    """The count, or the most the rules take: somebody whose record grows older than 120 is still read."""
    return min(count, int(VOCABULARY[key].most))


def advice_on(screening: Screening, day: date, choices: ClinicChoices = AS_SHIPPED) -> Advice:
    """The rules' advice for a sent screening on `day`, in a clinic with these choices."""
    return advise(read_findings(findings_on(screening, day)), choices)


def answers_to_read(screening: Screening) -> tuple[tuple[str, str], ...]:
    """(question, answer) for every answer that is not a plain no, in the order asked; then what was not asked, and why.

    Of a finding that several questions answer, those are read out that were not answered no.
    """
    rows = [row for key in READ_OUT if key not in screening.implied for row in _rows(key, screening)]
    return (*_measured(screening), *rows, *_not_asked(screening))


def _rows(key: str, screening: Screening) -> list[tuple[str, str]]:
    """What was answered to the questions of `key`; by the finding's name where it is not known to which of them."""
    value = screening.findings.get(key, False)
    answer = UNKNOWN if value is None else {True: YES, False: NO}.get(value, value)
    if answer in PLAIN_NOES:
        return []
    questions = QUESTIONS_OF_KEY[key]
    told = [(each.text, _words(each, screening.typed[each.name])) for each in questions if each.name in screening.typed]
    return told or [(_name_of(key), dict(questions[0].choices)[answer])]


def _words(question: Question, answer: Answer) -> str:
    return "; ".join(dict(question.choices).get(value, value) for value in as_list(answer))


def _name_of(key: str) -> str:
    """The question that answers `key`, or the finding's name where there are several."""
    [first, *others] = QUESTIONS_OF_KEY[key]
    label = label_of(key)
    return f"{label[0].upper()}{label[1:]}" if others else first.text


def _not_asked(screening: Screening) -> tuple[tuple[str, str], ...]:
    """What followed from another answer, with the answer it followed from."""
    implied = [(key, QUESTIONS_OF_KEY[key][0].only_if) for key in QUESTIONS_OF_KEY if key in screening.implied]
    return tuple((_name_of(key), f"Not asked: {only_if.because}") for key, only_if in implied if only_if)


def _measured(screening: Screening) -> tuple[tuple[str, str], ...]:
    """What the form asks in fields of its own, when there is something to say."""
    findings = screening.findings
    rows = []
    if about := about_words(screening):
        rows.append(("When it began, as it was said", f"{about[0].upper()}{about[1:]}"))
    if screening.movements:
        moves = ", ".join(str(Movement(value).label) for value in screening.movements)
        rows.append(("What makes it hurt more?", moves.capitalize()))
    elif any(findings.get(key, False) is None for key in MOVEMENTS_OF):
        rows.append(("What makes it hurt more?", "Not sure"))
    if (celsius := findings.get("temperature_c")) is not None:
        rows.append(("Temperature", f"{celsius * 9 / 5 + 32:.1f} °F ({celsius:.1f} °C)"))
    if "pregnant_weeks" in findings:
        weeks = findings["pregnant_weeks"]
        rows.append(("Pregnant", "Yes or not sure; weeks not known" if weeks is None else f"{weeks} weeks"))
    return tuple(rows)
