"""Ice first, then either, then heat: the dated phases of a plan from the day the pain began (rules.md 1 and 7).

Nothing here writes or asks the database. What the builder proposes, what an item that is approved in advance must
hold, and when ice and heat may stand on the same days.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plans.barring import bars_left
from plans.days import day_words
from plans.models import PlanItem
from plans.problems import Problem
from therapies.movement_cautions import cautions_that_apply
from therapies.suitability import Advice, Level, Modality, ModalityAdvice, Verdict
from therapies.suitability.constants import GREY_MAX_DAYS, GREY_MIN_DAYS, LATE_MIN_DAYS, RECENT_MAX_DAYS
from therapies.suitability.verdicts import JUDGED_KINDS
from therapies.suitability.vocabulary import LASTING_KEYS

USUAL_DAYS = 14
ICE_AND_HEAT = {Modality.ICE, Modality.HEAT}
USUAL_INSTRUCTION = {Modality.ICE: "ice-pack", Modality.HEAT: "heat-pack"}
TO_GATE = "Approve it in advance: it stays closed until the questions are asked again and the answers allow it."
NOT_LATER = "What is approved in advance begins on a later day. Choose a later first day, or take the approval off."
NOT_TOGETHER = "Ice and heat are both there on {day}. {why} Choose other days for one of them."
ONLY_THE_SUITABLE_ONE = "Offer only the one that is suitable, not the one that needs caution."
KEPT_APART = "No answers open it while {other} is in the plan, until {day}: for a change, make a new version."
NOT_BOTH = "Only when each of them is at “caution” may either be tried, one at a time."


@dataclass(frozen=True)
class Offer:
    """What a phase can put into the draft: a modality's usual instruction on these days."""

    modality: Modality
    slug: str
    first: date
    last: date
    gated: bool


@dataclass(frozen=True)
class Phase:
    """Some days of the plan. `last` is None where the rules set no end; `needs` says what stands before it."""

    modalities: tuple[Modality, ...]
    first: date
    last: date | None
    words: str
    needs: tuple[str, ...]
    offers: tuple[Offer, ...] = ()

    @property
    def gated(self) -> bool:
        return any(offer.gated for offer in self.offers)


AdviceOn = Callable[[date], Advice]


def propose_phases(onset: date | None, today: date, advice_on: AdviceOn) -> tuple[Phase, ...]:
    """The phases that are not over yet. None for an onset that is not known, or known as "at least" only.

    `advice_on`: what the present answers give on a day. Under an urgent level nothing is proposed at all.
    """
    if onset is None or advice_on(today).level in (Level.EMERGENCY, Level.SAME_DAY):
        return ()
    ice_ends, grey_ends = (onset + timedelta(days=days) for days in (RECENT_MAX_DAYS, GREY_MAX_DAYS))
    grey_begins, heat_begins = (onset + timedelta(days=days) for days in (GREY_MIN_DAYS, LATE_MIN_DAYS))
    phases = (
        _ice(today, ice_ends, advice_on) if today <= ice_ends else None,
        _either(max(today, grey_begins), grey_ends, today, advice_on) if today <= grey_ends else None,
        _heat(max(today, heat_begins), today, advice_on),
    )
    return tuple(phase for phase in phases if phase)


def _ice(today: date, last: date, advice_on: AdviceOn) -> Phase:
    offer, needs = _offer(Modality.ICE, today, last, today, advice_on)
    return Phase((Modality.ICE,), today, last, f"Ice until {day_words(last)}", (needs,), offer)


def _either(first: date, last: date, today: date, advice_on: AdviceOn) -> Phase:
    both = (Modality.ICE, Modality.HEAT)
    if first > today:
        words = f"From {day_words(first)} to {day_words(last)}: ice or heat, one at a time"
        return Phase(both, first, last, words, ("Ask the questions again then; a clinician approves either.",))
    words = f"Until {day_words(last)}: ice or heat, one at a time"
    ends = {Modality.ICE: last, Modality.HEAT: today + timedelta(days=USUAL_DAYS - 1)}
    fits = _the_best(advice_on(today), both)
    pairs = {modality: _offer(modality, today, ends[modality], today, advice_on) for modality in both}
    offers = tuple(offer for modality in fits for offer in pairs[modality][0])
    needs = tuple(f"{modality.value.capitalize()}: {pairs[modality][1]}" for modality in both)
    return Phase(both, first, last, words, (*needs, *_only_the_best(fits, advice_on(today))), offers)


def _heat(first: date, today: date, advice_on: AdviceOn) -> Phase:
    last = first + timedelta(days=USUAL_DAYS - 1)
    offer, needs = _offer(Modality.HEAT, first, last, today, advice_on)
    words = f"Heat from {day_words(first)}" if first > today else "Heat from now on"
    return Phase((Modality.HEAT,), first, None, words, (needs,), offer)


def _the_best(advice: Advice, modalities: tuple[Modality, ...]) -> tuple[Modality, ...]:
    """B03 and B04: either where both need caution, only the suitable one where one is."""
    verdicts = {modality: advice.for_modality(modality).verdict for modality in modalities}
    best = min(verdicts.values(), key=lambda verdict: verdict.severity)
    return tuple(modality for modality, verdict in verdicts.items() if verdict is best)


def _only_the_best(fits: tuple[Modality, ...], advice: Advice) -> tuple[str, ...]:
    return tuple(note.text for note in advice.pairing if note.rule == "B04") if len(fits) == 1 else ()


def _offer(
    modality: Modality, first: date, last: date, today: date, advice_on: AdviceOn
) -> tuple[tuple[Offer, ...], str]:
    """What can be added of a modality, if anything, and what it needs.

    It is offered for later where its time has not come, or where answers bar it that may be others then.
    """
    then = advice_on(first).for_modality(modality)
    if lasting := next((bar.text for bar in bars_left(then) if not LASTING_KEYS.isdisjoint(bar.found)), ""):
        return (), f"does not fit, and no day changes that. {lasting}"
    barring = next((one for one in (_bar(advice_on(today).for_modality(modality)), _bar(then)) if one), "")
    gated = bool(barring) and first > today
    if barring and not gated:
        return (), f"does not fit today. {barring}"
    offer = Offer(modality, USUAL_INSTRUCTION[modality], first, last, gated)
    if gated:
        return (offer,), f"{TO_GATE} {barring}"
    if advice_on(today).for_modality(modality).verdict is Verdict.CAUTION:
        return (offer,), "with caution: a clinician acknowledges each reason."
    return (offer,), "fits."


def _bar(advice: ModalityAdvice) -> str:
    """Why the modality is not suitable; empty when it may be given."""
    return advice.reasons[0].text if advice.verdict is Verdict.NOT_SUITABLE else ""


def gate_problems(item: PlanItem, findings: Mapping[str, object], today: date) -> Iterator[Problem]:
    """What stands against an item that is approved in advance. No verdict does: it opens on later answers only."""
    instruction = item.instruction_version
    if instruction.kind not in JUDGED_KINDS:
        yield Problem("kind", "No rule judges this kind of therapy, so it cannot be in a plan.", item)
    if item.from_date <= today:
        yield Problem("gate", NOT_LATER, item)
    for caution in cautions_that_apply(instruction.cautions, findings):
        if caution.forbids:
            yield Problem("movement", caution.because, item)


def together_problems(items: Sequence[PlanItem], advice: Mapping[date, Advice], today: date) -> Iterator[Problem]:
    """Ice and heat on the same days, where section 7 does not leave it to the clinician (B03, B04).

    `advice`: that of today, and of each later day on which an item begins or ends. What is approved in advance is
    judged when it opens (kept_apart_by).
    """
    for ice, heat in _pairs([item for item in items if not item.gated]):
        first, last = _days_together(ice, heat, today)
        for day in dict.fromkeys((first, last)) if first <= last else ():
            verdicts = {advice[day].ice.verdict, advice[day].heat.verdict}
            if verdicts != {Verdict.CAUTION}:
                rule, why = ("B03", NOT_BOTH) if Verdict.NOT_SUITABLE in verdicts else ("B04", ONLY_THE_SUITABLE_ONE)
                yield Problem(rule, NOT_TOGETHER.format(day=day_words(day), why=why), heat)
                break


def kept_apart_by(item: PlanItem, open_items: Iterable[PlanItem], today: date) -> PlanItem | None:
    """What keeps an item that waits closed: ice or heat, whichever it is not, that is open on a day of it from today.

    Of several the one that lasts longest. Section 7 lets both stand together only where each needs caution; what
    waits opens only when it is suitable, so it never opens into the other.
    """
    others = [other for other in open_items if {_kind(item), _kind(other)} == ICE_AND_HEAT]
    meeting = [other for other in others if _meet(item, other, today)]
    return max(meeting, key=lambda other: other.until_date, default=None)


def that_may_open(suitable: Iterable[PlanItem], open_items: Iterable[PlanItem], today: date) -> Iterator[PlanItem]:
    """Of items that answers allow, those that open into nothing open; each that opens stands against the next."""
    standing = list(open_items)
    for item in suitable:
        if kept_apart_by(item, standing, today) is None:
            standing.append(item)
            yield item


def apart_on_the_desk(item: PlanItem, open_items: Iterable[PlanItem], today: date) -> str:
    """Why staff see an item that waits stay closed whatever the answers; empty when nothing is in its way."""
    other = kept_apart_by(item, open_items, today)
    return KEPT_APART.format(other=_kind(other), day=day_words(other.until_date)) if other else ""


def one_at_a_time(open_items: Sequence[PlanItem]) -> bool:
    """Whether ice and heat stand on the same days: then never both in one sitting, and 2 hours between (B03)."""
    return any(_meet(ice, heat) for ice, heat in _pairs(open_items))


def _pairs(items: Sequence[PlanItem]) -> Iterator[tuple[PlanItem, PlanItem]]:
    """Each ice item with each heat item."""
    for ice in items:
        for heat in items:
            if (_kind(ice), _kind(heat)) == (Modality.ICE, Modality.HEAT):
                yield ice, heat


def _kind(item: PlanItem) -> str:
    return item.instruction_version.kind


def _meet(one: PlanItem, other: PlanItem, today: date = date.min) -> bool:
    first, last = _days_together(one, other, today)
    return first <= last


def _days_together(one: PlanItem, other: PlanItem, today: date) -> tuple[date, date]:
    """The first and the last day, from today on, on which both are due; in the wrong order where there is none."""
    return max(one.from_date, other.from_date, today), min(one.until_date, other.until_date)
