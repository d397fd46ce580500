"""rules.md section 9.1: red flags that mean 911 or the emergency department now, row by row."""

from therapies.suitability.conditions import at_least, chosen, has
from therapies.suitability.flags import FlagRule
from therapies.suitability.sources import (
    ACEP,
    AHCPR,
    BASS,
    CASAZZA,
    CSP_GIRFT,
    IFOMPT,
    NG156,
    NG234,
    NHS_999,
    NHS_PREGNANCY,
    PRACTICE,
    YUSUF,
    cite,
)
from therapies.suitability.verdicts import Level

INFECTION_CLUSTER = (
    "iv_drug_use",
    "immunosuppressed",
    "recent_infection_or_spinal_procedure",
    "night_sweats",
)

FEVER_AND_INFECTION_RISK = has("fever") & at_least(1, *INFECTION_CLUSTER)
WEAK_LEG = chosen("leg_weakness", "mild_stable", "progressive_or_severe")
# "Numbness" of R08 has three keys. `leg_symptoms` does not tell pain from numbness: the stricter reading counts (Q3 of
# open_questions.py).
CANCER_AND_NERVE_SIGN = has("cancer_history") & (
    has("gait_unsteady", "saddle_numbness", "area_numb", "bladder_change")
    | WEAK_LEG
    | chosen("leg_symptoms", "one", "both")
)

ROWS = (
    FlagRule(
        "R01",
        Level.EMERGENCY,
        has("saddle_numbness", "bladder_change", "bowel_change", "sexual_change"),
        "May be cauda equina syndrome: {found}.",
        "The nerves low in your back may be under pressure.",
        cite(NHS_999, BASS, CSP_GIRFT, AHCPR),
    ),
    FlagRule(
        "R02",
        Level.EMERGENCY,
        chosen("leg_symptoms", "both"),
        "Pain, tingling, weakness or numbness in both legs may mean pressure on the cauda equina or spinal cord.",
        "The nerves to both your legs may be under pressure.",
        cite(NHS_999, BASS),
    ),
    FlagRule(
        "R03",
        Level.EMERGENCY,
        chosen("leg_weakness", "progressive_or_severe") | has("gait_unsteady"),
        "Severe or growing weakness, or unsteady walking, may mean pressure on the spinal cord or a nerve root:"
        " {found}.",
        "The nerves that move your legs may be under pressure.",
        cite(AHCPR, CASAZZA, NG234),
    ),
    FlagRule(
        "R04",
        Level.EMERGENCY,
        has("major_trauma"),
        "May be a fracture: {found}.",
        "A bone in your back may be hurt.",
        cite(NHS_999, AHCPR),
    ),
    FlagRule(
        "R05",
        Level.EMERGENCY,
        has("chest_pain", "breathless"),
        "May come from the heart, a clot in the lung or the aorta: {found}.",
        "It may come from your heart or your lungs.",
        cite(NHS_999, PRACTICE),
    ),
    FlagRule(
        "R06",
        Level.EMERGENCY,
        has("known_aaa", "pulsating_abdomen") | (has("sudden_severe_onset") & has("abdominal_pain")),
        "May be a ruptured aneurysm of the aorta, at any age: {found}.",
        "The main blood vessel in your belly may be the cause.",
        cite(NG156, "INT-8"),
    ),
    FlagRule(
        "R31",
        Level.EMERGENCY,
        has("collapse_or_faint"),
        "May be an aneurysm, the heart or bleeding inside: {found}, new with this pain.",
        "It may come from your heart or from low blood flow.",
        cite(NG156, "INT-8"),
    ),
    FlagRule(
        "R32",
        Level.EMERGENCY,
        has("rigors_or_very_unwell"),
        "May be sepsis: {found}.",
        "You may have a strong infection.",
        cite(PRACTICE, "INT-8"),
    ),
    FlagRule(
        "R33",
        Level.EMERGENCY,
        FEVER_AND_INFECTION_RISK,
        "Fever with a risk of infection may mean an infection of the spine: {found}.",
        "You may have an infection in your back.",
        cite(IFOMPT, YUSUF, "INT-8"),
    ),
    FlagRule(
        "R07",
        Level.EMERGENCY,
        has("fever") & (WEAK_LEG | has("saddle_numbness")),
        "Fever with a nerve sign may mean an abscess in the spinal canal or sepsis: {found}.",
        "You may have an infection near the nerves of your back.",
        cite(IFOMPT, PRACTICE),
    ),
    FlagRule(
        "R08",
        Level.EMERGENCY,
        CANCER_AND_NERVE_SIGN,
        "Cancer now or in the past with a nerve sign may mean pressure on the spinal cord: {found}.",
        "The nerves in your back may be under pressure.",
        cite(NG234, PRACTICE),
    ),
    FlagRule(
        "R09",
        Level.EMERGENCY,
        has("pregnancy_bleeding_fluid_or_contractions"),
        "May be an emergency of the pregnancy, for the maternity unit or 911: {found}.",
        "You and your baby may need care now.",
        NHS_PREGNANCY,
    ),
    FlagRule(
        "R10",
        Level.EMERGENCY,
        # A sudden worst headache or neck pain after moving the neck has no key of its own: questions ask for it (Q4).
        has("stroke_like_signs"),
        "May be a stroke or a torn neck artery: {found}, or a sudden worst headache or neck pain.",
        "It may be a stroke, and fast care helps.",
        cite(ACEP, PRACTICE),
    ),
)
