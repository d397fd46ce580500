from django.db import migrations

from practice.triggers import refuse_when

CLOSING = "intake_redflagclosing"
# practice/roles.py: who may decide.
DECIDES = ("clinician",)
IS_CLINICIAN = (
    "EXISTS (SELECT 1 FROM practice_user u JOIN practice_user_groups m ON m.user_id = u.id "
    "JOIN auth_group g ON g.id = m.group_id WHERE u.id = NEW.by_id AND u.is_active AND u.kind = 'staff' "
    f"AND g.name IN ({', '.join(map(repr, DECIDES))}))"
)


class Migration(migrations.Migration):
    """close_red_flag() asks for the role of whoever closes; here it is asked of whoever goes around it."""

    dependencies = [
        ("intake", "0007_red_flags_can_get_worse"),
        # What the trigger reads is not rebuilt by SQLite afterwards.
        ("auth", "0012_alter_user_first_name_max_length"),
        ("practice", "0004_a_clinic_can_be_called"),
    ]

    operations = [
        refuse_when(
            f"{CLOSING}_is_of_a_clinician",
            table=CLOSING,
            operation="INSERT",
            when=f"NOT {IS_CLINICIAN}",
            why="A clinician closes a red flag.",
        )
    ]
