from django.db import migrations, models

from therapies.languages import language_choices

LANGUAGE = models.CharField(choices=language_choices, max_length=5)


class Migration(migrations.Migration):
    """The choices are asked for by name: another language needs no migration. Nothing changes in the database."""

    dependencies = [("therapies", "0005_retiring_favourites_and_writing")]

    operations = [
        migrations.AlterField(model_name="therapypage", name="language", field=LANGUAGE),
        migrations.AlterField(model_name="instructiontext", name="language", field=LANGUAGE.clone()),
    ]
