from django.db import migrations, models

from therapies.languages import language_choices


class Migration(migrations.Migration):
    """The choices are asked for by name: another language needs no migration. Nothing changes in the database."""

    dependencies = [("intake", "0008_clinicians_close_red_flags")]

    operations = [
        migrations.AlterField(
            model_name="patient",
            name="language",
            field=models.CharField(choices=language_choices, default="en", max_length=5),
        ),
    ]
