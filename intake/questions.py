"""The screening's questions, in the order they are asked: what stands on the page for each finding of the rules.

Every key of rules.md section 2 is asked here, or answered by the form's own fields (onset, temperature, pregnancy)
or by the patient's row (age). A test holds the two lists together. Some questions answer two keys that mean the
same to a person (`also`): a back that is warm and one that is hot.
"""

from dataclasses import dataclass

YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_NO_UNKNOWN = ((YES, "Yes"), (NO, "No"), (UNKNOWN, "Not sure"))


@dataclass(frozen=True)
class Question:
    """One question. `choices` are (value, label) pairs; "unknown" is always the last."""

    key: str
    text: str
    help: str = ""
    also: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = YES_NO_UNKNOWN

    @property
    def keys(self) -> tuple[str, ...]:
        return (self.key, *self.also)


@dataclass(frozen=True)
class Group:
    """Questions under one heading. In a group of `red_flags` each is answered by itself: no press says no to all."""

    slug: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    red_flags: bool = False


LEG_SYMPTOMS = (("none", "No"), ("one", "One leg"), ("both", "Both legs"), (UNKNOWN, "Not sure"))
LEG_WEAKNESS = (
    ("none", "No"),
    ("mild_stable", "A little, and not getting worse"),
    ("progressive_or_severe", "Yes, very weak or getting weaker"),
    (UNKNOWN, "Not sure"),
)
Q = Question

EPISODE = Group(
    "episode",
    "This spell of pain",
    "",
    (
        Q("new_injury", "Did a clear new strain, lift, blow or fall start it?"),
        Q("recurrent", "Have you had pain like this before?", "Earlier spells that went away and came back."),
        Q("chronic_label", "Has a doctor or have you called this pain long-term (chronic)?"),
        Q("worsening", "Is the pain getting worse from day to day?"),
        Q("not_improving", "Has it not got any better for four weeks, or for two weeks on a plan?"),
        Q("pain_severe", "Is the pain there all the time, so strong that you cannot think, sleep or move?"),
    ),
)

URGENT = Group(
    "urgent",
    "Warning signs",
    "Say yes only if it is new, or worse, with this pain.",
    (
        Q("saddle_numbness", "Is there numbness between the legs, or around the bottom or private parts?"),
        Q("bladder_change", "Is passing pee different?", "Cannot go, leaks, or no feeling of having to go."),
        Q("bowel_change", "Is passing poo different?", "Leaks, or no feeling of it."),
        Q("sexual_change", "Is feeling during sex different or gone?"),
        Q("leg_symptoms", "Is there pain, tingling or numbness in the legs?", choices=LEG_SYMPTOMS),
        Q(
            "leg_weakness",
            "Is a leg or foot weak?",
            "A foot that drops or drags counts as very weak.",
            choices=LEG_WEAKNESS,
        ),
        Q("gait_unsteady", "Has walking become unsteady?"),
        Q("major_trauma", "Was there a crash, a fall from a height or a heavy blow?"),
        Q("minor_trauma", "Was there a small fall or knock?"),
        Q("sudden_severe_onset", "Did it start suddenly and very strongly?"),
        Q("chest_pain", "Is there chest pain?"),
        Q("breathless", "Is it hard to breathe?"),
        Q("collapse_or_faint", "Have you fainted or collapsed?"),
        Q("abdominal_pain", "Is there belly pain?"),
        Q("known_aaa", "Has a doctor found a bulge in your main belly artery (an aneurysm)?"),
        Q("pulsating_abdomen", "Do you feel a strong beat or throb in the belly?"),
        Q("stroke_like_signs", "Is there a drooping face, a weak arm, trouble speaking, or a sudden worst headache?"),
        Q("fever", "Do you have a fever?", "100.4 °F (38 °C) or more."),
        Q("rigors_or_very_unwell", "Do you shake with chills, or feel very ill?"),
        Q("dvt_suspected", "Is one calf hot, swollen and sore?", "It could be a blood clot."),
        Q("pregnancy_bleeding_fluid_or_contractions", "If pregnant: is there bleeding, fluid or tightening?"),
    ),
    red_flags=True,
)

OTHER_SIGNS = Group(
    "other-signs",
    "Other signs to know about",
    "Say yes if it is so now, or has been with this pain.",
    (
        Q("cancer_history", "Do you have cancer, or have you had it?"),
        Q("weight_loss_unexplained", "Have you lost weight without trying?"),
        Q("constant_night_or_rest_pain", "Does it hurt all night, or all the time when you lie still?"),
        Q("thoracic_pain", "Does it hurt in the upper or middle back, at rib height?"),
        Q("worse_cough_sneeze_strain", "Does a cough, a sneeze or straining make it much worse?"),
        Q("night_sweats", "Do you sweat so much at night that the sheets get wet?"),
        Q(
            "recent_infection_or_spinal_procedure",
            "Have you had an infection, or a needle or operation in the spine, in the last weeks?",
        ),
        Q(
            "immunosuppressed",
            "Is your defense against illness weak?",
            "From an illness, or a medicine such as chemotherapy.",
        ),
        Q("iv_drug_use", "Have you injected drugs?"),
        Q("long_term_steroids", "Have you taken steroid tablets for a long time?"),
        Q("new_lump_or_shape_change", "Is there a new lump, or has the back changed its shape?"),
        Q("one_sided_blister_rash", "Is there a rash with blisters on one side?"),
        Q("urine_symptoms", "Does it burn or hurt to pass pee?"),
        Q("blood_in_urine", "Is there blood in the pee?"),
        Q("flank_pain", "Does it hurt in the side, below the ribs?"),
        Q(
            "inflammatory_pattern",
            "Before age 45, did stiffness start that has lasted over 3 months and eases with moving?",
            "Often with waking in the second half of the night, or arthritis or psoriasis in the family.",
        ),
    ),
    red_flags=True,
)

AREA = Group(
    "area",
    "The sore area",
    "Look at it and feel it with the back of the hand.",
    (
        Q("area_warm", "Does it feel warm or hot?", also=("area_hot",)),
        Q("area_red", "Is it red or flushed?", also=("area_flushed",)),
        Q("area_swollen", "Is it swollen?"),
        Q("area_painful", "Is it painful?"),
        Q("area_tight", "Do the muscles feel tight?"),
        Q("area_cold", "Does the back feel cold?"),
        Q("area_pale", "Is it paler than the skin around it?"),
        Q("area_numb", "Is the skin of the back numb?"),
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
        Q("pvd", "Has a doctor found narrow or blocked arteries in your legs or body?"),
        Q("raynauds", "Do your fingers or toes turn white in the cold (Raynaud's)?"),
        Q("cold_allergy", "Does cold give you hives, or do you have a cold illness of the blood?"),
        Q("diabetes", "Do you have diabetes?"),
        Q("diabetes_neuropathy", "Has diabetes harmed your nerves or your feeling?"),
        Q("skin_broken", "Is the skin there cut, sore or open?"),
        Q("skin_infection_or_rash", "Is there a skin infection or rash there?"),
        Q("past_ice_injury", "Has ice or cold ever burned or harmed your skin?"),
        Q("past_heat_injury", "Has a heat pack ever burned you?"),
        Q("fragile_skin", "Is your skin thin, or does it tear easily?"),
        Q("bleeding_risk", "Do you bleed or bruise easily, or take a blood thinner?"),
    ),
)

HEALTH = Group(
    "health",
    "Health",
    "",
    (
        Q("heart_disease", "Do you have heart disease?"),
        Q("stroke_or_cord_injury", "Have you had a stroke or a spinal cord injury?"),
        Q("ms", "Do you have multiple sclerosis (MS)?"),
        Q("ms_heat_sensitive", "Does heat make your MS worse?"),
        Q("dvt_current", "Are you being treated for a blood clot now?"),
        Q("cancer_at_site", "Is there cancer in or near the sore area?"),
        Q("osteoporosis", "Do you have thin bones (osteoporosis)?"),
        Q("recent_spine_surgery_or_fracture", "Have you had a spine operation or a broken spine bone lately?"),
        Q("hip_replacement", "Do you have a new hip?"),
        Q("falls_risk", "Do you fall easily, or feel dizzy or unsteady?"),
        Q("cannot_report_or_remove", "Is it hard for you to feel, say or move away when something hurts?"),
    ),
)

TODAY = Group(
    "today",
    "Today and at home",
    "",
    (
        Q("topical_heat_product", "Is there a heat rub or heat cream on the skin?"),
        Q("medicated_patch", "Do you wear a medicine patch?", "Anywhere on the body. Do not take it off."),
        Q("sedating_medicine", "Do you take something that makes you sleepy?"),
        Q("alcohol_now", "Have you had alcohol today?"),
        Q("plans_sleep_with_heat", "Do you plan to sleep with heat on?"),
        Q("stretch_increases_leg_pain", "Does stretching make pain go down the leg?"),
        Q("worse_bending", "Is it worse when you bend forward?"),
        Q("worse_arching", "Is it worse when you arch back or stand?"),
    ),
)

MEDICINES = Group(
    "medicines",
    "Medicines",
    "So that the sheet can say what to ask the pharmacist. Steady gives no advice on doses.",
    (
        Q("taking_nsaid", "Do you take ibuprofen, naproxen or something like it?"),
        Q("taking_muscle_relaxant", "Do you take a muscle relaxant?"),
        Q("taking_opioid", "Do you take an opioid pain medicine?"),
        Q("taking_antidepressant", "Do you take an antidepressant?"),
        Q("alcohol_with_medicine", "Do you drink alcohol while taking medicine?"),
    ),
)

GROUPS = (EPISODE, URGENT, OTHER_SIGNS, AREA, SKIN, HEALTH, TODAY, MEDICINES)
QUESTIONS = tuple(question for group in GROUPS for question in group.questions)
QUESTION_BY_KEY = {key: question for question in QUESTIONS for key in question.keys}
# Answered by the form's own fields or by the patient's row, not by a question of the lists above.
ASKED_OTHERWISE = frozenset({"onset_days", "onset_is_minimum", "temperature_c", "pregnant_weeks", "age"})
