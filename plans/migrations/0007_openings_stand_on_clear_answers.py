from django.db import migrations

from practice.triggers import refuse_when

WHY = "An item opens only on a newer screening of its patient, of level none with nothing left open."
STANDS = (
    "EXISTS (SELECT 1 FROM plans_planitem item"
    " JOIN plans_planversion version ON version.id = item.version_id"
    " JOIN plans_plan plan ON plan.id = version.plan_id"
    " JOIN intake_screening screening ON screening.patient_id = plan.patient_id"
    " WHERE item.id = NEW.item_id AND screening.id = NEW.screening_id AND item.gated"
    " AND version.status = 'issued' AND screening.status = 'sent' AND screening.sent_at > version.issued_at"
    " AND screening.level = 'none' AND screening.unanswered_count = 0)"
)
OPEN_FLAG = (
    "EXISTS (SELECT 1 FROM intake_redflag flag JOIN intake_screening asked ON asked.patient_id = flag.patient_id"
    " WHERE asked.id = NEW.screening_id"
    " AND NOT EXISTS (SELECT 1 FROM intake_redflagclosing closing WHERE closing.flag_id = flag.id))"
)


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0007_red_flags_can_get_worse"),
        ("plans", "0006_the_database_refuses"),
    ]

    operations = [
        refuse_when(
            "plans_phaseopening_stands_on_clear_answers",
            table="plans_phaseopening",
            operation="INSERT",
            when=f"NOT {STANDS} OR {OPEN_FLAG}",
            why=WHY,
        ),
    ]
