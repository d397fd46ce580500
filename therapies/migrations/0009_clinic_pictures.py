import uuid

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from practice.append_only import refuse_changes


class Migration(migrations.Migration):
    dependencies = [
        ("therapies", "0008_reading_grades_and_ticks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClinicFigure",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                ("data", models.JSONField(help_text="What therapies/figures/files.py reads.")),
                ("words", models.JSONField(help_text="A list of sentences, one for each panel, by language.")),
                ("made_from", models.CharField(blank=True, help_text="The figure it was begun from.", max_length=80)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="therapies.clinicfigure",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="clinic_figures_have_a_title"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UploadedPicture",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                (
                    "words",
                    models.JSONField(help_text="A list with the one sentence that says what it shows, by language."),
                ),
                ("width", models.PositiveSmallIntegerField()),
                ("height", models.PositiveSmallIntegerField()),
                ("page", models.BinaryField()),
                ("page_format", models.CharField(choices=[("png", "PNG"), ("jpeg", "JPEG")], max_length=4)),
                ("small", models.BinaryField(help_text="For a phone's list and for paper.")),
                ("small_format", models.CharField(choices=[("png", "PNG"), ("jpeg", "JPEG")], max_length=4)),
                ("content_hash", models.CharField(help_text="Of the bytes for the page.", max_length=64, unique=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["title", "at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="uploaded_pictures_have_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("page_format__in", ["png", "jpeg"]), ("small_format__in", ["png", "jpeg"])),
                        name="uploaded_pictures_are_png_or_jpeg",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("height__range", (1, 1200)), ("width__range", (1, 1200))),
                        name="uploaded_pictures_have_a_size",
                    ),
                ],
            },
        ),
        refuse_changes("therapies_clinicfigure", why="A figure is kept as it was drawn; a change is a new one."),
        refuse_changes("therapies_uploadedpicture", why="A picture is kept as it was sent: plans show it."),
    ]
