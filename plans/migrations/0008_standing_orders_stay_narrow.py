from django.db import migrations

from practice.append_only import refuse_changes
from practice.triggers import refuse_when

VERSION, ORDER, SIGNATURE = "plans_planversion", "plans_standingorder", "plans_countersignature"
ISSUING = "NEW.status = 'issued' AND OLD.status <> 'issued' AND NEW.standing_order_id IS NOT NULL"
SIGNED = ("id", "programme_id", "clinician_id", "signed_at", "until", "content")
KEPT = "A standing order is kept as it was signed; it can only be ended, once."
RUNNING = (
    "EXISTS (SELECT 1 FROM plans_standingorder o WHERE o.id = NEW.standing_order_id AND o.ended_at IS NULL "
    "AND o.signed_at <= NEW.issued_at AND o.until >= NEW.issued_on)"
)
SWITCHED_ON = (
    "EXISTS (SELECT 1 FROM practice_switchdecision d WHERE d.switch = 'standing_orders' "
    "AND d.signed_at IS NOT NULL AND d.ended_at IS NULL)"
)
ITEMS = "FROM plans_planitem i WHERE i.version_id = NEW.id"
WANTED = (
    "FROM therapies_programmeitem p JOIN plans_standingorder o ON o.programme_id = p.programme_id "
    "WHERE o.id = NEW.standing_order_id"
)
NOT_WANTED = (
    "EXISTS (SELECT 1 FROM plans_planitem i JOIN therapies_instructionversion v ON v.id = i.instruction_version_id "
    f"WHERE i.version_id = NEW.id AND v.instruction_id NOT IN (SELECT p.instruction_id {WANTED}))"
)
OWN = (
    "EXISTS (SELECT 1 FROM plans_planversion v JOIN plans_standingorder o ON o.id = v.standing_order_id "
    "WHERE v.id = NEW.version_id AND v.status = 'issued' AND o.clinician_id = NEW.by_id)"
)


def refuse_using(name: str, when: str, why: str) -> migrations.RunPython:
    return refuse_when(f"{VERSION}_{name}", table=VERSION, when=f"{ISSUING} AND ({when})", why=why)


class Migration(migrations.Migration):
    """order_terms.py refuses far more with a sentence for people; here is what the database can hold by itself."""

    dependencies = [
        ("plans", "0007_openings_stand_on_clear_answers"),
        ("practice", "0003_switches"),
        ("therapies", "0002_append_only"),
    ]

    operations = [
        refuse_using("uses_a_running_order", f"NOT {RUNNING}", "This standing order is over."),
        refuse_using("uses_orders_that_are_on", f"NOT {SWITCHED_ON}", "Standing orders are switched off."),
        refuse_using(
            "gives_only_what_is_suitable",
            f"EXISTS (SELECT 1 {ITEMS} AND (i.verdict <> 'suitable' OR i.gated))",
            "Under a standing order every item is suitable.",
        ),
        refuse_using(
            "gives_the_whole_programme",
            f"{NOT_WANTED} OR (SELECT COUNT(*) {ITEMS}) <> (SELECT COUNT(*) {WANTED})",
            "A standing order gives its program and nothing else.",
        ),
        refuse_changes(
            ORDER,
            when="OLD.ended_at IS NOT NULL OR "
            + " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in SIGNED),
            operations=("UPDATE",),
            why=KEPT,
        ),
        refuse_changes(ORDER, operations=("DELETE",), why=KEPT),
        refuse_when(
            f"{SIGNATURE}_is_of_the_orders_clinician",
            table=SIGNATURE,
            operation="INSERT",
            when=f"NOT {OWN}",
            why="The clinician of the standing order countersigns its uses.",
        ),
    ]
