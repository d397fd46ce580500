"""When a standing order may be used: what a person's answers and a programme must be like. Nothing here writes.

Stricter than what a clinician may issue: no caution, nothing unknown, no instruction that asks for a clinician's eye.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from plans.building import USUAL_DAYS
from plans.models import PlanItem, StandingOrder
from plans.problems import Problem
from practice.models import Clinic
from therapies.dose import DOSE_FIELDS
from therapies.models import InstructionVersion, Programme
from therapies.movement_cautions import cautions_that_apply, conditions_not_asked, words_for
from therapies.suitability import VOCABULARY, Advice, Level, Modality, Verdict, advise, label_of, read_findings
from therapies.suitability.verdicts import JUDGED_KINDS

# Six months, whichever they are.
LONGEST_DAYS = 180
SATURDAY = 5
NOT_EXACTLY = "A standing order gives the program exactly as it is: the same items, doses and dates, and no notes."


def last_day_allowed(today: date) -> date:
    """The furthest last day of an order that is signed today."""
    return today + timedelta(days=LONGEST_DAYS)


def due_day(issued_on: date) -> date:
    """The day by whose end a use is countersigned: the next one that is no Saturday or Sunday.

    A clinic's opening days are free text, so a day on which it is shut for another reason counts.
    """
    day = issued_on + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def usable_problems(order: StandingOrder, clinic: Clinic, today: date) -> Iterable[Problem]:
    """Why an order cannot be used by anybody for anybody."""
    if not clinic.standing_orders_on:
        yield Problem("order", "Standing orders are switched off.")
    if not StandingOrder.objects.usable_on(today).filter(pk=order.pk).exists():
        yield Problem("order", "This standing order is over.")


def order_problems(
    advice: Advice, findings: Mapping[str, object], instructions: Iterable[InstructionVersion]
) -> tuple[Problem, ...]:
    """Why these answers do not let anybody but a clinician give these instructions; nothing when they do."""
    return (
        *_of_the_level(advice),
        *_of_the_unknown(findings),
        *(problem for each in instructions for problem in _of_the_instruction(each, advice, findings)),
    )


def age_problems(programme: Programme, findings: Mapping[str, object]) -> Iterable[Problem]:
    """A programme is for an age of the pain. An age that is not known is a problem of its own."""
    days = findings.get("onset_days")
    if not isinstance(days, int):
        return
    at_least = findings.get("onset_is_minimum", False) is not False and programme.until_day is not None
    if days < programme.from_day or at_least or (programme.until_day is not None and days > programme.until_day):
        yield Problem("programme", f"“{programme.title}” is not for the age of this pain ({days} days).")


def needs_a_clinician(instruction: InstructionVersion) -> str:
    """What of an instruction only a clinician can ask, because no question of the screening does; else empty."""
    return ", ".join(map(words_for, conditions_not_asked(instruction.cautions)))


def fits_somebody(programme: Programme, instructions: Sequence[InstructionVersion]) -> bool:
    """Whether it fits at least a person without any finding, on one day of the programme."""
    last = programme.from_day if programme.until_day is None else programme.until_day
    people = ({"onset_days": days} for days in range(programme.from_day, last + 1))
    return any(not order_problems(advise(read_findings(one)), one, instructions) for one in people)


def exactly(items: Sequence[PlanItem], programme: Programme, note: str, today: date) -> bool:
    """Whether a draft of today is what the programme gives, no more and no less."""
    given = sorted(item.instruction_version.instruction_id for item in items)
    wanted = sorted(programme.items.values_list("instruction", flat=True))
    return given == wanted and not note and all(_is_as_published(item, today) for item in items)


def _is_as_published(item: PlanItem, today: date) -> bool:
    same_dose = all(getattr(item, name) == getattr(item.instruction_version, name) for name in DOSE_FIELDS)
    same_days = item.from_date == today and item.until_date < today + timedelta(days=USUAL_DAYS)
    return same_dose and same_days and not item.note and not item.gated


def _of_the_level(advice: Advice) -> Iterable[Problem]:
    if advice.level is not Level.NONE:
        rules = ", ".join(dict.fromkeys(flag.rule for flag in advice.red_flags))
        yield Problem("level", f"There are red flags ({rules}). A clinician decides.")


def _of_the_unknown(findings: Mapping[str, object]) -> Iterable[Problem]:
    unknown = read_findings(findings).unanswered(VOCABULARY)
    if unknown:
        yield Problem("unknown", f"Not known: {', '.join(map(label_of, unknown))}.")


def _of_the_instruction(
    instruction: InstructionVersion, advice: Advice, findings: Mapping[str, object]
) -> Iterable[Problem]:
    if instruction.kind not in JUDGED_KINDS:
        yield Problem("kind", "No rule judges this kind of therapy.")
        return
    one = advice.for_modality(Modality(instruction.kind))
    if one.verdict is not Verdict.SUITABLE:
        yield Problem(one.reasons[0].rule, one.reasons[0].text)
    for caution in cautions_that_apply(instruction.cautions, findings):
        yield Problem("movement", f"{_title(instruction)} needs care with {label_of(caution.condition)}.")
    if words := needs_a_clinician(instruction):
        yield Problem("movement", f"{_title(instruction)}: only a clinician asks about {words}.")


def _title(instruction: InstructionVersion) -> str:
    return instruction.instruction_id.replace("-", " ").capitalize()
