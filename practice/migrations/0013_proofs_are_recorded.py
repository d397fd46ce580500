from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("practice", "0012_restores_are_recorded")]

    operations = [
        migrations.AlterField(
            model_name="auditevent",
            name="action",
            field=models.CharField(
                choices=[
                    ("signed_in", "signed in"),
                    ("sign_in_failed", "sign-in failed"),
                    ("signed_out", "signed out"),
                    ("opened", "opened a record"),
                    ("registered", "registered a patient"),
                    ("changed", "changed a record"),
                    ("screened", "sent a screening"),
                    ("issued", "issued a plan"),
                    ("ended", "ended a plan"),
                    ("printed", "printed"),
                    ("codes_made", "made sign-in codes"),
                    ("published", "published content"),
                    ("signed", "signed"),
                    ("refused", "was refused"),
                    ("searched", "searched"),
                    ("exported", "exported"),
                    ("overrode", "overrode a rule"),
                    ("broke_glass", "opened a restricted record"),
                    ("restricted", "restricted a record or lifted it"),
                    ("erased", "erased a patient"),
                    ("backed_up", "backed up"),
                    ("invited", "invited"),
                    ("locked", "locked or switched the screen"),
                    ("locked_out", "was locked out"),
                    ("session_ended", "ended a session"),
                    ("factor_changed", "changed a way to sign in"),
                    ("access_given", "gave access to a record"),
                    ("access_taken", "took access to a record away"),
                    ("restored", "restored a backup"),
                    ("kept", "kept a record beyond its time or ended that"),
                    ("proved", "proved the record of events"),
                ],
                max_length=20,
            ),
        ),
    ]
