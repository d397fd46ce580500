"""The form that signs a standing order. It cleans; standing.py decides."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.forms import TypedDateField
from plans.order_terms import last_day_allowed


class OrderForm(forms.Form):
    """The last day of an order, and a tick that its page was read."""

    until = TypedDateField(label="Its last day")
    read = forms.BooleanField(
        label="I have read what this allows. Each plan issued under it is issued in my name.",
        error_messages={"required": "Read what it allows, and tick that you have."},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        last = last_day_allowed(self._today)
        if not self._today <= until <= last:
            raise ValidationError(f"Choose a day from today to {last:%b} {last.day}, {last.year}.")
        return until
