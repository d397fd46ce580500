from django.db import migrations

from practice.triggers import refuse_when

VERSION, PLAN, CLEARANCE = "plans_planversion", "plans_plan", "plans_reviewclearance"
ISSUING = "NEW.status = 'issued' AND OLD.status <> 'issued'"
# The screening that the version says it stands on, and the plan's patient.
SCREENING = "FROM intake_screening s WHERE s.id = NEW.screening_id"
PATIENT = "(SELECT p.patient_id FROM plans_plan p WHERE p.id = NEW.plan_id)"
NEWER_SENT = (
    f"EXISTS (SELECT 1 FROM intake_screening newer WHERE newer.patient_id = {PATIENT} AND newer.status = 'sent' "
    f"AND newer.sent_at > (SELECT s.sent_at {SCREENING}))"
)
NEWER_ANSWERS = (
    f"EXISTS (SELECT 1 FROM intake_screening begun WHERE begun.patient_id = {PATIENT} AND begun.status = 'draft' "
    f"AND CAST(begun.typed AS text) <> '{{}}' AND begun.saved_at > (SELECT s.sent_at {SCREENING}))"
)
OPEN_FLAG = (
    "EXISTS (SELECT 1 FROM intake_redflag f WHERE f.patient_id = {patient} "
    "AND NOT EXISTS (SELECT 1 FROM intake_redflagclosing c WHERE c.flag_id = f.id))"
)
CLEARED = (
    "EXISTS (SELECT 1 FROM plans_reviewclearance c WHERE c.id = NEW.clearance_id AND c.screening_id = NEW.screening_id)"
)
# The items that the patient may do without being asked again, with their kind of therapy.
ITEMS = (
    "FROM plans_planitem i JOIN therapies_instructionversion v ON v.id = i.instruction_version_id "
    "JOIN therapies_instruction n ON n.slug = v.instruction_id JOIN therapies_therapy t ON t.slug = n.therapy_id "
    "WHERE i.version_id = NEW.id AND NOT i.gated"
)
OVERRIDDEN = (
    "EXISTS (SELECT 1 FROM plans_override o WHERE o.version_id = NEW.id AND o.screening_id = NEW.screening_id "
    "AND o.modality = t.kind)"
)
ACKNOWLEDGED = (
    "EXISTS (SELECT 1 FROM plans_acknowledgement a WHERE a.version_id = NEW.id "
    "AND a.screening_id = NEW.screening_id AND a.modality = t.kind AND a.rule <> 'movement')"
)
LIMIT = "(COALESCE((SELECT screening_limit_days FROM practice_clinic WHERE id = 1), 7) + 1)"
# The limit counts the clinic's days; a day of it may be 25 hours long and begin just after midnight.
TOO_OLD = {
    "sqlite": f"julianday(NEW.issued_at) - (SELECT julianday(s.sent_at) {SCREENING}) > {LIMIT} + 1.0 / 24",
    "postgresql": f"NEW.issued_at - (SELECT s.sent_at {SCREENING}) > {LIMIT} * interval '24 hours' + interval '1 hour'",
}


def refuse_issuing(name: str, when: str, why: str) -> migrations.RunPython:
    return refuse_when(f"{VERSION}_{name}", table=VERSION, when=f"{ISSUING} AND ({when})", why=why)


class Migration(migrations.Migration):
    """issue_plan() refuses all of this with a sentence for people; here it is refused to whoever goes around it."""

    dependencies = [
        ("plans", "0005_decisions_of_clinicians"),
        # SQLite does not rebuild a table that a trigger reads: what is altered below comes first.
        ("intake", "0007_red_flags_can_get_worse"),
        ("therapies", "0002_append_only"),
        ("practice", "0003_switches"),
    ]

    operations = [
        refuse_when(
            f"{VERSION}_begins_as_a_draft",
            table=VERSION,
            operation="INSERT",
            when="NEW.status = 'issued'",
            why="A version is issued from a draft.",
        ),
        refuse_issuing(
            "stands_on_the_newest_screening",
            f"NOT EXISTS (SELECT 1 {SCREENING} AND s.status = 'sent' AND s.patient_id = {PATIENT}) OR {NEWER_SENT}",
            "A plan stands on the newest screening of its patient.",
        ),
        refuse_issuing("waits_for_newer_answers", NEWER_ANSWERS, "A newer screening of the patient holds answers."),
        refuse_when(
            f"{VERSION}_stands_on_a_fresh_screening",
            table=VERSION,
            when={vendor: f"{ISSUING} AND {when}" for vendor, when in TOO_OLD.items()},
            why="The screening is older than the limit of the clinic.",
        ),
        refuse_issuing(
            "has_no_urgent_level",
            f"EXISTS (SELECT 1 {SCREENING} AND s.level IN ('emergency', 'same_day'))",
            "No plan is issued past an emergency or a same-day sign.",
        ),
        refuse_issuing(
            "has_its_review_cleared",
            f"(NEW.level = 'review' AND NOT {CLEARED}) "
            f"OR (NEW.level <> 'review' AND EXISTS (SELECT 1 {SCREENING} AND s.level = 'review'))",
            "The review of this screening is not cleared.",
        ),
        refuse_issuing(
            "has_every_answer",
            f"EXISTS (SELECT 1 {SCREENING} AND s.unanswered_count > 0)",
            "A red-flag question of the screening is not answered.",
        ),
        refuse_issuing(
            "has_no_open_red_flag",
            OPEN_FLAG.format(patient=PATIENT),
            "A red flag of the patient is open.",
        ),
        refuse_issuing(
            "has_items",
            "NOT EXISTS (SELECT 1 FROM plans_planitem i WHERE i.version_id = NEW.id)",
            "A plan has items.",
        ),
        refuse_issuing(
            "has_judged_items",
            "EXISTS (SELECT 1 FROM plans_planitem i WHERE i.version_id = NEW.id AND i.verdict = '')",
            "Each item of a plan has a verdict.",
        ),
        refuse_issuing(
            "has_no_barred_item",
            f"EXISTS (SELECT 1 {ITEMS} AND i.verdict = 'not_suitable' AND NOT {OVERRIDDEN})",
            "An item is not suitable, and no rule against it was overridden.",
        ),
        refuse_issuing(
            "has_every_caution_read",
            f"EXISTS (SELECT 1 {ITEMS} AND i.verdict = 'caution' AND NOT {OVERRIDDEN} AND NOT {ACKNOWLEDGED})",
            "The cautions of an item were not acknowledged.",
        ),
        refuse_when(
            f"{PLAN}_goes_on_without_red_flags",
            table=PLAN,
            when="NEW.status = 'active' AND OLD.stopped_by_id IS NOT NULL AND NEW.stopped_by_id IS NULL AND "
            + OPEN_FLAG.format(patient="NEW.patient_id"),
            why="A stopped plan goes on when no red flag of the patient is open.",
        ),
        refuse_when(
            f"{CLEARANCE}_is_of_a_review",
            table=CLEARANCE,
            operation="INSERT",
            when="EXISTS (SELECT 1 FROM intake_screening s WHERE s.id = NEW.screening_id "
            "AND (s.status <> 'sent' OR s.level IN ('emergency', 'same_day') OR s.unanswered_count > 0))",
            why="Only the review of a sent screening is cleared.",
        ),
    ]
