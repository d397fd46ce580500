"""rules.md section 7: both or neither.

B06, B07 and B10 leave neither ice nor heat here; the review that goes with them is R29 of section 9.
"""

from collections.abc import Callable, Iterator

from therapies.suitability.conditions import has
from therapies.suitability.findings import Findings
from therapies.suitability.review import COLD_AND_INFLAMED, HOT_NOT_MEASURED, INFLAMED_LATE
from therapies.suitability.row_index import RowIndex
from therapies.suitability.sources import CLINIC, CONTRAST, GARRA, PRACTICE, cite
from therapies.suitability.tables import Rule
from therapies.suitability.timing import COLD_SIGN, LATE, MAYBE_RECENT
from therapies.suitability.truth import NO, Truth
from therapies.suitability.verdicts import PairingNote, Verdict

SECTION = "Decision rules, section 7"

B01 = PairingNote("B01", "Offer ice and not heat.", "Use ice and not heat for now.", cite(CLINIC, SECTION))
B02 = PairingNote("B02", "Offer heat and not ice.", "Use heat and not ice for now.", cite(CLINIC, SECTION))
B03 = PairingNote(
    "B03",
    "Either may be tried once the clinician agrees: one at a time, the shortest time, chosen by comfort,"
    " never both in one sitting, with at least 2 hours between and the skin back to normal.",
    "Once the clinic says yes, try ice or heat, one at a time and 2 hours or more apart.",
    cite(GARRA, SECTION),
)
TIE_BREAK = PairingNote(
    "B03",
    "Tight muscles are a small point for heat; they decide nothing alone.",
    "Tight muscles may like warmth a little more.",
    CLINIC,
)
B04 = PairingNote(
    "B04",
    "Offer only the one that is suitable, not the one that needs caution.",
    "Use only the one that suits you now.",
    SECTION,
)
B05 = PairingNote(
    "B05",
    "Offer neither ice nor heat, and never the lesser evil: offer positions of ease, breathing, gentle"
    " movement if the stretching advice allows it, staying active, and a call to the clinic.",
    "Use no ice and no heat now; find a position of ease, breathe slowly and call the clinic.",
    cite(PRACTICE, SECTION),
)
B11 = PairingNote(
    "B11",
    "Ice and heat by turns (contrast) only if a clinician assigns it, never by default.",
    "Do not switch between ice and heat unless the clinic tells you to.",
    cite(CONTRAST, SECTION),
)

# They bind heat even in a flare, which H-B2 alone would leave at caution, and ice and heat even when a clinician
# overrides the timing of I-B4 or H-B1.
NEITHER = (
    Rule(
        "B06",
        INFLAMED_LATE,
        Verdict.NOT_SUITABLE,
        "Inflammation past three weeks is not a plain spasm: neither ice nor heat, and a review ({found}).",
        "Use no ice and no heat until the clinic has seen {found}.",
        cite(CLINIC, SECTION, "INT-7"),
    ),
    Rule(
        "B07",
        COLD_AND_INFLAMED,
        Verdict.NOT_SUITABLE,
        "Signs of cold and of inflammation contradict each other: neither ice nor heat, and a review ({found}).",
        "Use no ice and no heat until the clinic has had a look, as your signs do not fit.",
        cite(CLINIC, SECTION, "INT-7"),
    ),
    Rule(
        "B08",
        COLD_SIGN & MAYBE_RECENT,
        Verdict.NOT_SUITABLE,
        "A recent injury and a cold back or body: neither ice nor heat ({found}).",
        "Use no ice and no heat, because your pain is new and your back or body feels cold.",
        cite(CLINIC, SECTION),
    ),
    Rule(
        "B09",
        has("poor_circulation", "raynauds", "cold_allergy", "area_numb") & MAYBE_RECENT,
        Verdict.NOT_SUITABLE,
        "A recent injury bars heat, and this bars ice: neither ice nor heat ({found}).",
        "Use no ice and no heat, because your pain is new and you have {found}.",
        cite(CLINIC, SECTION),
    ),
    Rule(
        "B10",
        LATE & HOT_NOT_MEASURED,
        Verdict.NOT_SUITABLE,
        "Over three weeks old, hot all over and no temperature measured: neither ice nor heat,"
        " take the temperature, and a review.",
        "Use no ice and no heat now, and check if you have a fever.",
        cite(CLINIC, SECTION, "INT-7"),
    ),
)

INDEX = RowIndex(NEITHER)


def pairing_notes(
    findings: Findings, ice: Verdict, heat: Verdict, contraindicated: Callable[[Findings], Truth]
) -> tuple[PairingNote, ...]:
    """The rows of section 7 that apply, in its order. `contraindicated`: does an N-row fire?"""
    return (*_by_verdicts(findings, ice, heat, contraindicated), *_neither(findings), *_contrast(ice, heat))


def _by_verdicts(
    findings: Findings, ice: Verdict, heat: Verdict, contraindicated: Callable[[Findings], Truth]
) -> tuple[PairingNote, ...]:
    match ice, heat:
        case Verdict.SUITABLE, Verdict.NOT_SUITABLE:
            return (B01,)
        case Verdict.NOT_SUITABLE, Verdict.SUITABLE:
            return (B02,)
        case Verdict.CAUTION, Verdict.CAUTION if contraindicated(findings) is NO:
            return (B03, TIE_BREAK) if "area_tight" in findings.yes else (B03,)
        case (Verdict.SUITABLE, Verdict.CAUTION) | (Verdict.CAUTION, Verdict.SUITABLE):
            return (B04,)
        case Verdict.NOT_SUITABLE, Verdict.NOT_SUITABLE:
            return (B05,)
    # No row: one at caution and the other barred, or both at caution while a contraindication is unanswered.
    return ()


def _neither(findings: Findings) -> Iterator[PairingNote]:
    for row in INDEX.firing(findings):
        reason = row.reason(findings)
        yield PairingNote(reason.rule, reason.text, reason.patient_text, reason.source)


def _contrast(ice: Verdict, heat: Verdict) -> tuple[PairingNote, ...]:
    return () if Verdict.NOT_SUITABLE in (ice, heat) else (B11,)
