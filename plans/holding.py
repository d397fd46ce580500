"""Answers hold what they make worse than it was issued, item by item (rules.md 3.8); a clinician lets it go on.

A hold is a row from the moment its answer is kept. Better answers leave it: a clinician releases it, or issues a new
version.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from intake.models import Screening
from intake.screening import advice_on, findings_on, findings_so_far, not_sure_so_far
from plans.barring import Overridden
from plans.checking import FIRST_48H_RULE, OF_THE_LEVEL, is_band, is_band_rule, overridden_in, own_reasons, unfit
from plans.locking import lock_patient
from plans.models import HoldRelease, ItemHold, Plan, PlanItem, PlanVersion
from plans.opening import open_items
from plans.phases import kept_apart_by
from practice import audit
from practice.models import Clinic, User
from practice.roles import May
from therapies.choices import choices_of
from therapies.movement_cautions import Caution, cautions_that_apply
from therapies.suitability import Advice, ClinicChoices, Modality, Reason, Verdict, advise, read_findings, worst
from therapies.suitability.patient_words import until_the_clinic_says_so
from therapies.suitability.tables import URGENT

HELD, RELEASED = "held an item", "released an item"
LONGEST_TEXT = 500
# How the rule of what is not known ends: I-U, H-U, S-U.
NOT_KNOWN = "-U"
INTO_THE_OTHER = "Ice and heat are kept apart, and the other one is on now."
NOT_FOR_NOW = "Your answers say that this movement is not for you now."


class CannotRelease(Exception):
    """The item stays on hold; the message says why."""


@dataclass(frozen=True)
class AsIssued:
    """What the rules said of an item when it was given out, without what the level alone brought.

    `verdict`: that of the strictest reason that nobody overrode. `band`: that of the age of the injury, which a
    clinician may have overridden. `found`: the findings behind each rule, as the answers of then give them today.
    """

    verdict: Verdict
    band: Verdict
    rules: frozenset[str]
    overridden: frozenset[str]
    found: Mapping[str, frozenset[str]]

    def covers(self, reason: Reason, yes: frozenset[str]) -> bool:
        """Whether the item was given out in spite of this, with `yes` being what is answered so now.

        That days pass is foreseen: a band counts by its verdict.
        """
        if is_band(reason):
            return reason.verdict.severity <= worst(self.verdict, self.band).severity
        if reason.rule in self.overridden:
            return True
        return reason.verdict.severity <= self.verdict.severity and self._knows(reason, yes)

    def _knows(self, reason: Reason, yes: frozenset[str]) -> bool:
        """Whether it was there, and for no fewer findings (I-C2: diabetes, and now drowsy too).

        What was read as not known is no longer that once one of its questions is a yes: another that is still open
        may hide what follows from it.
        """
        found = self.found.get(reason.rule, frozenset())
        has_risen = reason.rule.endswith(NOT_KNOWN) and not found.isdisjoint(yes)
        return reason.rule in self.rules and found.issuperset(reason.found) and not has_risen


AS_OPENED = AsIssued(Verdict.SUITABLE, Verdict.SUITABLE, frozenset(), frozenset(), {})


def hold_worse_items(screening: Screening, *, by: User, today: date) -> list[ItemHold]:
    """Hold each item at home that these answers make worse; the caller holds the patient's row.

    In a draft, what is still open counts as it was answered in the newest sent screening. An urgent level stops
    the whole plan, and what comes after it is judged again.
    """
    plans = Plan.objects.active().filter(patient=screening.patient_id)
    plan = plans.select_related("current__screening__patient").first()
    if plan is None or plan.current is None:
        return []
    known, choices = _known_on(screening, today), choices_of(Clinic.load())
    advice = advise(read_findings(known), choices)
    if advice.level in URGENT:
        return []
    then = _all_as_issued(plan.current, _at_home(plan.current, screening, today), choices, today)
    worse = {item: worse_reason(item, issued, advice, known) for item, issued in then.items()}
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
            why = release.reason
            audit.record(audit.Action.CHANGED, actor=by, about=hold, patient_id=patient_id, detail=RELEASED, why=why)
    return release


def worse_reason(
    item: PlanItem, then: AsIssued | None, advice: Advice, findings: Mapping[str, object]
) -> Reason | None:
    """Why the item is worse now than when it was given out; None when it is not."""
    instruction = item.instruction_version
    for caution in cautions_that_apply(instruction.cautions, findings):
        if caution.forbids:
            return _of_the_movement(caution)
    reasons, yes = own_reasons(advice.for_modality(Modality(instruction.kind))), read_findings(findings).yes
    return next((reason for reason in reasons if _is_worse(reason, then, item, yes)), None)


def _all_as_issued(
    version: PlanVersion, items: Iterable[PlanItem], choices: ClinicChoices, today: date
) -> dict[PlanItem, AsIssued | None]:
    day = max(today, version.issued_on or today)
    before = advice_on(version.screening, day, choices) if version.screening else None
    overridden = overridden_in(version, version.screening)
    return {item: as_issued(item, version, overridden, before) for item in items}


def as_issued(item: PlanItem, version: PlanVersion, overridden: Overridden, before: Advice | None) -> AsIssued | None:
    """None for a version from before verdicts were kept. What was opened later, was suitable then.

    `overridden`: what clinicians overrode in the version. `before`: what the answers it stands on say today.
    """
    if item.gated:
        return AS_OPENED
    modality = Modality(item.instruction_version.kind)
    frozen = (version.advice or {}).get(modality.value, {})
    whole = item.verdict or frozen.get("verdict")
    if not whole:
        return None
    given = [(each["rule"], Verdict(each.get("verdict", whole))) for each in frozen.get("reasons", ())]
    own = [(rule, verdict) for rule, verdict in given if rule not in OF_THE_LEVEL]
    spoken = frozenset(rule for of, rule in overridden if of == modality)
    return AsIssued(
        verdict=worst(*(verdict for rule, verdict in own if rule not in spoken)) if given else Verdict(whole),
        band=worst(*(verdict for rule, verdict in own if is_band_rule(rule))),
        rules=frozenset(rule for rule, _ in own),
        overridden=spoken,
        found=_found(before, modality),
    )


def _found(advice: Advice | None, modality: Modality) -> dict[str, frozenset[str]]:
    """The findings behind each rule; a rule may have several reasons."""
    found: dict[str, frozenset[str]] = {}
    for reason in advice.for_modality(modality).reasons if advice else ():
        found[reason.rule] = found.get(reason.rule, frozenset()).union(reason.found)
    return found


def _is_worse(reason: Reason, then: AsIssued | None, item: PlanItem, yes: frozenset[str]) -> bool:
    """A caution or a bar that nobody has read, or that is stricter than what was read."""
    if then is None:
        only_first = reason.rule == FIRST_48H_RULE and not item.instruction_version.first_48h
        return reason.verdict is Verdict.NOT_SUITABLE or only_first
    return reason.verdict is not Verdict.SUITABLE and not then.covers(reason, yes)


def _of_the_movement(caution: Caution) -> Reason:
    return Reason("movement", Verdict.NOT_SUITABLE, caution.because, NOT_FOR_NOW, "")


def _known_on(screening: Screening, today: date) -> dict[str, object]:
    """All that is known: of a draft what is answered by now, "not sure" included, over the newest sent answers."""
    if screening.status == Screening.Status.SENT:
        return findings_on(screening, today)
    before = Screening.objects.newest_of(screening.patient)
    known = findings_on(before, today) if before else {}
    said = {key: value for key, value in findings_so_far(screening, today).items() if value is not None}
    return known | said | dict.fromkeys(not_sure_so_far(screening, today))


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
        patient_text=_in_plain_words(reason, item),
    )
    detail = f"{HELD}: {reason.rule}"
    audit.record(audit.Action.CHANGED, actor=by, about=hold, patient_id=screening.patient_id, detail=detail)
    return hold


def _in_plain_words(reason: Reason, item: PlanItem) -> str:
    """Never a cut sentence: in another language none could be found for it, and it would be shown in English."""
    if len(reason.patient_text) <= LONGEST_TEXT:
        return reason.patient_text
    return until_the_clinic_says_so(Modality(item.instruction_version.kind))


def _against(hold: ItemHold, today: date) -> Iterator[str]:
    """What keeps a hold: answers that are not all there yet, and rules that no clinician may pass (rules.md 3.7)."""
    newest = Screening.objects.newest_of(hold.screening.patient)
    if newest is None or Screening.objects.get(pk=hold.screening_id).status != Screening.Status.SENT:
        yield "These answers are not sent yet. Ask the rest of the questions first."
        return
    advice, item = advice_on(newest, today, choices_of(Clinic.load())), hold.item
    if advice.level in URGENT or advice.unanswered:
        yield "The newest answers hold the whole plan. Look at them first."
    overridden = overridden_in(item.version, item.version.screening)
    for problem in unfit(item.instruction_version, advice, findings_on(newest, today), overridden):
        yield f"{problem.text} Make a new version of the plan instead."
    if _opened_meanwhile(item, today):
        yield f"{INTO_THE_OTHER} Make a new version of the plan instead."


def _opened_meanwhile(item: PlanItem, today: date) -> bool:
    """Whether ice and heat would stand together that nobody issued together: one of them was opened later."""
    standing = [each for each in open_items(item.version, today) if item.gated or each.gated]
    return kept_apart_by(item, standing, today) is not None
