"""The questions that are asked first: what may be an emergency, or needs a clinician's look (rules.md section 9).

A question about a sign asks what is new or worse with this pain; one about the past cannot (`asks_history`).
Where a finding holds two ideas, each has a question of its own: a yes to any of them is a yes. What a row of the
rules reads only beside another sign is asked only when that sign is not a plain no: hidden, it could raise nothing.
"""

from intake.asking import UNKNOWN, Group, OnlyIf, Own, Question, Said

OLDEST_ASKED_ABOUT_PREGNANCY = 60
HEALTH_CHANGED, PAIN_CHANGED = "health_changed", "pain_changed"

LEG_SYMPTOMS = (("none", "No"), ("one", "One leg"), ("both", "Both legs"), (UNKNOWN, "Not sure"))
LEG_WEAKNESS = (
    ("none", "No"),
    ("mild_stable", "A little, and not getting worse"),
    ("progressive_or_severe", "Yes, very weak or getting weaker"),
    (UNKNOWN, "Not sure"),
)
BOTH_LEGS_WEAK = (("both", "Yes"), ("none", "No"), (UNKNOWN, "Not sure"))
STROKE = ("stroke_like_signs",)
PREGNANCY_SIGNS = ("pregnancy_bleeding_fluid_or_contractions",)


def _may_be_pregnant(said: Said) -> bool:
    return said.facts.age <= OLDEST_ASKED_ABOUT_PREGNANCY


MAY_BE_PREGNANT = OnlyIf("", "it is not asked over the age of 60", holds=_may_be_pregnant)
IF_PREGNANT = OnlyIf("Only if you are pregnant.", "not pregnant", parents=("pregnant",))
IF_SUDDEN = OnlyIf(
    "Only if this pain started all at once.", "the pain did not start all at once", parents=("sudden_severe_onset",)
)
IF_WEAK = OnlyIf("Only if a leg or foot is weak.", "no leg or foot is weak", parents=("leg_weakness",))
IF_URINE = OnlyIf("Only if it burns or hurts to pee.", "it does not burn or hurt to pee", parents=("urine_symptoms",))
IF_BONES_MAY_BREAK = OnlyIf(
    "Only if this pain began with a small fall, or all at once.",
    "the pain did not begin with a small fall, nor all at once",
    parents=("minor_trauma", "sudden_severe_onset"),
)
Q = Question

URGENT = Group(
    "urgent",
    "Warning signs",
    "Tell us what is new or worse with this pain.",
    (
        # One question for four signs: pain in one leg and numbness in the other are signs in both legs (R02), which
        # a question for each sign would miss.
        Q(
            "leg_symptoms",
            "Do you have new or worse pain, tingling, numb skin or weakness in your legs?",
            choices=LEG_SYMPTOMS,
        ),
        Q(
            "leg_weakness",
            "Is a leg or foot weak, new or worse with this pain?",
            "A foot that drops or drags counts as very weak.",
            choices=LEG_WEAKNESS,
        ),
        # Asked again in so many words, as R02 is an emergency and R19 is not. "Not sure" of it never sets a plan free:
        # whoever is asked has a weak leg (R03, R19), or does not know, which blocks by itself.
        Q(
            "both_legs_weak",
            "Are both legs weak, new or worse with this pain?",
            keys=("leg_symptoms",),
            choices=BOTH_LEGS_WEAK,
            only_if=IF_WEAK,
        ),
        Q("gait_unsteady", "Has your walk become unsteady since this pain began?"),
        Q("chest_pain", "Do you have new or worse chest pain?"),
        Q("breathless", "Is it hard to breathe, new or worse with this pain?"),
        Q("collapse_or_faint", "Have you passed out since this pain began?"),
        Q("pulsating_abdomen", "Do you feel a strong beat in your belly, new or worse with this pain?"),
        Q(
            "known_aaa",
            "Did a doctor find a bulge in the main blood vessel of your belly?",
            "It is called an aneurysm (AAA).",
            asks_history=True,
            lasting=HEALTH_CHANGED,
        ),
        Q("sudden_severe_onset", "Did this pain start all at once, and very strong?"),
        Q("abdominal_pain", "Do you have new or worse belly pain?", only_if=IF_SUDDEN),
        Q("major_trauma", "Did this pain begin with a crash, a high fall or a hard blow?"),
        Q("minor_trauma", "Did this pain begin with a small fall or knock?"),
        Q("drooping_face", "Does one side of your face hang down, new since this pain began?", keys=STROKE),
        Q("weak_arm", "Is an arm weak, new or worse with this pain?", keys=STROKE),
        Q("trouble_speaking", "Is it hard to speak, new or worse with this pain?", keys=STROKE),
        Q("worst_headache", "Has a sudden headache come with this pain, the worst you ever had?", keys=STROKE),
        Q(
            "worst_neck_pain",
            "Has a sudden, very bad neck pain come with this pain?",
            "Such as after you turned your neck.",
            keys=STROKE,
        ),
        Q("fever", "Do you have a fever with this pain?", "100.4 °F (38 °C) or more."),
        Own(("temperature", "temperature_unit")),
        Q("shaking_chills", "Do you shake with chills since this pain began?", keys=("rigors_or_very_unwell",)),
        Q("very_unwell", "Do you feel very ill, new or worse with this pain?", keys=("rigors_or_very_unwell",)),
        Q(
            "dvt_suspected",
            "Has one calf changed since this pain began?",
            "It may be swollen, hot or sore. That can be a clot.",
        ),
        Q("pregnant", "Are you pregnant?", keys=("pregnant_weeks",), only_if=MAY_BE_PREGNANT, asks_history=True),
        Own(("pregnant_weeks",), only_if=IF_PREGNANT),
        Q(
            "pregnancy_bleeding",
            "Do you bleed from the vagina, new or more since this pain began?",
            keys=PREGNANCY_SIGNS,
            only_if=IF_PREGNANT,
        ),
        Q(
            "pregnancy_fluid",
            "Does fluid leak from the vagina, new or more since this pain began?",
            keys=PREGNANCY_SIGNS,
            only_if=IF_PREGNANT,
        ),
        Q(
            "pregnancy_tightening",
            "Does your belly get tight and then soft, new or more since this pain began?",
            keys=PREGNANCY_SIGNS,
            only_if=IF_PREGNANT,
        ),
    ),
    red_flags=True,
)

PRIVATE = Group(
    "private",
    "Private questions",
    "They are about nerves low in your back. Tell us what is new or worse with this pain.",
    (
        Q("saddle_numbness", "Is the skin between your legs or around your bottom numb, new or worse with this pain?"),
        Q("cannot_pee", "Is it hard to pee, new or worse with this pain?", keys=("bladder_change",)),
        Q("leaks_pee", "Do you leak pee, new or worse with this pain?", keys=("bladder_change",)),
        Q(
            "no_urge_to_pee",
            "Since this pain began, is it harder to feel when you need to pee?",
            keys=("bladder_change",),
        ),
        Q("leaks_poo", "Do you leak poo, new or worse with this pain?", keys=("bowel_change",)),
        Q("poo_not_felt", "Since this pain began, is it harder to feel when you poo?", keys=("bowel_change",)),
        Q("sexual_change", "Since this pain began, do you feel less in your private parts?", "Such as during sex."),
        Q("urine_symptoms", "Does it burn or hurt to pee, new or worse with this pain?"),
        Q("blood_in_urine", "Is there blood in your pee, new with this pain?"),
    ),
    red_flags=True,
    private=True,
)

OTHER_SIGNS = Group(
    "other-signs",
    "Other signs to know about",
    "",
    (
        Q("night_pain", "Does this pain stay just as strong all night?", keys=("constant_night_or_rest_pain",)),
        Q("rest_pain", "Does this pain stay all the time when you lie still?", keys=("constant_night_or_rest_pain",)),
        Q("thoracic_pain", "Do you have new or worse pain at the back of your ribs?", "The upper or middle back."),
        Q("worse_cough_sneeze_strain", "Does a cough or a sneeze make this pain much worse?", "Or a push to pass poo."),
        Q("flank_pain", "Do you have new or worse pain in your side, below the ribs?", only_if=IF_URINE),
        Q("worsening", "Is this pain worse from day to day?"),
        # Not "new with this pain": numb skin cannot feel a burn, however long it has been numb (I-N4, H-N4).
        Q("area_numb", "Is the skin of your back numb?", "Old numbness counts too."),
        Q("new_lump", "Is there a new lump on your back?", keys=("new_lump_or_shape_change",)),
        Q(
            "shape_change",
            "Has your back changed its shape since this pain began?",
            keys=("new_lump_or_shape_change",),
        ),
        Q("one_sided_blister_rash", "Do you have a new rash with blisters on one side?"),
        Q("weight_loss_unexplained", "Have you lost weight without trying, new in the last few months?"),
        Q("night_sweats", "Do you sweat so much at night that the sheets get wet, new or worse with this pain?"),
        Q(
            "recent_infection",
            "Did you have an infection in the last few weeks?",
            keys=("recent_infection_or_spinal_procedure",),
            asks_history=True,
        ),
        Q(
            "spinal_procedure",
            "Did a doctor work on your spine in the last few weeks?",
            "Such as a shot or surgery.",
            keys=("recent_infection_or_spinal_procedure",),
            asks_history=True,
        ),
        Q(
            "weak_defense",
            "Do you have an illness that makes it hard to fight germs?",
            keys=("immunosuppressed",),
            asks_history=True,
        ),
        Q(
            "medicine_weakens_defense",
            "Do you take medicine that makes it hard to fight germs?",
            "Such as chemo, or after a new organ.",
            keys=("immunosuppressed",),
            asks_history=True,
        ),
        Q("iv_drug_use", "Have you ever shot drugs with a needle?", asks_history=True),
        Q("osteoporosis", "Do you have thin bones (osteoporosis)?", asks_history=True, lasting=HEALTH_CHANGED),
        Q(
            "long_term_steroids",
            "Have you used steroid pills for a long time?",
            "Months.",
            only_if=IF_BONES_MAY_BREAK,
            asks_history=True,
        ),
        Q(
            "cancer_history",
            "Do you have cancer, or did you ever have it?",
            asks_history=True,
            lasting=HEALTH_CHANGED,
        ),
    ),
    red_flags=True,
)
