import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0007_text_reviews"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadingLeave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                ("words_hash", models.CharField(help_text="Of the words that were read.", max_length=64)),
                ("how_it_reads", models.CharField(max_length=120)),
                ("reason", models.CharField(help_text="The owner's own words.", max_length=500)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "instruction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="therapies.instruction",
                    ),
                ),
                (
                    "therapy",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="therapies.therapy"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("instruction__isnull", True), ("therapy__isnull", False)),
                            models.Q(("instruction__isnull", False), ("therapy__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_reading_leave_is_about_one_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="reading_leaves_have_a_reason"
                    ),
                ],
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="ReadingGrade",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("measure", models.CharField(blank=True, max_length=20)),
                ("value", models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                (
                    "gate",
                    models.DecimalField(
                        decimal_places=1, help_text="What it had to reach then.", max_digits=5, null=True
                    ),
                ),
                ("left_out", models.JSONField(default=list, help_text="The defined terms that were not counted.")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "page",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading_grade",
                        to="therapies.therapypage",
                    ),
                ),
                (
                    "text",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reading_grade",
                        to="therapies.instructiontext",
                    ),
                ),
                (
                    "leave",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="therapies.readingleave",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("page__isnull", False), ("text__isnull", True)),
                            models.Q(("page__isnull", True), ("text__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_reading_grade_is_of_one_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("measure", "flesch-kincaid"), ("value__lte", models.F("gate"))),
                            models.Q(("measure", "fernandez-huerta"), ("value__gte", models.F("gate"))),
                            ("leave__isnull", False),
                            _connector="OR",
                        ),
                        name="what_reads_above_the_gate_has_the_owners_leave",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PematTick",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("item", models.PositiveSmallIntegerField()),
                ("answer", models.CharField(choices=[("yes", "yes"), ("no", "no"), ("na", "na")], max_length=3)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pemat_ticks",
                        to="therapies.therapypage",
                    ),
                ),
                (
                    "text",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pemat_ticks",
                        to="therapies.instructiontext",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("page__isnull", False), ("text__isnull", True)),
                            models.Q(("page__isnull", True), ("text__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_tick_is_about_one_text",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("item__range", (1, 12)), ("item__range", (15, 26)), _connector="OR"),
                        name="ticks_are_of_items_of_the_pemat_p",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["yes", "no", "na"])),
                        name="ticks_are_yes_no_or_not_applicable",
                    ),
                ],
            },
        ),
        refuse_changes("therapies_readingleave", why="A leave to publish is kept as it was given."),
        refuse_changes("therapies_readinggrade", why="How a text read is kept as it was measured."),
        refuse_changes("therapies_pemattick", why="What somebody ticked is kept; a change is a new tick."),
    ]
