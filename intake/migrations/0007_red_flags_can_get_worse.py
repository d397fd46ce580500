from django.db import migrations, models

from practice.append_only import allow_changes, refuse_changes


class Migration(migrations.Migration):
    """A rule may be raised again: with another sentence, at a more urgent level, or anew after it was closed."""

    dependencies = [("intake", "0006_words_of_names")]

    operations = [
        # SQLite rebuilds the table, which its triggers would not survive.
        allow_changes("intake_redflag"),
        migrations.RemoveConstraint(model_name="redflag", name="a_rule_is_raised_once_per_screening"),
        migrations.AddField(
            model_name="redflag",
            name="occurrence",
            field=models.PositiveSmallIntegerField(
                default=1, help_text="Counts how often the same answer was given anew after a clinician had closed it."
            ),
        ),
        migrations.AddConstraint(
            model_name="redflag",
            constraint=models.UniqueConstraint(
                fields=("screening", "rule", "level", "text", "occurrence"),
                name="a_red_flag_is_raised_once_per_screening",
            ),
        ),
        refuse_changes("intake_redflag", why="A red flag is kept as it was raised."),
    ]
