"""Answers hold what they make worse than it was issued, item by item (rules.md 3.8); a clinician lets it go on.

A hold is a row from the moment its answer is kept. Better answers leave it: a clinician releases it, or issues a new
version.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from intake.models import Screening
from intake.screening import advice_on, findings_on, findings_so_far
from plans.checking import unfit
from plans.locking import lock_patient
from plans.models import HoldRelease, ItemHold, Plan, PlanItem, PlanVersion
from plans.opening import open_items
from plans.phases import kept_apart_by
from practice import audit
from practice.models import Clinic, User
from practice.roles import May
from therapies.choices import choices_of
from therapies.movement_cautions import Caution, cautions_that_apply
from therapies.suitability import Advice, ClinicChoices, Modality, Reason, Verdict, advise, read_findings
from therapies.suitability.tables import URGENT

HELD, RELEASED = "held an item", "released an item"
LONGEST_TEXT = 500
FIRST_48H_RULE = "S-C1"
# What a review does to every modality stops the plan as a whole; it is nothing of the one item's own.
OF_THE_LEVEL = frozenset({"3.4", "S-R"})
INTO_THE_OTHER = "Ice and heat are kept apart, and the other one is on now."
NOT_FOR_NOW = "Your answers say that this movement is not for you now."


class CannotRelease(Exception):
    """The item stays on hold; the message says why."""


@dataclass(frozen=True)
class AsIssued:
    """What the rules said of an item when it was given out: the verdict, and the rules a clinician read."""

    verdict: Verdict
    rules: frozenset[str]


def hold_worse_items(screening: Screening, *, by: User, today: date) -> list[ItemHold]:
    """Hold each item at home that these answers make worse; the caller holds the patient's row.

    In a draft, what is still open counts as it was answered in the newest sent screening. An urgent level stops
    the whole plan, and what comes after it is judged again.
    """
    plan = Plan.objects.active().filter(patient=screening.patient_id).select_related("current__screening").first()
    if plan is None or plan.current is None:
        return []
    known = _known_on(screening, today)
    choices = choices_of(Clinic.load())
    advice = advise(read_findings(known), choices)
    if advice.level in URGENT:
        return []
    items = _at_home(plan.current, screening, today)
    worse = {item: worse_reason(item, plan.current, advice, known, choices) for item in items}
    return [_hold(item, screening, reason, by) for item, reason in worse.items() if reason]


def release_hold(hold: ItemHold, *, reason: str, by: User, today: date) -> HoldRelease:
    """Let a held item go on, with a clinician's reason. Raises CannotRelease."""
    if not by.may(May.DECIDE):
        raise CannotRelease("Only a clinician lets an item go on.")
    if not reason.strip():
        raise CannotRelease("Say why it may go on.")
    patient_id = hold.screening.patient_id
    with transaction.atomic():
        lock_patient(patient_id)
        for problem in _against(hold, today):
            raise CannotRelease(problem)
        release, is_new = HoldRelease.objects.get_or_create(hold=hold, defaults={"reason": reason.strip(), "by": by})
        if is_new:
            audit.record(audit.Action.CHANGED, actor=by, about=hold, patient_id=patient_id, detail=RELEASED)
    return release


def worse_reason(
    item: PlanItem, version: PlanVersion, advice: Advice, findings: Mapping[str, object], choices: ClinicChoices
) -> Reason | None:
    """Why the item is worse now than when it was given out; None when it is not."""
    instruction = item.instruction_version
    for caution in cautions_that_apply(instruction.cautions, findings):
        if caution.forbids:
            return _of_the_movement(caution)
    then = as_issued(item, version)
    reasons = tuple(_own_reasons(item, advice))
    worse = next((reason for reason in reasons if _is_worse(reason, then, item)), None)
    return worse or _grown(reasons, item, version, findings, choices)


def as_issued(item: PlanItem, version: PlanVersion) -> AsIssued | None:
    """None for a version from before verdicts were kept. What was opened later, was suitable then."""
    if item.gated:
        return AsIssued(Verdict.SUITABLE, frozenset())
    frozen = (version.advice or {}).get(item.instruction_version.kind, {})
    verdict = item.verdict or frozen.get("verdict")
    if not verdict:
        return None
    return AsIssued(Verdict(verdict), frozenset(reason["rule"] for reason in frozen.get("reasons", ())))


def _is_worse(reason: Reason, then: AsIssued | None, item: PlanItem) -> bool:
    if then is None:
        only_first = reason.rule == FIRST_48H_RULE and not item.instruction_version.first_48h
        return reason.verdict is Verdict.NOT_SUITABLE or only_first
    if reason.verdict.severity != then.verdict.severity:
        return reason.verdict.severity > then.verdict.severity
    # A caution or a bar that nobody has read. That days pass is foreseen: a band counts by its verdict alone.
    return reason.verdict is not Verdict.SUITABLE and "-B" not in reason.rule and reason.rule not in then.rules


def _grown(
    reasons: tuple[Reason, ...],
    item: PlanItem,
    version: PlanVersion,
    findings: Mapping[str, object],
    choices: ClinicChoices,
) -> Reason | None:
    """A reason that a clinician read, but for fewer findings than it has now (I-C2: diabetes, and now drowsy too)."""
    asked = version.screening.findings if version.screening else {}
    risen = {key: False for key, value in findings.items() if asked.get(key) is False and value is not False}
    if not risen:
        return None
    before = advise(read_findings({**findings, **risen}), choices)
    read = {(reason.rule, reason.text) for reason in _own_reasons(item, before)}
    return next((reason for reason in reasons if _is_new(reason, read)), None)


def _is_new(reason: Reason, read: set[tuple[str, str]]) -> bool:
    return reason.verdict is not Verdict.SUITABLE and "-B" not in reason.rule and (reason.rule, reason.text) not in read


def _own_reasons(item: PlanItem, advice: Advice) -> Iterator[Reason]:
    """The modality's reasons, the strictest first, without what the level alone brings."""
    reasons = advice.for_modality(Modality(item.instruction_version.kind)).reasons
    return (reason for reason in reasons if reason.rule not in OF_THE_LEVEL)


def _of_the_movement(caution: Caution) -> Reason:
    return Reason("movement", Verdict.NOT_SUITABLE, caution.because, NOT_FOR_NOW, "")


def _known_on(screening: Screening, today: date) -> dict[str, object]:
    if screening.status == Screening.Status.SENT:
        return findings_on(screening, today)
    before = Screening.objects.newest_of(screening.patient)
    known = findings_on(before, today) if before else {}
    return known | {key: value for key, value in findings_so_far(screening, today).items() if value is not None}


def _at_home(version: PlanVersion, screening: Screening, today: date) -> Iterator[PlanItem]:
    """What the patient may be doing, today or later, and that no clinician has let go on with these very answers."""
    given = PlanItem.objects.filter(version=version, until_date__gte=today).opened().not_held()
    items = given.exclude(holds__screening=screening)
    return iter(items.select_related("instruction_version__instruction__therapy"))


def _hold(item: PlanItem, screening: Screening, reason: Reason, by: User) -> ItemHold:
    hold = ItemHold.objects.create(
        item=item,
        screening=screening,
        rule=reason.rule,
        text=reason.text[:LONGEST_TEXT],
        patient_text=reason.patient_text[:LONGEST_TEXT],
    )
    detail = f"{HELD}: {reason.rule}"
    audit.record(audit.Action.CHANGED, actor=by, about=hold, patient_id=screening.patient_id, detail=detail)
    return hold


def _against(hold: ItemHold, today: date) -> Iterator[str]:
    """What keeps a hold: answers that are not all there yet, and rules that no clinician may pass (rules.md 3.7)."""
    newest = Screening.objects.newest_of(hold.screening.patient)
    if newest is None or Screening.objects.get(pk=hold.screening_id).status != Screening.Status.SENT:
        yield "These answers are not sent yet. Ask the rest of the questions first."
        return
    advice, item = advice_on(newest, today, choices_of(Clinic.load())), hold.item
    if advice.level in URGENT or advice.unanswered:
        yield "The newest answers hold the whole plan. Look at them first."
    overridden = frozenset(item.version.overrides.values_list("modality", "rule"))
    for problem in unfit(item.instruction_version, advice, findings_on(newest, today), overridden):
        yield f"{problem.text} Make a new version of the plan instead."
    if _opened_meanwhile(item, today):
        yield f"{INTO_THE_OTHER} Make a new version of the plan instead."


def _opened_meanwhile(item: PlanItem, today: date) -> bool:
    """Whether ice and heat would stand together that nobody issued together: one of them was opened later."""
    standing = [each for each in open_items(item.version, today) if item.gated or each.gated]
    return kept_apart_by(item, standing, today) is not None
