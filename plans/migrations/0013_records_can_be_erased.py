from django.db import migrations

from practice.append_only import keep_until_erased

KEPT = "An issued plan is kept as it was issued; a change is a new version."
OF_ISSUED = "(SELECT status FROM plans_planversion WHERE id = {row}.version_id) = 'issued'"
DECIDED = "A decision is kept as it was written."
DECISIONS = ("reviewclearance", "planresumption", "itemhold", "holdrelease", "phaseopening", "countersignature")
HISTORY = "The history of changes is kept as it was written."


class Migration(migrations.Migration):
    """The triggers that keep the rows of a patient's record now let them go while that record is erased."""

    dependencies = [
        ("plans", "0012_the_answers_speak_for_themselves"),
        ("intake", "0012_restricted_records"),
        ("practice", "0011_erasures"),
    ]

    operations = [
        keep_until_erased("plans_planversion", when="{row}.status = 'issued'", why=KEPT),
        *(
            keep_until_erased(f"plans_{name}", when=OF_ISSUED, why=KEPT)
            for name in ("planitem", "acknowledgement", "override")
        ),
        *(keep_until_erased(f"plans_{name}", why=DECIDED) for name in DECISIONS),
        keep_until_erased("plans_printing", why="The record of printing is kept as it was written."),
        keep_until_erased(
            "intake_screening",
            when="{row}.status = 'sent'",
            why="A sent screening is never edited; a change is a new screening.",
        ),
        keep_until_erased("intake_redflag", why="A red flag is kept as it was raised."),
        keep_until_erased("intake_redflagclosing", why="The closing of a red flag is kept as it was written."),
        keep_until_erased("intake_historicalpatient", why=HISTORY),
        keep_until_erased("intake_historicalcomplaint", why=HISTORY),
        keep_until_erased(
            "intake_restriction", why="A restriction is kept as it was written: it is lifted once, and never removed."
        ),
        keep_until_erased("intake_carer", why="Who is named on a restriction is kept as it was written."),
        keep_until_erased("intake_glassbroken", why="An opened record is kept as it was written."),
        keep_until_erased("intake_glassseen", why="What an owner has seen is kept as it was written."),
    ]
