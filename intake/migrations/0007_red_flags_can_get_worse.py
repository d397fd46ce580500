from django.db import migrations, models

from practice.append_only import allow_changes, refuse_changes


class Migration(migrations.Migration):
    """A rule may be raised again by another answer, with another sentence or a more urgent level."""

    dependencies = [("intake", "0006_words_of_names")]

    operations = [
        # SQLite rebuilds the table, which its triggers would not survive.
        allow_changes("intake_redflag"),
        migrations.RemoveConstraint(model_name="redflag", name="a_rule_is_raised_once_per_screening"),
        migrations.AddConstraint(
            model_name="redflag",
            constraint=models.UniqueConstraint(
                fields=("screening", "rule", "level", "text"), name="a_red_flag_is_raised_once_per_screening"
            ),
        ),
        refuse_changes("intake_redflag", why="A red flag is kept as it was raised."),
    ]
