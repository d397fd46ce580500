"""rules.md section 9.2: red flags that mean the clinic's phone, urgent care or a doctor today, row by row.

What an age over 50 should change is open (Q1 of open_questions.py).
"""

from therapies.suitability.conditions import at_least, chosen, has, number
from therapies.suitability.constants import WEAK_BONE_AGE
from therapies.suitability.emergency import INFECTION_CLUSTER
from therapies.suitability.flags import FlagRule
from therapies.suitability.sources import (
    ACP_APS,
    AHCPR,
    CASAZZA,
    FRACTURE_FLAGS,
    IFOMPT,
    NG12,
    NG234,
    NHS_URGENT,
    NIDIRECT,
    PRACTICE,
    VERHAGEN,
    YUSUF,
    cite,
)
from therapies.suitability.verdicts import Level

CANCER_AND_WARNING_PAIN = has("cancer_history") & has(
    "constant_night_or_rest_pain", "worsening", "thoracic_pain", "worse_cough_sneeze_strain"
)
TWO_INFECTION_RISKS = at_least(2, *INFECTION_CLUSTER)

ROWS = (
    FlagRule(
        "R11",
        Level.SAME_DAY,
        has("fever"),  # a measured temperature of 38.0 C or more counts as one
        "Back pain with fever may be an infection: {found}.",
        "You may have an infection.",
        cite(NHS_URGENT, AHCPR),
    ),
    FlagRule(
        "R12",
        Level.SAME_DAY,
        has("weight_loss_unexplained"),
        "May be an illness beyond the back: {found}.",
        "Something beyond your back may be the cause.",
        cite(NHS_URGENT, ACP_APS, NG12),
    ),
    FlagRule(
        "R13",
        Level.SAME_DAY,
        CANCER_AND_WARNING_PAIN,
        "Cancer now or in the past with this pain may mean cancer in the spine: {found}.",
        "Your pain may have to do with the cancer you have or had.",
        cite(NG234, IFOMPT, PRACTICE),
    ),
    FlagRule(
        "R14",
        Level.SAME_DAY,
        (has("osteoporosis", "long_term_steroids") | number("age", lambda years: years >= WEAK_BONE_AGE))
        & has("minor_trauma", "sudden_severe_onset"),
        "May be a fracture of a weakened bone: {found}.",
        "A bone in your back may be hurt.",
        cite(AHCPR, VERHAGEN, CASAZZA, FRACTURE_FLAGS),
    ),
    FlagRule(
        "R15",
        Level.SAME_DAY,
        has("new_lump_or_shape_change"),
        "Needs an examination today: {found}.",
        "A lump or a new shape of your back may need care.",
        NHS_URGENT,
    ),
    FlagRule(
        "R16",
        Level.SAME_DAY,
        has("blood_in_urine") | (has("flank_pain") & has("urine_symptoms")),
        "May be a kidney infection: {found}.",
        "It may come from your kidneys.",
        NIDIRECT,
    ),
    FlagRule(
        "R18",
        Level.SAME_DAY,
        has("one_sided_blister_rash"),
        "May be shingles: {found}.",
        "Your rash may be shingles.",
        PRACTICE,
    ),
    FlagRule(
        "R18",
        Level.SAME_DAY,
        has("dvt_suspected"),
        "May be a clot in a deep vein: {found}.",
        "You may have a blood clot in your leg.",
        PRACTICE,
    ),
    FlagRule(
        "R19",
        Level.SAME_DAY,
        chosen("leg_weakness", "mild_stable"),
        "A weak leg, newly noticed, may mean pressure on a nerve root even when it is mild and stable.",
        "A nerve to your leg may be under pressure.",
        cite(CASAZZA, PRACTICE),
    ),
    FlagRule(
        "R20",
        Level.SAME_DAY,
        TWO_INFECTION_RISKS,
        "Two or more risks of infection may mean an infection of the spine: {found}.",
        "You may have an infection in your back.",
        cite(IFOMPT, YUSUF, AHCPR),
    ),
)
