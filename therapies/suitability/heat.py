"""rules.md section 6: heat, row by row."""

from dataclasses import replace

from therapies.suitability.choices import ClinicChoices
from therapies.suitability.conditions import has
from therapies.suitability.constants import HEAT_MAX_MIN
from therapies.suitability.pairing import NEITHER
from therapies.suitability.sources import (
    ACP,
    BANDS,
    CLINIC,
    COCHRANE_HEAT,
    DEROYAL,
    FDA_CPSC,
    FLARES,
    FP_NOTEBOOK,
    INFLAMED,
    MPFT_HEAT,
    MS_SOCIETIES,
    PHYSIO,
    PRACTICE,
    STRYKER,
    THERMACARE,
    cite,
)
from therapies.suitability.tables import BaseRule, Rule, Table, Unanswered, keys_of
from therapies.suitability.timing import FIRST_48H, FLARE, INFLAM, TIMING_KEYS
from therapies.suitability.verdicts import Modality, Reason, Verdict

BASE = (
    BaseRule(
        "H-B1",
        lambda it: it.band == "recent" and not it.flare,
        Verdict.NOT_SUITABLE,
        "The injury is less than two weeks old ({days} days), and this clinic uses ice first.",
        "Your pain is less than two weeks old, so do not use heat yet.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "H-B2",
        lambda it: it.band == "recent" and it.flare,
        Verdict.CAUTION,
        "A flare of an old problem speaks for heat, but it is less than two weeks old ({days} days):"
        " the clinician chooses between ice and heat.",
        "You have had pain like this before, so the clinic will choose ice or heat with you.",
        cite(CLINIC, FLARES),
    ),
    BaseRule(
        "H-B3",
        lambda it: it.band == "grey" and not it.at_least and not it.flare,
        Verdict.CAUTION,
        "The injury is two to three weeks old ({days} days), when heat may still be too early.",
        "Your pain is two to three weeks old, so ask the clinic before you use heat.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "H-B3",
        lambda it: it.band == "grey" and not it.at_least and it.flare,
        Verdict.SUITABLE,
        "Two to three weeks old ({days} days) and a flare of an old problem, which speaks for heat.",
        "You have had pain like this before, so heat may ease it.",
        cite(CLINIC, BANDS, FLARES),
    ),
    BaseRule(
        "H-B3",
        lambda it: it.band == "grey" and it.at_least,
        Verdict.CAUTION,
        "The injury is at least {days} days old but its start is not known, so heat may be too early.",
        "We do not know just how old your pain is, so ask the clinic before you use heat.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "H-B4",
        lambda it: it.band == "late",
        Verdict.SUITABLE,
        "The injury is over three weeks old ({days} days), which is when this clinic uses heat.",
        "Your pain is over three weeks old, so heat may ease it.",
        cite(CLINIC, BANDS),
    ),
    BaseRule(
        "H-B5",
        lambda it: it.band is None,
        Verdict.CAUTION,
        "It is not known when this began, so the clinician decides about heat.",
        "We do not know when your pain began, so ask the clinic before you use heat.",
        "Decision rules: no timing",
    ),
)

BARS = (
    Rule(
        "H-N1",
        INFLAM,
        Verdict.NOT_SUITABLE,
        "No heat on an area with signs of inflammation: {found}.",
        "Do not use heat while you have {found}.",
        cite(CLINIC, INFLAMED),
    ),
    Rule(
        "H-N2",
        has("whole_body_hot", "fever"),
        Verdict.NOT_SUITABLE,
        "No heat when the whole body is hot: {found}.",
        "Do not use heat when you feel hot all over or have a fever.",
        cite(CLINIC, MPFT_HEAT),
    ),
    Rule(
        "H-N3",
        has("pvd"),
        Verdict.NOT_SUITABLE,
        "No heat with artery disease, as poor blood flow cannot carry the heat away: {found}.",
        "Do not use heat, because you have {found}.",
        cite(DEROYAL, STRYKER, "MPFT NHS and ThermaCare say ask first: INT-5"),
    ),
    Rule(
        "H-N4",
        has("area_numb", "diabetes_neuropathy"),
        Verdict.NOT_SUITABLE,
        "No heat where feeling is reduced, as a burn would not be felt: {found}.",
        "Do not use heat, because with {found} you may not feel it burn.",
        cite(FDA_CPSC, MPFT_HEAT),
    ),
    Rule(
        "H-N5",
        has("dvt_current", "dvt_suspected", "cancer_at_site"),
        Verdict.NOT_SUITABLE,
        "No heat with a clot in a deep vein or cancer in the area: {found}.",
        "Do not use heat, due to {found}.",
        cite(PHYSIO, DEROYAL, STRYKER),
    ),
    Rule(
        "H-N6",
        has("skin_broken", "skin_infection_or_rash", "past_heat_injury"),
        Verdict.NOT_SUITABLE,
        "No heat on skin that is not whole and healthy, or after harm by heat: {found}.",
        "Do not use heat, due to {found}.",
        cite(MPFT_HEAT, DEROYAL),
    ),
    Rule(
        "H-N7",
        has("topical_heat_product"),
        Verdict.NOT_SUITABLE,
        "No heat until the heat rub or cream is fully washed off, as the two together can burn.",
        "Do not use heat until you have fully washed off the heat rub or cream.",
        cite(THERMACARE, STRYKER),
    ),
    Rule(
        "H-N12",
        has("medicated_patch"),
        Verdict.NOT_SUITABLE,
        "No heat while a medicine patch is worn anywhere on the body;"
        " questions about the patch go to its prescriber or a pharmacist.",
        "Use no heat while you wear a drug patch; ask your doctor or pharmacist about it.",
        cite(PRACTICE, "INT-8"),
    ),
    Rule(
        "H-N13",
        has("stroke_or_cord_injury"),
        Verdict.NOT_SUITABLE,
        "No heat after a stroke or spinal cord injury, as a burn may not be felt.",
        "Do not use heat, as you may not feel it burn after a stroke or spinal cord injury.",
        cite(FDA_CPSC, "INT-8"),
    ),
    Rule(
        "H-N8",
        has("plans_sleep_with_heat"),
        Verdict.NOT_SUITABLE,
        "No heat while the plan is to sleep with it: ask again whether it will be used only when awake.",
        "Do not use heat to sleep; tell the clinic if you will use it only when you are awake.",
        cite(FDA_CPSC, MPFT_HEAT),
    ),
    Rule(
        "H-N9",
        has("ms_heat_sensitive", "cannot_report_or_remove"),
        Verdict.NOT_SUITABLE,
        "Heat can harm this person: {found}.",
        "Do not use heat, due to {found}.",
        cite(MS_SOCIETIES, THERMACARE),
    ),
    Rule(
        "H-N10",
        has("alcohol_now"),
        Verdict.NOT_SUITABLE,
        "No heat now, after alcohol: a burn may not be noticed.",
        "Do not use heat after you drink alcohol.",
        FDA_CPSC,
    ),
    Rule(
        "H-N11",
        has("area_bruised") & FIRST_48H,
        Verdict.NOT_SUITABLE,
        "No heat on a bruise in the first 48 hours, as it may bleed more.",
        "Do not use heat on a new bruise.",
        cite(THERMACARE, STRYKER),
    ),
)

CAUTIONS = (
    Rule(
        "H-C1",
        has(
            "poor_circulation",
            "diabetes",
            "heart_disease",
            "ms",
            "fragile_skin",
            "sedating_medicine",
            "bleeding_risk",
        ),
        Verdict.CAUTION,
        "Heat needs care and the clinician's word first: {found}.",
        "Ask us before you use heat, due to {found}.",
        cite(MPFT_HEAT, THERMACARE, FP_NOTEBOOK),
    ),
    Rule(
        "H-C2",
        has("pregnant_weeks"),
        Verdict.CAUTION,
        "In pregnancy heat goes on the back only, never on the belly, warm and not hot, and no hot tub or sauna.",
        "Ask the clinic first, and use it just on your back, warm and not hot, with no hot tub or sauna.",
        cite(DEROYAL, THERMACARE, PRACTICE),
    ),
)

TABLE = Table(
    modality=Modality.HEAT,
    base=BASE,
    signs=(),
    bars=BARS,
    cautions=CAUTIONS,
    pairing_bars=NEITHER,
    unanswered=Unanswered(
        "H-U",
        "Not known, and heat depends on it: {found}.",
        "Ask the clinic before you use heat, as we still need to know about {found}.",
        own_rule_for=frozenset(["onset_days"]),
    ),
    review=Reason(
        "3.4",
        Verdict.CAUTION,
        "A clinician must look first, so heat is on hold until then.",
        "Do not use heat until the clinic says it is OK.",
        "Decision rules, section 3",
    ),
    keys=TIMING_KEYS | FLARE.keys | keys_of(*BARS, *CAUTIONS),
    limits=(
        f"Use warm, not hot, for 10 to 15 minutes, and never for more than {HEAT_MAX_MIN}.",
        "Keep layers of cloth between the heat and your skin.",
        "Use it 3 times a day at most, and never on your belly.",
        "Stay awake while the heat is on.",
        "Use a heat wrap as its label says: at most 8 hours in a day and 7 days, and not overnight.",
    ),
)

# D1: the clinic's choice for a recent pain without a new injury and without inflammation. An answer that is not known
# leaves both rows possible, and the stricter one is taken; every H-N row stands.
EARLY = (
    BaseRule(
        "H-B1",
        lambda it: it.band == "recent" and not it.flare and it.calm,
        Verdict.CAUTION,
        "Less than two weeks old ({days} days), with no new injury and no inflammation: this clinic chose to allow"
        " heat then, where its own article uses ice first.",
        "Your pain is new, so ask the clinic before you use heat.",
        cite(ACP, COCHRANE_HEAT, "D1: the clinic's choice"),
    ),
    replace(BASE[0], when=lambda it: it.band == "recent" and not it.flare and not it.calm),
)
EARLY_TABLE = replace(TABLE, base=(*EARLY, *BASE[1:]))


def table_for(choices: ClinicChoices) -> Table:
    """Section 6 as this clinic uses it."""
    return EARLY_TABLE if choices.allow_heat_under_14_days else TABLE
