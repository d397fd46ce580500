from django.db import migrations

from practice.triggers import refuse_when

VERSION = "plans_planversion"
ISSUING = "NEW.status = 'issued' AND OLD.status <> 'issued' AND NEW.issued_by_id IS NOT NULL"
# practice/roles.py: who may decide and issue, and who may use a standing order.
DECIDES = ("clinician",)
USES_ORDERS = ("front desk", "clinician")
DECISIONS = {
    "plans_acknowledgement": "A clinician acknowledges cautions.",
    "plans_override": "A clinician overrides rules.",
    "plans_reviewclearance": "A clinician clears reviews.",
    "plans_holdrelease": "A clinician lets a held item go on.",
    "plans_planresumption": "A clinician lets a stopped plan go on.",
}


def works_as(user: str, roles: tuple[str, ...]) -> str:
    """Whether this user is active, and has one of these roles."""
    return (
        "EXISTS (SELECT 1 FROM practice_user u JOIN practice_user_groups m ON m.user_id = u.id "
        f"JOIN auth_group g ON g.id = m.group_id WHERE u.id = {user} AND u.is_active AND u.kind = 'staff' "
        f"AND g.name IN ({', '.join(map(repr, roles))}))"
    )


def refuse_deciding(table: str, why: str) -> migrations.RunPython:
    when = f"NOT {works_as('NEW.by_id', DECIDES)}"
    return refuse_when(f"{table}_is_of_a_clinician", table=table, operation="INSERT", when=when, why=why)


class Migration(migrations.Migration):
    """Each verb asks for the role of whoever decides; here it is asked of whoever goes around them."""

    dependencies = [
        ("plans", "0010_signing_for_who_left"),
        # What the triggers read is not rebuilt by SQLite afterwards.
        ("auth", "0012_alter_user_first_name_max_length"),
        ("practice", "0004_a_clinic_can_be_called"),
    ]

    operations = [
        *(refuse_deciding(table, why) for table, why in DECISIONS.items()),
        refuse_when(
            f"{VERSION}_is_issued_by_a_clinician",
            table=VERSION,
            when=f"{ISSUING} AND NEW.standing_order_id IS NULL AND NOT {works_as('NEW.issued_by_id', DECIDES)}",
            why="A clinician issues a plan.",
        ),
        refuse_when(
            f"{VERSION}_uses_an_order_at_the_desk",
            table=VERSION,
            when=f"{ISSUING} AND NEW.standing_order_id IS NOT NULL AND NOT {works_as('NEW.issued_by_id', USES_ORDERS)}",
            why="The desk issues under a standing order.",
        ),
    ]
