from django.db import migrations

from practice.append_only import refuse_changes

# Every column but the status: publishing a successor may supersede a version, nothing else changes it.
CONTENT = (
    "id instruction_id number origin content_hash level first_48h regions positions equipment cautions dose_most "
    "minutes hold_seconds repetitions sets times_a_day least_gap_minutes each_side published_at published_by_id"
).split()
CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in CONTENT)
PAGE_CONTENT = (
    "id therapy_id language number origin content_hash title summary what_it_is may_help ask_first what_to_expect "
    "who_does_it known not_known learn_more reviewed_on published_at published_by_id"
).split()
PAGE_CHANGED = " OR ".join(f"NEW.{column} IS DISTINCT FROM OLD.{column}" for column in PAGE_CONTENT)
PAGE_WHY = "A published page is kept as it was published; a change is a new one."
WHY = "A published instruction is kept as it was published; a change is a new version."
OF_PUBLISHED = "(SELECT status FROM therapies_instructionversion WHERE id = {row}.version_id) <> 'draft'"


class Migration(migrations.Migration):
    dependencies = [("therapies", "0001_initial")]

    operations = [
        refuse_changes(
            "therapies_instructionversion",
            when=f"OLD.status <> 'draft' AND ({CHANGED} OR NEW.status = 'draft')",
            operations=("UPDATE",),
            why=WHY,
        ),
        refuse_changes("therapies_instructionversion", when="{row}.status <> 'draft'", operations=("DELETE",), why=WHY),
        refuse_changes("therapies_instructiontext", when=OF_PUBLISHED, moved_in=True, why=WHY),
        refuse_changes(
            "therapies_therapypage",
            when=f"OLD.status <> 'draft' AND ({PAGE_CHANGED} OR NEW.status = 'draft')",
            operations=("UPDATE",),
            why=PAGE_WHY,
        ),
        refuse_changes("therapies_therapypage", when="{row}.status <> 'draft'", operations=("DELETE",), why=PAGE_WHY),
    ]
