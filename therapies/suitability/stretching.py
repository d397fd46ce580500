"""rules.md section 8: stretching and movement, row by row."""

from therapies.suitability.conditions import chosen, has
from therapies.suitability.sources import CLINIC, FORUM, NHS, NHS_INFORM, OSTEOPOROSIS, PRACTICE, cite
from therapies.suitability.tables import BaseRule, Rule, Table, Unanswered, keys_of
from therapies.suitability.timing import FIRST_48H, INFLAM, LATE, TIMING_KEYS
from therapies.suitability.verdicts import Modality, Reason, Verdict

BASE = (
    BaseRule(
        "S-B",
        lambda it: True,
        Verdict.SUITABLE,
        "Gentle, slow movement in the range without pain suits a back spasm.",
        "Move gently and slowly, and only as far as it does not hurt.",
        cite(FORUM, CLINIC, NHS_INFORM),
    ),
)

BARS = (
    Rule(
        "S-N1",
        has("stretch_increases_leg_pain", "recent_spine_surgery_or_fracture", "pain_severe"),
        Verdict.NOT_SUITABLE,
        "No stretching before a clinician has looked: {found}.",
        "Do not stretch now, due to {found}.",
        cite(NHS_INFORM, NHS, PRACTICE),
    ),
)

CAUTIONS = (
    Rule(
        "S-C1",
        FIRST_48H | (INFLAM & ~LATE),
        Verdict.CAUTION,
        "The first 48 hours, or an inflamed area in the first three weeks:"
        " only the movements of the first-48-hours set.",
        "Your back needs a calm start, so do only the gentle moves of the first two days.",
        cite(FORUM, PRACTICE),
    ),
    Rule(
        "S-C2",
        has(
            "osteoporosis",
            "pregnant_weeks",
            "hip_replacement",
            "falls_risk",
            "sedating_medicine",
            "heart_disease",
            "cannot_report_or_remove",
        )
        # "both" is an emergency of section 9; the verdict here must not be better than for "one".
        | chosen("leg_symptoms", "one", "both"),
        Verdict.CAUTION,
        "Choose and adapt the movements by each one's own cautions: {found}.",
        "Some moves must change or be left out, due to {found}.",
        cite(OSTEOPOROSIS, PRACTICE),
    ),
)

TABLE = Table(
    modality=Modality.STRETCHING,
    base=BASE,
    signs=(),
    bars=BARS,
    cautions=CAUTIONS,
    pairing_bars=(),
    unanswered=Unanswered(
        "S-U",
        "Not known, and stretching depends on it: {found}.",
        "Ask the clinic before you stretch, as we still need to know about {found}.",
    ),
    review=Reason(
        "S-R",
        Verdict.CAUTION,
        "A clinician must look first, so stretching is on hold until then.",
        "Do not stretch until the clinic says it is OK.",
        "Decision rules, sections 3 and 8",
    ),
    keys=TIMING_KEYS | keys_of(*BARS, *CAUTIONS),
    limits=(
        "Stop if it gets worse or you feel a new pain.",
        "Call the clinic if you are no better in 2 weeks.",
    ),
)
