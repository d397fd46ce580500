"""The questions about the sore area, the skin, health, today and medicines."""

from intake.asking import Group, OnlyIf, Question
from intake.questions_red_flags import HEALTH_CHANGED

Q = Question
IF_CANCER = OnlyIf("Only if you have or had cancer.", "no cancer", parents=("cancer_history",))
IF_DIABETES = OnlyIf("Only if you have diabetes.", "no diabetes", parents=("diabetes",))
IF_MS = OnlyIf("Only if you have MS.", "no MS", parents=("ms",))
TAKEN = ("sedating_medicine", "taking_nsaid", "taking_muscle_relaxant", "taking_opioid", "taking_antidepressant")
IF_MEDICINE = OnlyIf("Only if you take one of these.", "none of these medicines is taken", parents=TAKEN)
FRAGILE_SPINE = ("recent_spine_surgery_or_fracture",)
CANNOT_TELL = ("cannot_report_or_remove",)

AREA = Group(
    "area",
    "The sore area",
    "Look at it and feel it with the back of the hand.",
    (
        Q("area_warm", "Does it feel warm or hot?", keys=("area_warm", "area_hot")),
        Q("area_red", "Is it red or flushed?", keys=("area_red", "area_flushed")),
        Q("area_swollen", "Is it swollen?"),
        Q("area_painful", "Is it painful?"),
        Q("area_tight", "Do the muscles feel tight?"),
        Q("area_cold", "Does the back feel cold?"),
        Q("area_pale", "Is it paler than the skin next to it?"),
        Q("area_bruised", "Is there a bruise?"),
        Q("whole_body_cold", "Do you feel cold all over?"),
        Q("whole_body_hot", "Do you feel hot all over?"),
    ),
)

SKIN = Group(
    "skin",
    "Skin, blood flow and feeling",
    "",
    (
        Q("poor_circulation", "Is your blood flow poor?", "Such as cold, blue or slow-healing feet."),
        Q("pvd", "Did a doctor find narrow or blocked blood vessels in you?", "Such as in your legs."),
        Q("raynauds", "Do your fingers or toes turn white in the cold (Raynaud's)?"),
        Q("hives_in_cold", "Does cold give you hives?", keys=("cold_allergy",)),
        Q("cold_blood_illness", "Does cold harm your blood?", keys=("cold_allergy",)),
        Q("diabetes", "Do you have diabetes?", lasting=HEALTH_CHANGED),
        Q("diabetes_neuropathy", "Has diabetes made your feet or hands feel less?", only_if=IF_DIABETES),
        Q("skin_broken", "Is the skin there cut, sore or open?"),
        Q("skin_infection", "Is the skin there infected?", keys=("skin_infection_or_rash",)),
        Q("skin_rash", "Is there a rash?", keys=("skin_infection_or_rash",)),
        Q("past_ice_injury", "Has ice or cold ever harmed your skin?"),
        Q("past_heat_injury", "Has a heat pack ever burned you?"),
        Q("fragile_skin", "Is your skin easy to harm?", "Such as thin skin that tears."),
        Q("bleeds_easily", "Do you bleed or bruise with ease?", keys=("bleeding_risk",)),
        Q("blood_thinner", "Do you take a blood thinner?", keys=("bleeding_risk",)),
    ),
)

HEALTH = Group(
    "health",
    "Health",
    "",
    (
        Q("heart_disease", "Do you have heart disease?", lasting=HEALTH_CHANGED),
        Q("stroke", "Have you had a stroke?", keys=("stroke_or_cord_injury",), lasting=HEALTH_CHANGED),
        Q(
            "cord_injury",
            "Did you ever harm your spinal cord?",
            keys=("stroke_or_cord_injury",),
            lasting=HEALTH_CHANGED,
        ),
        Q("ms", "Do you have multiple sclerosis (MS)?", lasting=HEALTH_CHANGED),
        Q("ms_heat_sensitive", "Does heat make your MS worse?", only_if=IF_MS, lasting=HEALTH_CHANGED),
        Q("dvt_current", "Are you being treated for a blood clot now?"),
        Q("cancer_at_site", "Is there cancer in or near the sore place?", only_if=IF_CANCER),
        Q("recent_spine_surgery", "Have you had a spine operation not long ago?", keys=FRAGILE_SPINE),
        Q("recent_spine_fracture", "Have you had a broken spine bone not long ago?", keys=FRAGILE_SPINE),
        Q("hip_replacement", "Do you have a new hip?", "Made of metal or plastic.", lasting=HEALTH_CHANGED),
        Q("falls_risk", "Did you fall in the last year?"),
        Q("unsteady", "Do you feel unsteady on your feet?", "Such as dizzy when you get up.", keys=("falls_risk",)),
        Q("cannot_report", "Is it hard for you to feel that something hurts?", keys=CANNOT_TELL),
        Q("cannot_say", "Is it hard for you to tell people that you hurt?", keys=CANNOT_TELL),
        Q("cannot_remove", "Is it hard for you to move away from something hot or cold?", keys=CANNOT_TELL),
    ),
)

TODAY = Group(
    "today",
    "Today and at home",
    "",
    (
        Q("topical_heat_product", "Is there a heat rub or heat cream on the skin?"),
        Q("medicated_patch", "Do you wear a medicine patch?", "Anywhere on the body. Do not take it off."),
        Q("alcohol_now", "Did you have beer, wine or other alcohol today?"),
        Q("plans_sleep_with_heat", "Do you plan to sleep with heat on?"),
    ),
)

MEDICINES = Group(
    "medicines",
    "Medicines",
    "So that the sheet can say what to ask the pharmacist. Steady gives no advice on doses.",
    (
        Q("sedating_medicine", "Do you take something that makes you sleepy?"),
        Q(
            "taking_nsaid",
            "Do you take ibuprofen, naproxen or something like it?",
            # M03 names both, and rules.md has no finding for them: said here, they reach everybody.
            "If you had an ulcer or sick kidneys, ask a pharmacist first.",
        ),
        Q("taking_muscle_relaxant", "Do you take a muscle relaxant?"),
        Q("taking_opioid", "Do you take an opioid pain pill?"),
        Q("taking_antidepressant", "Do you take a pill for low mood (an antidepressant)?"),
        Q("alcohol_with_medicine", "Do you drink beer or wine while you take medicine?", only_if=IF_MEDICINE),
    ),
)
