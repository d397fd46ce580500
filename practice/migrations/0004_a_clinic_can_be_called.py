from typing import Any

from django.db import migrations, models

from practice.triggers import while_rebuilding

# True of any clinic; the owner writes something better.
ASK_US = "Call to ask when we are open."
IF_CLOSED = "Go to urgent care or an emergency room. In an emergency, call 911."


def fill_in(apps: Any, editor: Any) -> None:
    """A clinic that gave its number alone, before the two others were asked for."""
    clinics = apps.get_model("practice", "Clinic").objects.exclude(phone="")
    clinics.filter(hours="").update(hours=ASK_US)
    clinics.filter(after_hours="").update(after_hours=IF_CLOSED)


class Migration(migrations.Migration):
    dependencies = [("practice", "0003_switches")]

    operations = [
        migrations.RunPython(fill_in, migrations.RunPython.noop),
        *while_rebuilding(
            migrations.AlterField(
                model_name="clinic",
                name="phone",
                field=models.CharField(help_text="Stands on every sheet and every urgent card.", max_length=40),
            ),
            migrations.AlterField(
                model_name="clinic",
                name="hours",
                field=models.CharField(help_text="Monday to Friday, 8 am to 5 pm", max_length=200),
            ),
            migrations.AlterField(
                model_name="clinic",
                name="after_hours",
                field=models.CharField(help_text="What to do when the clinic is closed.", max_length=200),
            ),
            migrations.AddConstraint(
                model_name="clinic",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("phone", ""),
                        models.Q(models.Q(("hours", ""), _negated=True), models.Q(("after_hours", ""), _negated=True)),
                        _connector="OR",
                    ),
                    name="a_clinic_with_a_phone_says_when_to_call_it",
                ),
            ),
        ),
    ]
