"""rules.md section 9.3: red flags that a clinician looks at before any home plan, row by row.

A row that a stricter one has overtaken is silent ("alone", "no fever"), but only when that one is certain: an
unknown answer never takes a review away. R23 has two rows, as two of its signs together are for the same day.

What an age over 50 should change for R23, and the age of R24, are open (Q1 and Q2 of open_questions.py).
"""

from therapies.suitability.conditions import at_least, chosen, has, not_measured, number
from therapies.suitability.constants import ADULT_AGE, MYELOMA_AGE, MYELOMA_MIN_DAYS
from therapies.suitability.emergency import CANCER_AND_NERVE_SIGN, FEVER_AND_INFECTION_RISK, INFECTION_CLUSTER
from therapies.suitability.flags import FlagRule
from therapies.suitability.same_day import CANCER_AND_WARNING_PAIN, TWO_INFECTION_RISKS
from therapies.suitability.sources import (
    ACP_APS,
    AHCPR,
    IFOMPT,
    NG12,
    NG59,
    NG65,
    NG234,
    NHS,
    NHS_INFORM,
    NHS_URGENT,
    PRACTICE,
    cite,
)
from therapies.suitability.timing import COLD_SIGN, INFLAM, LATE, onset_at_least
from therapies.suitability.verdicts import Level

COMMON_WARNING_PAINS = ("constant_night_or_rest_pain", "thoracic_pain", "worse_cough_sneeze_strain")
TWO_WARNING_PAINS = at_least(2, *COMMON_WARNING_PAINS)

# Shared with the rows B06, B07 and B10 of section 7.
INFLAMED_LATE = INFLAM & LATE
COLD_AND_INFLAMED = COLD_SIGN & INFLAM
HOT_NOT_MEASURED = has("whole_body_hot") & not_measured("temperature_c")

ROWS = (
    FlagRule(
        "R17",
        Level.REVIEW,
        # One yes or no for the whole pattern: the question, or the clinician, counts its parts.
        has("inflammatory_pattern"),
        "May be inflammatory back pain (start before 45, over 3 months, and further signs): {found}.",
        "Your joints may be the cause, and that can be treated.",
        NG65,
    ),
    FlagRule(
        "R21",
        Level.REVIEW,
        at_least(1, *INFECTION_CLUSTER).unless(TWO_INFECTION_RISKS | FEVER_AND_INFECTION_RISK),
        "A risk of infection, and no fever known: {found}.",
        "There is a small chance of an infection in your back.",
        IFOMPT,
    ),
    FlagRule(
        "R22",
        Level.REVIEW,
        has("cancer_history").unless(CANCER_AND_NERVE_SIGN | CANCER_AND_WARNING_PAIN),
        "Cancer now or in the past, and no other sign of it known: a clinician looks first.",
        "We want to know more, as you have or had cancer.",
        cite(NG234, IFOMPT),
    ),
    FlagRule(
        "R23",
        Level.SAME_DAY,
        TWO_WARNING_PAINS,
        "Two or more of these together may mean more than a spasm: {found}.",
        "Your pain may come from more than a muscle.",
        cite(NHS_URGENT, "INT-6"),
    ),
    FlagRule(
        "R23",
        Level.REVIEW,
        has(*COMMON_WARNING_PAINS).unless(TWO_WARNING_PAINS),
        "Common, but it may mean more than a spasm: {found}.",
        "Your pain may come from more than a muscle.",
        cite(NHS_URGENT, "INT-6"),
    ),
    FlagRule(
        "R24",
        Level.REVIEW,
        number("age", lambda years: years < ADULT_AGE),
        "Under 18 years: the rules are for adults.",
        "These plans are made for adults, so yours may need to differ.",
        AHCPR,
    ),
    FlagRule(
        "R25",
        Level.REVIEW,
        has("not_improving", "worsening"),
        "The pain does not go the way a spasm does: {found}.",
        "Your back may need more than this plan.",
        cite(ACP_APS, NHS_INFORM),
    ),
    FlagRule(
        "R26",
        Level.REVIEW,
        chosen("leg_symptoms", "one") | has("stretch_increases_leg_pain"),
        "May be sciatica: {found}.",
        "A nerve to your leg may be sore.",
        cite(NG59, PRACTICE),
    ),
    FlagRule(
        "R27",
        Level.REVIEW,
        has("pain_severe"),
        "Needs a look first: {found}.",
        "Your pain is so strong that it may not be just a spasm.",
        NHS,
    ),
    FlagRule(
        "R28",
        Level.REVIEW,
        has(
            "area_numb",
            "recent_spine_surgery_or_fracture",
            "dvt_current",
            "cannot_report_or_remove",
            "cancer_at_site",
        ),
        "A safety check comes first: {found}.",
        "We must look at this first: {found}.",
        "Decision rules, section 9: safety check",
    ),
    FlagRule(
        "R29",
        Level.REVIEW,
        INFLAMED_LATE | COLD_AND_INFLAMED | HOT_NOT_MEASURED,
        "Signs that do not fit a plain spasm, or need a thermometer first: {found}.",
        "Your signs may mean more than a back spasm.",
        "INT-7",
    ),
    FlagRule(
        "R30",
        Level.REVIEW,
        number("age", lambda years: years >= MYELOMA_AGE) & onset_at_least(MYELOMA_MIN_DAYS),
        "Age 60 or over and back pain for six weeks or longer: a doctor may want tests for myeloma.",
        "A doctor may want to test your blood, as the pain has gone on for weeks.",
        NG12,
    ),
)
