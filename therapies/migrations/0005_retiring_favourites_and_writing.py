import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes
from practice.triggers import refuse_when

STATUSES = [
    ("draft", "draft"),
    ("published", "published"),
    ("superseded", "superseded"),
    ("retired", "retired"),
]
# What was decided last about the version.
DECIDED = (
    "COALESCE((SELECT d.what FROM therapies_retirementdecision d WHERE d.version_id = NEW.id "
    "ORDER BY d.id DESC LIMIT 1), 'nothing')"
)


def status(default: str) -> models.CharField:
    return models.CharField(choices=STATUSES, default=default, max_length=12)


def key() -> tuple[str, models.BigAutoField]:
    return "id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [("therapies", "0004_figures"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.AlterField(model_name="instructionversion", name="status", field=status("draft")),
        migrations.AlterField(model_name="programme", name="status", field=status("published")),
        migrations.AlterField(model_name="therapypage", name="status", field=status("draft")),
        # Each is an index of its own: no table is rebuilt, and no trigger is lost.
        migrations.AddConstraint(
            model_name="instructionversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["published", "retired"])),
                fields=("instruction",),
                name="published_or_retired_but_not_both",
            ),
        ),
        migrations.AddConstraint(
            model_name="instructionversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", "clinic"), ("status", "draft")),
                fields=("instruction",),
                name="one_version_being_written_per_instruction",
            ),
        ),
        migrations.AddConstraint(
            model_name="therapypage",
            constraint=models.UniqueConstraint(
                condition=models.Q(("origin", "clinic"), ("status", "draft")),
                fields=("therapy", "language"),
                name="one_page_being_written_per_therapy_and_language",
            ),
        ),
        migrations.CreateModel(
            name="Favourite",
            fields=[
                key(),
                (
                    "instruction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favourites",
                        to="therapies.instruction",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="favourites",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("user", "instruction"), name="a_favourite_is_starred_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RetirementDecision",
            fields=[
                key(),
                (
                    "what",
                    models.CharField(choices=[("retired", "retired"), ("brought_back", "brought back")], max_length=12),
                ),
                ("reason", models.CharField(help_text="In their own words.", max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="retirements",
                        to="therapies.instructionversion",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="retirements_have_a_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("what__in", ["retired", "brought_back"])), name="retired_or_brought_back"
                    ),
                ],
            },
        ),
        refuse_changes("therapies_retirementdecision", why="Who retired what, and why, is kept as it was written."),
        refuse_when(
            "therapies_instructionversion_is_retired_by_a_decision",
            table="therapies_instructionversion",
            when=(
                "OLD.status <> NEW.status AND (OLD.status = 'superseded' "
                f"OR (NEW.status = 'retired' AND (OLD.status <> 'published' OR {DECIDED} <> 'retired')) "
                f"OR (OLD.status = 'retired' AND (NEW.status <> 'published' OR {DECIDED} <> 'brought_back')))"
            ),
            why="Somebody has to retire a version or bring it back, and say why; what was superseded stays so.",
        ),
    ]
