from django.db import migrations, models

from practice.triggers import RunSqlOf, refuse_when, while_rebuilding

SIGNATURE = "plans_countersignature"
USE = (
    "EXISTS (SELECT 1 FROM plans_planversion v JOIN plans_standingorder o ON o.id = v.standing_order_id "
    "WHERE v.id = NEW.version_id AND v.status = 'issued' AND {by})"
)
IS_CLINICIAN = (
    "EXISTS (SELECT 1 FROM practice_user u JOIN practice_user_groups m ON m.user_id = u.id "
    "JOIN auth_group g ON g.id = m.group_id WHERE u.id = {user} AND u.is_active AND g.name = 'clinician')"
)
OWN = "o.clinician_id = NEW.by_id"
IN_PLACE = (
    f"NEW.reason <> '' AND NOT {IS_CLINICIAN.format(user='o.clinician_id')} AND {IS_CLINICIAN.format(user='NEW.by_id')}"
)


def refuse_signing(by: str, why: str) -> migrations.RunPython:
    name = f"{SIGNATURE}_is_of_the_orders_clinician"
    return refuse_when(name, table=SIGNATURE, operation="INSERT", when=f"NOT {USE.format(by=by)}", why=why)


before = refuse_signing(OWN, "The clinician of the standing order countersigns its uses.")


class Migration(migrations.Migration):
    """A use whose clinician left would wait for ever: another clinician signs it then, and says why."""

    dependencies = [
        ("plans", "0009_each_reason_is_answered_for"),
        # What the trigger reads is not rebuilt by SQLite afterwards.
        ("auth", "0012_alter_user_first_name_max_length"),
        ("practice", "0003_switches"),
    ]

    operations = [
        RunSqlOf(before.reverse_code or RunSqlOf.noop, before.code),
        *while_rebuilding(
            migrations.AddField(
                model_name="countersignature",
                name="reason",
                field=models.CharField(
                    blank=True,
                    default="",
                    help_text="Why another clinician signed than the order's own.",
                    max_length=500,
                ),
            ),
        ),
        refuse_signing(
            f"({OWN} OR ({IN_PLACE}))",
            "The clinician of the standing order countersigns its uses, or another with a reason when that one left.",
        ),
    ]
