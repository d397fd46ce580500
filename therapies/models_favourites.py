"""What each of the staff reaches for most."""

from django.conf import settings
from django.db import models


class Favourite(models.Model):
    """One person's star on one instruction, whatever its version."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourites")
    instruction = models.ForeignKey("therapies.Instruction", on_delete=models.CASCADE, related_name="favourites")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "instruction"], name="a_favourite_is_starred_once")]

    def __str__(self) -> str:
        return self.instruction_id
