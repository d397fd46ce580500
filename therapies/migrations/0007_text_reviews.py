import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0006_languages_are_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TextReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=5)),
                (
                    "part",
                    models.CharField(
                        help_text="interface-screening, instruction:ice-pack or page:ice, say.", max_length=80
                    ),
                ),
                ("content_hash", models.CharField(max_length=64)),
                (
                    "outcome",
                    models.CharField(choices=[("approved", "approved"), ("needs_work", "needs work")], max_length=10),
                ),
                ("note", models.CharField(blank=True, help_text="What needs work.", max_length=500)),
                (
                    "qualification",
                    models.CharField(help_text="How the reviewer knows this language and this field.", max_length=250),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "indexes": [models.Index(fields=["language", "part"], name="text_review_of_a_part")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("outcome__in", ["approved", "needs_work"])),
                        name="text_reviews_end_in_a_yes_or_a_no",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("qualification", ""), _negated=True),
                        name="text_reviewers_say_how_they_know",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("outcome", "approved"), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="text_reviews_say_what_needs_work",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language", "en"), _negated=True),
                        name="text_reviews_are_of_other_languages",
                    ),
                ],
            },
        ),
        refuse_changes("therapies_textreview", why="What a reviewer found in a text is kept as it was written."),
    ]
