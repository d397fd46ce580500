from django.db import migrations

from practice.triggers import RunSqlOf, refuse_when

VERSION, OPENING = "plans_planversion", "plans_phaseopening"
ISSUING = "NEW.status = 'issued' AND OLD.status <> 'issued'"
ITEMS = (
    "FROM plans_planitem i JOIN therapies_instructionversion v ON v.id = i.instruction_version_id "
    "JOIN therapies_instruction n ON n.slug = v.instruction_id JOIN therapies_therapy t ON t.slug = n.therapy_id "
    "WHERE i.version_id = NEW.id"
)
# What the patient may do without being asked again.
UNGATED = f"{ITEMS} AND NOT i.gated"
OF_A_CLINICIAN = "{row}.version_id = NEW.id AND {row}.screening_id = NEW.screening_id AND {row}.modality = t.kind"

# What 0006 held: that somebody had overridden or read something of the modality.
SOMETHING_OVERRIDDEN = f"EXISTS (SELECT 1 FROM plans_override o WHERE {OF_A_CLINICIAN.format(row='o')})"
SOMETHING_READ = (
    "EXISTS (SELECT 1 FROM plans_acknowledgement a WHERE a.version_id = NEW.id "
    "AND a.screening_id = NEW.screening_id AND a.modality = t.kind AND a.rule <> 'movement')"
)

# --- what is kept as JSON, read as rows ------------------------------------------------------------------

# `reason`: rule, verdict and words of each reason that the version keeps about the item's kind of therapy.
REASONS = {
    "sqlite": "(SELECT json_extract(value, '$.rule') AS rule, json_extract(value, '$.verdict') AS verdict, "
    "json_extract(value, '$.text') AS words FROM json_each(NEW.advice, '$.\"' || t.kind || '\".reasons')) reason",
    "postgresql": "(SELECT value ->> 'rule' AS rule, value ->> 'verdict' AS verdict, value ->> 'text' AS words "
    "FROM jsonb_array_elements(NEW.advice -> t.kind -> 'reasons')) reason",
}
ADVISED = {
    "sqlite": "json_extract(NEW.advice, '$.\"' || t.kind || '\".verdict')",
    "postgresql": "(NEW.advice -> t.kind ->> 'verdict')",
}
# `caution`: condition and action of each caution of the item's instruction.
CAUTIONS = {
    "sqlite": "(SELECT json_extract(value, '$.condition') AS condition, json_extract(value, '$.action') AS action "
    "FROM json_each(v.cautions)) caution",
    "postgresql": "(SELECT value ->> 'condition' AS condition, value ->> 'action' AS action "
    "FROM jsonb_array_elements(v.cautions)) caution",
}
# `answer`: the findings that are answered with anything but no; a pregnancy counts from week 16, or unknown.
ANSWERS = {
    "sqlite": "(SELECT key FROM json_each(s.findings) WHERE CASE WHEN key = 'pregnant_weeks' AND type = 'integer' "
    "THEN value >= 16 ELSE type <> 'false' AND value IS NOT 'none' END) answer",
    "postgresql": "(SELECT key FROM jsonb_each(s.findings) WHERE CASE WHEN key = 'pregnant_weeks' "
    "AND jsonb_typeof(value) = 'number' THEN value::numeric >= 16 "
    "ELSE value NOT IN ('false'::jsonb, '\"none\"'::jsonb) END) answer",
}
DAYS_SINCE_ONSET = {
    "sqlite": "julianday(NEW.issued_on) - julianday(s.onset_date)",
    "postgresql": "NEW.issued_on - s.onset_date",
}
# An hour of the clinic may still be yesterday's: only what lasts beyond the opening's day in UTC surely meets it.
DAY_OF_OPENING = {"sqlite": "date(NEW.at)", "postgresql": "CAST(NEW.at AT TIME ZONE 'UTC' AS date)"}

# --- each reason -------------------------------------------------------------------------------------------

OVERRIDDEN = f"EXISTS (SELECT 1 FROM plans_override o WHERE {OF_A_CLINICIAN.format(row='o')} AND o.rule = reason.rule)"
READ = (
    f"EXISTS (SELECT 1 FROM plans_acknowledgement a WHERE {OF_A_CLINICIAN.format(row='a')} "
    "AND a.rule = reason.rule AND a.text = reason.words)"
)
# A reason of a verdict that is not known is a bar.
BARS = "(reason.verdict IS NULL OR reason.verdict NOT IN ('suitable', 'caution'))"
A_BAR_IS_LEFT = f"EXISTS (SELECT 1 {UNGATED} AND EXISTS (SELECT 1 FROM {{reasons}} WHERE {BARS} AND NOT {OVERRIDDEN}))"
A_CAUTION_IS_LEFT = (
    f"EXISTS (SELECT 1 {UNGATED} AND EXISTS "
    f"(SELECT 1 FROM {{reasons}} WHERE reason.verdict = 'caution' AND NOT {OVERRIDDEN} AND NOT {READ}))"
)
ANOTHER_VERDICT = (
    f"EXISTS (SELECT 1 {UNGATED} AND i.verdict <> '' AND (i.verdict IS DISTINCT FROM {{advised}} "
    "OR NOT EXISTS (SELECT 1 FROM {reasons} WHERE reason.verdict = i.verdict)))"
)
BEYOND_THE_FIRST_SET = (
    f"EXISTS (SELECT 1 {UNGATED} AND t.kind = 'stretching' AND NOT v.first_48h "
    "AND EXISTS (SELECT 1 FROM {reasons} WHERE reason.rule = 'S-C1'))"
)

# --- a movement's own cautions (therapies/movement_cautions.py) --------------------------------------------

# The findings that the screening tells of, but for the counts of days: those of rules.md section 2.
COUNTED = ("onset_days", "age")
ASKED = (
    *("onset_is_minimum", "recurrent", "new_injury", "chronic_label", "area_warm", "area_hot", "area_red"),
    *("area_flushed", "area_swollen", "area_painful", "area_cold", "area_pale", "area_tight", "area_numb"),
    *("area_bruised", "whole_body_cold", "whole_body_hot", "temperature_c", "fever", "rigors_or_very_unwell"),
    *("poor_circulation", "pvd", "raynauds", "cold_allergy", "diabetes", "diabetes_neuropathy", "skin_broken"),
    *("skin_infection_or_rash", "past_ice_injury", "past_heat_injury", "fragile_skin", "bleeding_risk"),
    *("heart_disease", "ms", "ms_heat_sensitive", "pregnant_weeks", "dvt_current", "dvt_suspected"),
    *("cancer_at_site", "topical_heat_product", "medicated_patch", "sedating_medicine", "alcohol_now"),
    *("plans_sleep_with_heat", "cannot_report_or_remove", "stroke_or_cord_injury", "hip_replacement"),
    *("osteoporosis", "falls_risk", "recent_spine_surgery_or_fracture", "pain_severe", "not_improving"),
    *("worsening", "leg_symptoms", "leg_weakness", "stretch_increases_leg_pain", "worse_bending"),
    *("worse_arching", "saddle_numbness", "bladder_change", "bowel_change", "sexual_change", "gait_unsteady"),
    *("major_trauma", "minor_trauma", "sudden_severe_onset", "long_term_steroids", "cancer_history"),
    *("weight_loss_unexplained", "constant_night_or_rest_pain", "iv_drug_use", "immunosuppressed"),
    *("recent_infection_or_spinal_procedure", "night_sweats", "chest_pain", "breathless", "collapse_or_faint"),
    *("abdominal_pain", "known_aaa", "pulsating_abdomen", "urine_symptoms", "blood_in_urine", "flank_pain"),
    *("new_lump_or_shape_change", "thoracic_pain", "worse_cough_sneeze_strain", "one_sided_blister_rash"),
    *("pregnancy_bleeding_fluid_or_contractions", "inflammatory_pattern", "stroke_like_signs", "taking_nsaid"),
    *("taking_muscle_relaxant", "taking_opioid", "taking_antidepressant", "alcohol_with_medicine"),
)
# Fewer than 22 days, or not known: also when the birth date was changed to a day after it.
IS_EARLY = "(s.onset_date IS NULL OR s.onset_date < person.birth_date OR {days_since_onset} < 22)"
HOLDS = (
    f"CASE caution.condition WHEN 'onset_days' THEN {IS_EARLY} WHEN 'age' THEN true "
    "ELSE EXISTS (SELECT 1 FROM {answers} WHERE answer.key = caution.condition) END"
)
AGAINST_THE_ANSWERS = (
    "EXISTS (SELECT 1 FROM intake_screening s JOIN intake_patient person ON person.id = s.patient_id "
    f"WHERE s.id = NEW.screening_id AND EXISTS (SELECT 1 {ITEMS} AND EXISTS "
    f"(SELECT 1 FROM {{cautions}} WHERE caution.action = 'avoid' AND {HOLDS})))"
)
# What a clinician confirms begins with the name of what it is about (confirming.py).
TITLE = "upper(substr(n.slug, 1, 1)) || lower(replace(substr(n.slug, 2), '-', ' ')) || ':'"
CONFIRMED = (
    f"EXISTS (SELECT 1 FROM plans_acknowledgement a WHERE {OF_A_CLINICIAN.format(row='a')} "
    f"AND a.rule = 'movement' AND substr(a.text, 1, length({TITLE})) = {TITLE})"
)
NOT_CONFIRMED = (
    f"EXISTS (SELECT 1 {ITEMS} AND NOT {CONFIRMED} AND EXISTS (SELECT 1 FROM {{cautions}} "
    f"WHERE caution.condition NOT IN ({', '.join(repr(key) for key in (*COUNTED, *ASKED))})))"
)

# --- ice and heat ------------------------------------------------------------------------------------------

WITH_KIND = (
    "plans_planitem {item} JOIN therapies_instructionversion {item}_v ON {item}_v.id = {item}.instruction_version_id "
    "JOIN therapies_instruction {item}_n ON {item}_n.slug = {item}_v.instruction_id "
    "JOIN therapies_therapy {item}_t ON {item}_t.slug = {item}_n.therapy_id"
)
IS_OPEN = (
    "(NOT other.gated OR EXISTS (SELECT 1 FROM plans_phaseopening o WHERE o.item_id = other.id)) "
    "AND NOT EXISTS (SELECT 1 FROM plans_itemhold h WHERE h.item_id = other.id "
    "AND NOT EXISTS (SELECT 1 FROM plans_holdrelease r WHERE r.hold_id = h.id)) "
    "AND NOT EXISTS (SELECT 1 FROM therapies_safetynotice b WHERE b.version_id = other.instruction_version_id)"
)
OPENS_INTO_THE_OTHER = (
    f"EXISTS (SELECT 1 FROM {WITH_KIND.format(item='item')} "
    f"JOIN ({WITH_KIND.format(item='other')}) ON other.version_id = item.version_id WHERE item.id = NEW.item_id "
    "AND ((item_t.kind = 'ice' AND other_t.kind = 'heat') OR (item_t.kind = 'heat' AND other_t.kind = 'ice')) "
    "AND other.from_date <= item.until_date AND other.until_date >= item.from_date "
    f"AND other.until_date > {{day_of_opening}} AND {IS_OPEN})"
)


def by_vendor(sql: str) -> dict[str, str]:
    """`sql` as each database reads JSON and counts days."""
    return {
        vendor: sql.format(
            reasons=REASONS[vendor],
            advised=ADVISED[vendor],
            cautions=CAUTIONS[vendor],
            answers=ANSWERS[vendor],
            days_since_onset=DAYS_SINCE_ONSET[vendor],
            day_of_opening=DAY_OF_OPENING[vendor],
        )
        for vendor in REASONS
    }


def refuse_issuing(name: str, when: str, why: str) -> migrations.RunPython:
    return refuse_when(f"{VERSION}_{name}", table=VERSION, when=by_vendor(f"{ISSUING} AND {when}"), why=why)


def refuse_no_more(earlier: migrations.RunPython) -> RunSqlOf:
    return RunSqlOf(earlier.reverse_code, earlier.code)


class Migration(migrations.Migration):
    """0006 held that some override or acknowledgement was there; these hold one for each reason that is kept."""

    dependencies = [
        ("plans", "0008_standing_orders_stay_narrow"),
        ("intake", "0007_red_flags_can_get_worse"),
        ("therapies", "0003_signing_and_safety"),
    ]

    operations = [
        refuse_no_more(
            refuse_issuing(
                "has_no_barred_item",
                f"EXISTS (SELECT 1 {UNGATED} AND i.verdict = 'not_suitable' AND NOT {SOMETHING_OVERRIDDEN})",
                "An item is not suitable, and no rule against it was overridden.",
            )
        ),
        refuse_no_more(
            refuse_issuing(
                "has_every_caution_read",
                f"EXISTS (SELECT 1 {UNGATED} AND i.verdict = 'caution' "
                f"AND NOT {SOMETHING_OVERRIDDEN} AND NOT {SOMETHING_READ})",
                "The cautions of an item were not acknowledged.",
            )
        ),
        refuse_issuing(
            "has_no_barred_item", A_BAR_IS_LEFT, "An item is not suitable, and a rule against it was not overridden."
        ),
        refuse_issuing("has_every_caution_read", A_CAUTION_IS_LEFT, "A caution of an item was not acknowledged."),
        refuse_issuing(
            "keeps_the_verdicts_it_gives", ANOTHER_VERDICT, "The verdict of an item is that of the advice that is kept."
        ),
        refuse_issuing(
            "has_the_first_movements_only",
            BEYOND_THE_FIRST_SET,
            "For now only movements of the first-48-hours set are given.",
        ),
        refuse_issuing(
            "has_no_movement_against_the_answers",
            AGAINST_THE_ANSWERS,
            "An item is not for people with these answers.",
        ),
        refuse_issuing(
            "has_every_movement_asked_about",
            NOT_CONFIRMED,
            "An item needs a clinician who asked what the screening does not.",
        ),
        refuse_when(
            f"{OPENING}_keeps_ice_and_heat_apart",
            table=OPENING,
            operation="INSERT",
            when=by_vendor(OPENS_INTO_THE_OTHER),
            why="Ice and heat are kept apart: the other one is open on these days.",
        ),
    ]
