from django.db import migrations

from practice.append_only import refuse_changes

KEPT = "An issued plan is kept as it was issued; a change is a new version."
OF_ISSUED = "(SELECT status FROM plans_planversion WHERE id = {row}.version_id) = 'issued'"
EVERY_WAY = ("INSERT", "UPDATE", "DELETE")


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_initial")]

    operations = [
        refuse_changes("plans_planversion", when="{row}.status = 'issued'", why=KEPT),
        refuse_changes("plans_planitem", when=OF_ISSUED, operations=EVERY_WAY, moved_in=True, why=KEPT),
        refuse_changes("plans_acknowledgement", when=OF_ISSUED, operations=EVERY_WAY, moved_in=True, why=KEPT),
        refuse_changes("plans_printing", why="The record of printing is kept as it was written."),
    ]
