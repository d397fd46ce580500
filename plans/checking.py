"""What stands against issuing a draft, as typed findings. The builder shows them; issue_plan() refuses on them.

Nothing here writes. The same function serves both, so the page never promises what issuing would refuse.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.conf import settings

from intake.models import RedFlag, Screening
from intake.screening import advice_on
from plans.barring import (
    NONE_OVERRIDDEN,
    Overridden,
    ToAcknowledge,
    ToOverride,
    bars_left,
    cautions_left,
    to_override,
)
from plans.confirming import to_confirm
from plans.days import day_words
from plans.footing import footing_of, footing_problems
from plans.models import Override, PlanItem, PlanVersion, ReviewClearance
from plans.phases import AdviceOn, gate_problems, together_problems
from plans.problems import Problem
from practice.models import Clinic
from therapies.choices import choices_of
from therapies.dose import DoseError, check_dose
from therapies.models import InstructionVersion, Status
from therapies.movement_cautions import Caution, cautions_that_apply
from therapies.safety import notice_of
from therapies.sign_off import issuing_waits
from therapies.suitability import AS_SHIPPED, Advice, ClinicChoices, Modality, ModalityAdvice, Reason, Verdict, worst
from therapies.suitability.findings import label_of
from therapies.suitability.verdicts import JUDGED_KINDS

FIRST_48H_RULE = "S-C1"
UNFIT_AT_FIRST = "On {day} this would not be suitable: {reason} Choose other days, or approve it in advance."
UNFIT_AT_LAST = "On {day} this would not be suitable any more: {reason} End it earlier."
CAUTION_LATER = "From {day} this needs caution: {reason} End it before, or give it then."
# What a review does to every modality is said, and cleared, for the plan as a whole; no item has it of its own.
OF_THE_LEVEL = frozenset({"3.4", "S-R"})
NEWER = "This instruction has a newer version. Remove it and add it again."
RETIRED = "This instruction is retired. Remove it, or choose another one."
BLOCKED = "Blocked for safety: {because} Remove it."
UNSIGNED = (
    "The rule set has not been signed by the owner and a clinician. Until both have read and signed it, nothing is"
    " issued."
)
NOT_TO_BE_CALLED = (
    "The clinic's phone, hours and what to do when it is closed are not filled in. The owner fills them in under Admin."
)


@dataclass(frozen=True)
class Assessment:
    """A draft seen against the newest screening on one day."""

    screening: Screening | None
    advice: Advice | None
    findings: dict[str, object]
    items: tuple[PlanItem, ...]
    to_acknowledge: tuple[ToAcknowledge, ...]
    problems: tuple[Problem, ...]
    to_override: tuple[ToOverride, ...] = ()
    overridden: Overridden = NONE_OVERRIDDEN
    clearance: ReviewClearance | None = None
    open_flags: tuple[RedFlag, ...] = ()
    choices: ClinicChoices = AS_SHIPPED

    @property
    def unanswered_words(self) -> tuple[str, ...]:
        return tuple(label_of(key) for key in self.advice.unanswered) if self.advice else ()


def assess_draft(version: PlanVersion, *, clinic: Clinic, today: date) -> Assessment:
    """The newest screening's advice today, what must be acknowledged, and every problem there is."""
    choices = choices_of(clinic)
    footing = footing_of(version.plan.patient, today, choices)
    # django-stubs takes the row's own word for it (PlanItem.blocked_because) for a second one.
    with_notice = version.items.annotate(blocked_because=notice_of("instruction_version"))  # type: ignore[no-redef]
    items = tuple(with_notice.select_related("instruction_version__instruction__therapy"))
    if footing is None:
        missing = Problem("screening", "There is no screening yet. Ask the questions first.")
        return Assessment(None, None, {}, items, (), (missing,))
    screening, advice, findings = footing.screening, footing.advice, footing.findings
    overridden = overridden_in(version, screening)
    to_acknowledge = _to_acknowledge(version, screening, advice, items, overridden)
    advice_then = _advice_then(screening, choices)
    problems = (
        *_of_the_rule_set(clinic),
        *_of_the_clinic(clinic),
        *footing_problems(footing, clinic, today),
        *_of_the_whole(items),
        *together_problems(items, {day: advice_then(day) for day in _days_of_change(items, today)}, today),
        *(
            problem
            for item in items
            for problem in item_problems(item, advice, findings, today, advice_then, overridden)
        ),
        *_unacknowledged(to_acknowledge),
    )
    return Assessment(
        screening,
        advice,
        findings,
        items,
        to_acknowledge,
        problems,
        to_override=to_override(advice, overridden),
        overridden=overridden,
        clearance=footing.clearance,
        open_flags=footing.open_flags,
        choices=choices,
    )


def overridden_in(version: PlanVersion, screening: Screening | None) -> Overridden:
    """What clinicians overrode in this version for this screening: a newer screening asks again."""
    overrides = Override.objects.filter(version=version, screening=screening)
    return frozenset(overrides.values_list("modality", "rule"))


def item_problems(
    item: PlanItem,
    advice: Advice,
    findings: dict[str, object],
    today: date,
    advice_then: AdviceOn,
    overridden: Overridden = NONE_OVERRIDDEN,
) -> Iterable[Problem]:
    """What stands against this one item: its modality's verdicts, its own cautions, its dose and its dates.

    `advice_then`: what the present answers give on a later day.
    """
    instruction = item.instruction_version
    if because := item.blocked_because:
        yield Problem("safety", BLOCKED.format(because=because), item)
    if item.gated:
        yield from gate_problems(item, findings, today)
    else:
        for problem in _of_its_verdicts(item, advice, findings, today, advice_then, overridden):
            yield Problem(problem.rule, problem.text, item)
    if instruction.status != Status.PUBLISHED:
        yield Problem("published", RETIRED if instruction.status == Status.RETIRED else NEWER, item)
    if item.until_date < today:
        yield Problem("dates", "Its last day is over.", item)
    try:
        check_dose(item.dose, instruction.kind, most=instruction.dose_most)
    except DoseError as error:
        yield Problem("dose", str(error), item)


def _of_its_verdicts(
    item: PlanItem,
    advice: Advice,
    findings: dict[str, object],
    today: date,
    advice_then: AdviceOn,
    overridden: Overridden,
) -> tuple[Problem, ...]:
    """What is against it today; else what bars it on a day to come; else what needs caution then and not now."""
    return (
        tuple(unfit(item.instruction_version, advice, findings, overridden))
        or tuple(unfit_later(item, today, advice_then, overridden))
        or tuple(caution_later(item, today, advice_then, overridden))
    )


def unfit(
    instruction_version: InstructionVersion,
    advice: Advice,
    findings: dict[str, object],
    overridden: Overridden = NONE_OVERRIDDEN,
) -> Iterable[Problem]:
    """Why an instruction cannot be given to this person at all (shown before it is even added)."""
    if instruction_version.kind not in JUDGED_KINDS:
        yield Problem("kind", "No rule judges this kind of therapy, so it cannot be in a plan.")
        return
    one = advice.for_modality(Modality(instruction_version.kind))
    if bars := bars_left(one, overridden):
        yield Problem(bars[0].rule, bars[0].text)
    elif one.modality is Modality.STRETCHING:
        only_first = any(reason.rule == FIRST_48H_RULE for reason in one.reasons)
        if only_first and not instruction_version.first_48h:
            yield Problem(FIRST_48H_RULE, "For now only movements of the first-48-hours set.")
    for caution in movement_cautions(instruction_version, findings):
        if caution.forbids:
            yield Problem("movement", caution.because)


def unfit_later(
    item: PlanItem, today: date, advice_then: AdviceOn, overridden: Overridden = NONE_OVERRIDDEN
) -> Iterator[Problem]:
    """Whether the same answers make the item not suitable on its first or last day to come.

    The days between need no look: as days pass, ice only gets stricter and the rest only freer (rules.md 5 to 8).
    """
    modality = Modality(item.instruction_version.kind)
    for day, sentence in ((item.from_date, UNFIT_AT_FIRST), (item.until_date, UNFIT_AT_LAST)):
        bars = bars_left(advice_then(day).for_modality(modality), overridden) if day > today else ()
        if bars:
            yield Problem(bars[0].rule, sentence.format(day=day_words(day), reason=bars[0].text))
            return


def caution_later(
    item: PlanItem, today: date, advice_then: AdviceOn, overridden: Overridden = NONE_OVERRIDDEN
) -> Iterator[Problem]:
    """The first day on which the same answers ask for caution, if the item needs none today.

    A clinician reads each reason for caution, and nobody reads today what holds only then. An item that needs caution
    today has a clinician's eye on it already: a later reason of the same severity is not asked for here. What the
    level brings is cleared for the whole plan, and the age of the injury counts where it is stricter than today.
    """
    modality = Modality(item.instruction_version.kind)
    band = _band(advice_then(today).for_modality(modality))

    def cautions(day: date) -> tuple[Reason, ...]:
        left = cautions_left(advice_then(day).for_modality(modality), overridden)
        own = (reason for reason in left if reason.rule not in OF_THE_LEVEL)
        return tuple(
            reason for reason in own if day == today or not is_band(reason) or reason.verdict.severity > band.severity
        )

    days = _days_to_come(item, today)
    if not days or cautions(today) or not (cautions(days[0]) or cautions(days[-1])):
        return
    first = next(day for day in days if cautions(day))
    reason = cautions(first)[0]
    yield Problem(reason.rule, CAUTION_LATER.format(day=day_words(first), reason=reason.text))


def _days_to_come(item: PlanItem, today: date) -> list[date]:
    first = max(item.from_date, today)
    return [first + timedelta(days=count) for count in range((item.until_date - first).days + 1)]


def is_band(reason: Reason) -> bool:
    """Whether the age of the injury alone gives it."""
    return is_band_rule(reason.rule)


def is_band_rule(rule: str) -> bool:
    return "-B" in rule


def _band(one: ModalityAdvice) -> Verdict:
    return worst(*(reason.verdict for reason in one.reasons if is_band(reason)))


def own_reasons(one: ModalityAdvice) -> tuple[Reason, ...]:
    """The modality's reasons, the strictest first, without what the level alone brings."""
    return tuple(reason for reason in one.reasons if reason.rule not in OF_THE_LEVEL)


def _advice_then(screening: Screening, choices: ClinicChoices) -> AdviceOn:
    """What these answers give on a day; each day is worked out once."""

    @cache
    def advice(day: date) -> Advice:
        return advice_on(screening, day, choices)

    return advice


def _days_of_change(items: tuple[PlanItem, ...], today: date) -> set[date]:
    """Today, and each later day on which an item begins or ends."""
    return {today, *(day for item in items for day in (item.from_date, item.until_date) if day > today)}


def movement_cautions(instruction_version: InstructionVersion, findings: dict[str, object]) -> tuple[Caution, ...]:
    """The instruction's own cautions that this person's answers make matter."""
    return cautions_that_apply(instruction_version.cautions, findings)


def _of_the_rule_set(clinic: Clinic) -> Iterable[Problem]:
    if issuing_waits(clinic):
        yield Problem("sign-off", UNSIGNED)


def _of_the_clinic(clinic: Clinic) -> Iterable[Problem]:
    """Every sheet and every card says whom to call. The demo's clinic is made up."""
    if not (clinic.can_be_called or settings.DEMO):
        yield Problem("clinic", NOT_TO_BE_CALLED)


def _of_the_whole(items: tuple[PlanItem, ...]) -> Iterable[Problem]:
    if not items:
        yield Problem("items", "The plan has no items yet.")


def _to_acknowledge(
    version: PlanVersion,
    screening: Screening,
    advice: Advice,
    items: tuple[PlanItem, ...],
    overridden: Overridden,
) -> tuple[ToAcknowledge, ...]:
    """Each caution reason of each modality in the plan, and whether a clinician has acknowledged it.

    A gated item opens only on newer answers, so none of today's reasons is acknowledged for it. What the screening
    does not ask (confirming.py) is confirmed for every item.
    """
    read = {(row.modality, row.rule, row.text) for row in version.acknowledgements.filter(screening=screening)}
    kinds = dict.fromkeys(item.instruction_version.kind for item in items if not item.gated)
    used = [advice.for_modality(Modality(kind)) for kind in kinds if kind in JUDGED_KINDS]
    cautions = (
        (one.modality, reason)
        for one in used
        if not bars_left(one, overridden)
        for reason in cautions_left(one, overridden)
    )
    return tuple(
        ToAcknowledge(modality, reason, (modality.value, reason.rule, reason.text) in read)
        for modality, reason in (*cautions, *to_confirm(_judged(items)))
    )


def _judged(items: tuple[PlanItem, ...]) -> tuple[PlanItem, ...]:
    return tuple(item for item in items if item.instruction_version.kind in JUDGED_KINDS)


def _unacknowledged(to_acknowledge: tuple[ToAcknowledge, ...]) -> Iterable[Problem]:
    for each in to_acknowledge:
        if not each.done:
            yield Problem(each.reason.rule, f"A clinician has not acknowledged: {each.reason.text}")
