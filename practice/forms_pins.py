"""The forms of the PIN: choosing one, and opening a locked session with it."""

from collections.abc import Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from practice.models import DeviceSession
from practice.pins import LONGEST, SHORTEST, problem_of

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class _PinField(forms.CharField):
    def __init__(self, label: str, **more: Any) -> None:
        widget = forms.PasswordInput(attrs=DIGITS | {"maxlength": 40})
        missing = {"required": "Type the PIN here."}
        super().__init__(label=label, widget=widget, max_length=40, error_messages=missing, **more)


class PinForm(forms.Form):
    """A new PIN, twice."""

    pin = _PinField("New PIN", help_text=f"{SHORTEST} to {LONGEST} digits.")
    again = _PinField("The same PIN again")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False

    def clean_pin(self) -> str:
        pin: str = self.cleaned_data["pin"]
        if problem := problem_of(pin):
            raise forms.ValidationError(problem)
        return pin

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "pin" in self.cleaned_data and self.cleaned_data.get("again") != self.cleaned_data["pin"]:
            self.add_error("again", "The two are not the same. Type both again.")
        return cleaned


class UnlockForm(forms.Form):
    """Whose session, of those that wait on this device, and their PIN."""

    whose = forms.ChoiceField(
        label="Who are you?",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose your name.",
            "invalid_choice": "This session has ended. Sign in with your password.",
        },
    )
    pin = _PinField("Your PIN")

    def __init__(self, *args: Any, rows: Sequence[DeviceSession], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.public_id): row for row in rows}
        whose: Any = self.fields["whose"]
        whose.choices = [(key, str(row.user)) for key, row in self.rows.items()]
        # Whoever was here last comes back most often.
        self.initial["whose"] = max(self.rows, key=lambda key: self.rows[key].expire_date)
        self.fields["pin"].widget.attrs["autofocus"] = True
        self.helper = FormHelper()
        self.helper.form_tag = False

    @property
    def row(self) -> DeviceSession:
        return self.rows[self.cleaned_data["whose"]]
