"""What stands against issuing a draft, as typed findings. The builder shows them; issue_plan() refuses on them.

Nothing here writes. The same function serves both, so the page never promises what issuing would refuse.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils import timezone

from intake.models import Screening
from intake.screening import advice_on, findings_on
from plans.days import day_words
from plans.models import PlanItem, PlanVersion
from practice.models import Clinic
from therapies.dose import DoseError, check_dose
from therapies.models import InstructionVersion, Status
from therapies.movement_cautions import Caution, cautions_that_apply
from therapies.suitability import Advice, Level, Modality, Reason, Verdict
from therapies.suitability.findings import label_of
from therapies.suitability.verdicts import JUDGED_KINDS

FIRST_48H_RULE = "S-C1"
# rules.md section 3: no level lets a plan out. Nothing here clears a review yet, so none may ask for other answers.
HELD = {
    Level.EMERGENCY: "Emergency",
    Level.SAME_DAY: "To be seen today",
    Level.REVIEW: "A clinician decides, and Steady cannot clear a review yet",
}
UNFIT_AT_FIRST = "On {day} this would not be suitable: {reason} Choose other days."
UNFIT_AT_LAST = "On {day} this would not be suitable any more: {reason} End it earlier."


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a draft from being issued; `item` is None when it is about the whole plan."""

    rule: str
    text: str
    item: PlanItem | None = None

    @property
    def title(self) -> str:
        """The item's slug in words, for a list; the builder's own list has the real title beside it."""
        return self.item.instruction_version.instruction_id.replace("-", " ").capitalize() if self.item else ""


@dataclass(frozen=True)
class ToAcknowledge:
    """One caution reason that a clinician must have read; `key` names it in a form."""

    modality: Modality
    reason: Reason
    done: bool

    @property
    def key(self) -> str:
        return reason_key(self.modality, self.reason)


@dataclass(frozen=True)
class Assessment:
    """A draft seen against the newest screening on one day."""

    screening: Screening | None
    advice: Advice | None
    findings: dict[str, object]
    items: tuple[PlanItem, ...]
    to_acknowledge: tuple[ToAcknowledge, ...]
    problems: tuple[Problem, ...]

    @property
    def unanswered_words(self) -> tuple[str, ...]:
        return tuple(label_of(key) for key in self.advice.unanswered) if self.advice else ()

    @property
    def can_be_issued(self) -> bool:
        return not self.problems


def reason_key(modality: Modality, reason: Reason) -> str:
    """A short stable name of a reason: its rule and its words (a rule may give several reasons)."""
    words = sha256(reason.text.encode()).hexdigest()[:8]
    return f"{modality.value}:{reason.rule}:{words}"


def assess_draft(version: PlanVersion, *, clinic: Clinic, today: date) -> Assessment:
    """The newest screening's advice today, what must be acknowledged, and every problem there is."""
    patient = version.plan.patient
    screening = Screening.objects.newest_of(patient)
    items = tuple(version.items.select_related("instruction_version__instruction__therapy"))
    if screening is None:
        missing = Problem("screening", "There is no screening yet. Ask the questions first.")
        return Assessment(None, None, {}, items, (), (missing,))
    screening.patient = patient
    advice, findings = advice_on(screening, today), findings_on(screening, today)
    to_acknowledge = _to_acknowledge(version, screening, advice, items)
    later = _later_advice(screening, items, today)
    problems = (
        *_of_the_screening(screening, advice, clinic, today),
        *_of_the_whole(items),
        *(problem for item in items for problem in item_problems(item, advice, findings, today, later)),
        *_unacknowledged(to_acknowledge),
    )
    return Assessment(screening, advice, findings, items, to_acknowledge, problems)


def item_problems(
    item: PlanItem, advice: Advice, findings: dict[str, object], today: date, later: Mapping[date, Advice]
) -> Iterable[Problem]:
    """What stands against this one item: its modality's verdicts, its own cautions, its dose and its dates.

    `later`: the advice on the days after today on which items begin or end.
    """
    instruction = item.instruction_version
    today_unfit = tuple(unfit(instruction, advice, findings))
    for problem in today_unfit or unfit_later(item, later):
        yield Problem(problem.rule, problem.text, item)
    if instruction.status != Status.PUBLISHED:
        yield Problem("published", "This instruction has a newer version. Remove it and add it again.", item)
    if item.until_date < today:
        yield Problem("dates", "Its last day is over.", item)
    try:
        check_dose(item.dose, instruction.kind, most=instruction.dose_most)
    except DoseError as error:
        yield Problem("dose", str(error), item)


def unfit(instruction_version: InstructionVersion, advice: Advice, findings: dict[str, object]) -> Iterable[Problem]:
    """Why an instruction cannot be given to this person at all (shown before it is even added)."""
    if instruction_version.kind not in JUDGED_KINDS:
        yield Problem("kind", "No rule judges this kind of therapy, so it cannot be in a plan.")
        return
    verdict = advice.for_modality(Modality(instruction_version.kind))
    if verdict.verdict is Verdict.NOT_SUITABLE:
        deciding = verdict.reasons[0]
        yield Problem(deciding.rule, deciding.text)
    elif verdict.modality is Modality.STRETCHING:
        only_first = any(reason.rule == FIRST_48H_RULE for reason in verdict.reasons)
        if only_first and not instruction_version.first_48h:
            yield Problem(FIRST_48H_RULE, "For now only movements of the first-48-hours set.")
    for caution in movement_cautions(instruction_version, findings):
        if caution.forbids:
            yield Problem("movement", caution.because)


def unfit_later(item: PlanItem, later: Mapping[date, Advice]) -> Iterable[Problem]:
    """Whether the same answers make the item not suitable on its first or last day to come.

    The days between need no look: as days pass, ice is only barred and the rest only freed (rules.md 5 to 8).
    """
    modality = Modality(item.instruction_version.kind)
    for day, sentence in ((item.from_date, UNFIT_AT_FIRST), (item.until_date, UNFIT_AT_LAST)):
        verdict = later[day].for_modality(modality) if day in later else None
        if verdict and verdict.verdict is Verdict.NOT_SUITABLE:
            deciding = verdict.reasons[0]
            yield Problem(deciding.rule, sentence.format(day=day_words(day), reason=deciding.text))
            return


def _later_advice(screening: Screening, items: tuple[PlanItem, ...], today: date) -> dict[date, Advice]:
    """The advice on each day after today on which an item begins or ends."""
    days = {day for item in items for day in (item.from_date, item.until_date) if day > today}
    return {day: advice_on(screening, day) for day in days}


def movement_cautions(instruction_version: InstructionVersion, findings: dict[str, object]) -> tuple[Caution, ...]:
    """The instruction's own cautions that this person's answers make matter."""
    return cautions_that_apply(instruction_version.cautions, findings)


def _of_the_screening(screening: Screening, advice: Advice, clinic: Clinic, today: date) -> Iterable[Problem]:
    if age_in_days(screening, clinic, today) > clinic.screening_limit_days:
        yield Problem(
            "screening", f"The screening is more than {clinic.screening_limit_days} days old. Ask the questions again."
        )
    for flag in advice.red_flags:
        yield Problem(flag.rule, f"{HELD[flag.level]}: {flag.text}")
    if advice.unanswered:
        still_open = ", ".join(map(label_of, advice.unanswered))
        yield Problem("unanswered", f"“Not sure” is not enough for a red-flag question. Find out about: {still_open}.")


def _of_the_whole(items: tuple[PlanItem, ...]) -> Iterable[Problem]:
    if not items:
        yield Problem("items", "The plan has no items yet.")


def _to_acknowledge(
    version: PlanVersion, screening: Screening, advice: Advice, items: tuple[PlanItem, ...]
) -> tuple[ToAcknowledge, ...]:
    """Each caution reason of each modality in the plan, and whether a clinician has acknowledged it."""
    read = {(row.modality, row.rule, row.text) for row in version.acknowledgements.filter(screening=screening)}
    kinds = dict.fromkeys(item.instruction_version.kind for item in items)
    used = [Modality(kind) for kind in kinds if kind in JUDGED_KINDS]
    return tuple(
        ToAcknowledge(modality, reason, (modality.value, reason.rule, reason.text) in read)
        for modality in used
        if advice.for_modality(modality).verdict is Verdict.CAUTION
        for reason in advice.for_modality(modality).reasons
        if reason.verdict is Verdict.CAUTION
    )


def _unacknowledged(to_acknowledge: tuple[ToAcknowledge, ...]) -> Iterable[Problem]:
    for each in to_acknowledge:
        if not each.done:
            yield Problem(each.reason.rule, f"A clinician has not acknowledged: {each.reason.text}")


def age_in_days(screening: Screening, clinic: Clinic, today: date) -> int:
    """How many of the clinic's days ago the screening was sent."""
    return (today - timezone.localdate(screening.sent_at, clinic.zone)).days
