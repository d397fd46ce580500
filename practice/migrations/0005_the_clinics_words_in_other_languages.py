from django.db import migrations, models

from practice.triggers import while_rebuilding


class Migration(migrations.Migration):
    dependencies = [("practice", "0004_a_clinic_can_be_called")]

    operations = while_rebuilding(
        migrations.AddField(
            model_name="clinic",
            name="in_other_languages",
            field=models.JSONField(
                blank=True, default=dict, help_text='"hours" and "after_hours" by the code of a language.'
            ),
        ),
    )
