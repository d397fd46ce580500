from django.db import migrations

from practice.triggers import refuse_when

VERSION, PLAN = "plans_planversion", "plans_plan"
ISSUING = "NEW.status = 'issued' AND OLD.status <> 'issued'"
# What the patient may do without being asked again.
UNGATED = (
    "FROM plans_planitem i JOIN therapies_instructionversion v ON v.id = i.instruction_version_id "
    "JOIN therapies_instruction n ON n.slug = v.instruction_id JOIN therapies_therapy t ON t.slug = n.therapy_id "
    "WHERE i.version_id = NEW.id AND NOT i.gated"
)

# --- what the answers say, whatever advice, level and counts were stored -------------------------------------

# The findings that bar a kind of therapy by themselves: an N-rule of rules.md 5, 6 and 8, which nobody overrides.
BARRING = {
    "ice": (
        *("area_cold", "area_numb", "whole_body_cold", "poor_circulation", "pvd", "raynauds", "cold_allergy"),
        *("diabetes_neuropathy", "skin_broken", "skin_infection_or_rash", "past_ice_injury"),
        "cannot_report_or_remove",
    ),
    "heat": (
        *("area_warm", "area_hot", "area_red", "area_flushed", "area_swollen", "area_numb", "whole_body_hot"),
        *("fever", "pvd", "diabetes_neuropathy", "skin_broken", "skin_infection_or_rash", "past_heat_injury"),
        *("ms_heat_sensitive", "dvt_current", "dvt_suspected", "cancer_at_site", "topical_heat_product"),
        *("medicated_patch", "alcohol_now", "plans_sleep_with_heat", "cannot_report_or_remove"),
        "stroke_or_cord_injury",
    ),
    "stretching": ("recent_spine_surgery_or_fracture", "pain_severe", "stretch_increases_leg_pain"),
}
# The findings that raise an emergency or a same-day sign by themselves (rules.md 9.1 and 9.2).
URGENT = (
    *("fever", "rigors_or_very_unwell", "dvt_suspected", "saddle_numbness", "bladder_change", "bowel_change"),
    *("sexual_change", "gait_unsteady", "major_trauma", "weight_loss_unexplained", "chest_pain", "breathless"),
    *("collapse_or_faint", "known_aaa", "pulsating_abdomen", "blood_in_urine", "new_lump_or_shape_change"),
    *("one_sided_blister_rash", "pregnancy_bleeding_fluid_or_contractions", "stroke_like_signs"),
)
# The red-flag set of rules.md section 2: one unknown of it blocks the plan.
RED_FLAGS = (
    *("fever", "rigors_or_very_unwell", "dvt_suspected", "leg_symptoms", "leg_weakness", "saddle_numbness"),
    *("bladder_change", "bowel_change", "sexual_change", "gait_unsteady", "major_trauma", "minor_trauma"),
    *("sudden_severe_onset", "long_term_steroids", "cancer_history", "weight_loss_unexplained"),
    *("constant_night_or_rest_pain", "iv_drug_use", "immunosuppressed", "recent_infection_or_spinal_procedure"),
    *("night_sweats", "chest_pain", "breathless", "collapse_or_faint", "abdominal_pain", "known_aaa"),
    *("pulsating_abdomen", "urine_symptoms", "blood_in_urine", "flank_pain", "new_lump_or_shape_change"),
    *("thoracic_pain", "worse_cough_sneeze_strain", "one_sided_blister_rash"),
    *("pregnancy_bleeding_fluid_or_contractions", "inflammatory_pattern", "stroke_like_signs"),
)
# `answer`: the findings that are answered with a certain yes, or with "not sure".
SAID = {
    "sqlite": "(SELECT key FROM json_each(s.findings) WHERE type = '{said}') answer",
    "postgresql": "(SELECT key FROM jsonb_each(s.findings) WHERE value = '{said}'::jsonb) answer",
}


def of_the_screening(condition: str) -> str:
    return f"EXISTS (SELECT 1 FROM intake_screening s WHERE s.id = NEW.screening_id AND {condition})"


def one_of(keys: tuple[str, ...]) -> str:
    return f"answer.key IN ({', '.join(map(repr, keys))})"


BARRED = " OR ".join(f"(t.kind = '{kind}' AND {one_of(keys)})" for kind, keys in BARRING.items())
HAS_A_BARRED_ITEM = of_the_screening(f"EXISTS (SELECT 1 {UNGATED} AND EXISTS (SELECT 1 FROM {{yes}} WHERE {BARRED}))")
HAS_AN_URGENT_YES = of_the_screening(f"EXISTS (SELECT 1 FROM {{yes}} WHERE {one_of(URGENT)})")
HAS_AN_OPEN_QUESTION = of_the_screening(f"EXISTS (SELECT 1 FROM {{not_sure}} WHERE {one_of(RED_FLAGS)})")

# --- which version is the patient's, and when a stopped plan goes on ------------------------------------------

NEWEST_ISSUED = (
    "EXISTS (SELECT 1 FROM plans_planversion v WHERE v.id = NEW.current_id AND v.plan_id = NEW.id "
    "AND v.status = 'issued' AND NOT EXISTS (SELECT 1 FROM plans_planversion later "
    "WHERE later.plan_id = NEW.id AND later.status = 'issued' AND later.number > v.number))"
)
ANOTHER_CURRENT = "NEW.current_id IS DISTINCT FROM OLD.current_id"
GOES_ON = "NEW.status = 'active' AND OLD.stopped_by_id IS NOT NULL AND NEW.stopped_by_id IS NULL"
NEWEST_ANSWERS_STOP_IT = (
    "EXISTS (SELECT 1 FROM intake_screening s WHERE s.patient_id = NEW.patient_id AND s.status = 'sent' "
    "AND (s.level IN ('emergency', 'same_day') OR s.unanswered_count > 0) "
    "AND NOT EXISTS (SELECT 1 FROM intake_screening newer WHERE newer.patient_id = s.patient_id "
    "AND newer.status = 'sent' AND newer.sent_at > s.sent_at))"
)
CURRENT = "A patient has the newest issued version of the plan."


def refuse_issuing(name: str, when: str, why: str) -> migrations.RunPython:
    by_vendor = {
        vendor: f"{ISSUING} AND " + when.format(yes=said.format(said="true"), not_sure=said.format(said="null"))
        for vendor, said in SAID.items()
    }
    return refuse_when(f"{VERSION}_{name}", table=VERSION, when=by_vendor, why=why)


class Migration(migrations.Migration):
    """What was stored beside the answers may be wrong or forged; the answers themselves hold the plan as well."""

    dependencies = [
        ("plans", "0011_clinicians_decide"),
        ("intake", "0007_red_flags_can_get_worse"),
        ("therapies", "0003_signing_and_safety"),
    ]

    operations = [
        refuse_issuing(
            "gives_nothing_that_an_answer_bars", HAS_A_BARRED_ITEM, "An answer bars an item, and nobody overrides that."
        ),
        refuse_issuing(
            "has_no_urgent_answer", HAS_AN_URGENT_YES, "An answer calls for care today, and no plan is issued past it."
        ),
        refuse_issuing(
            "has_no_open_question", HAS_AN_OPEN_QUESTION, "A red-flag question is answered with “not sure”."
        ),
        refuse_when(
            f"{PLAN}_has_its_newest_version",
            table=PLAN,
            when=f"{ANOTHER_CURRENT} AND (NEW.current_id IS NULL OR NOT {NEWEST_ISSUED})",
            why=CURRENT,
        ),
        refuse_when(
            f"{PLAN}_begins_without_a_version",
            table=PLAN,
            operation="INSERT",
            when="NEW.current_id IS NOT NULL",
            why=CURRENT,
        ),
        refuse_when(
            f"{PLAN}_goes_on_after_clear_answers",
            table=PLAN,
            when=f"{GOES_ON} AND {NEWEST_ANSWERS_STOP_IT}",
            why="A stopped plan goes on when the newest answers no longer stop it.",
        ),
    ]
