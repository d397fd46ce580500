"""What is written, published and then kept as it was."""

from typing import Any

from django.db import models

from practice.append_only import AppendOnlyError


class Status(models.TextChoices):
    """Of anything that is written, published and later replaced."""

    DRAFT = "draft", "draft"
    PUBLISHED = "published", "published"
    SUPERSEDED = "superseded", "superseded"
    # Of an instruction only: nothing new is given, and what runs goes on.
    RETIRED = "retired", "retired"


class KeptQuerySet(models.QuerySet[Any]):
    """Blocks the bulk ways to change or remove what was published; `supersede()` is the one change."""

    def refuse_published(self) -> None:
        if self.exclude(status=Status.DRAFT).exists():
            raise AppendOnlyError(f"Published {self.model._meta.verbose_name_plural} are kept as they were.")

    def update(self, **changes: Any) -> int:
        self.refuse_published()
        return super().update(**changes)

    def delete(self) -> tuple[int, dict[str, int]]:
        self.refuse_published()
        return super().delete()

    def supersede(self) -> int:
        """Mark the published ones as replaced; only publishing.py does."""
        return models.QuerySet.update(self.filter(status=Status.PUBLISHED), status=Status.SUPERSEDED)


class Kept(models.Model):
    """A draft may change. Once it is published, the row stays as it is (the database's triggers agree)."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self._refuse_published()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        self._refuse_published()
        return super().delete(*args, **kwargs)

    def _refuse_published(self) -> None:
        if not self._state.adding:
            KeptQuerySet(type(self)).filter(pk=self.pk).refuse_published()
