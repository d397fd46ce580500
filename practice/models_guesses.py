"""The counters of wrong guesses (guessing.py)."""

from django.db import models


class GuessCount(models.Model):
    """Guesses at one door for one account, address or everybody; the key is an HMAC and names nobody."""

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True, help_text="From then on it is counted anew.")

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at:%Y-%m-%d %H:%M}"
