"""Pictures of the clinic's own: figures drawn in the pose editor, and uploaded pictures. A change is a new row."""

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from practice.append_only import AppendOnly, AppendOnlyQuerySet
from therapies.languages import ENGLISH


class ClinicFigureQuerySet(AppendOnlyQuerySet):
    def standing(self) -> "ClinicFigureQuerySet":
        """Those that no newer drawing stands for."""
        return self.filter(replaced_by=None)


class ClinicFigure(AppendOnly):
    """A figure as data, with a sentence for each of its panels in each language."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=80)
    data = models.JSONField(help_text="What therapies/figures/files.py reads.")
    words = models.JSONField(help_text="A list of sentences, one for each panel, by language.")
    made_from = models.CharField(max_length=80, blank=True, help_text="The figure it was begun from.")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = ClinicFigureQuerySet.as_manager()

    class Meta:
        ordering = ["title", "at"]
        constraints = [models.CheckConstraint(name="clinic_figures_have_a_title", condition=~Q(title=""))]

    def __str__(self) -> str:
        return self.title

    def words_in(self, language: str) -> list[str]:
        """A sentence for each panel; in English where there are none in this language."""
        return self.words.get(language) or self.words[ENGLISH]


class UploadedPictureQuerySet(AppendOnlyQuerySet):
    def described(self) -> "UploadedPictureQuerySet":
        """Without their bytes, which one page of many has no use for."""
        return self.defer("page", "small")


class UploadedPicture(AppendOnly):
    """A picture that was sent, decoded and written anew (reencoding.py), in two sizes."""

    class Format(models.TextChoices):
        PNG = "png", "PNG"
        JPEG = "jpeg", "JPEG"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=80)
    words = models.JSONField(help_text="A list with the one sentence that says what it shows, by language.")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    page = models.BinaryField()
    page_format = models.CharField(max_length=4, choices=Format.choices)
    small = models.BinaryField(help_text="For a phone's list and for paper.")
    small_format = models.CharField(max_length=4, choices=Format.choices)
    content_hash = models.CharField(max_length=64, unique=True, help_text="Of the bytes for the page.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Any] = UploadedPictureQuerySet.as_manager()

    class Meta:
        ordering = ["title", "at"]
        constraints = [
            models.CheckConstraint(name="uploaded_pictures_have_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="uploaded_pictures_are_png_or_jpeg",
                condition=Q(page_format__in=["png", "jpeg"], small_format__in=["png", "jpeg"]),
            ),
            models.CheckConstraint(
                name="uploaded_pictures_have_a_size", condition=Q(width__range=(1, 1200), height__range=(1, 1200))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def words_in(self, language: str) -> list[str]:
        return self.words.get(language) or self.words[ENGLISH]

    @property
    def figure(self) -> dict[str, object]:
        """What stands for it among an instruction's figures."""
        return {"upload": str(self.pk), "size": [self.width, self.height]}
