"""The owner's form that erases a record: its number twice, typed, and by which rule."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError

from intake.models import Patient
from practice.models import Erasure

ERASE = "ERASE"


class EraseForm(forms.Form):
    """Finds the patient by number; erasing.py decides whether the record may go."""

    record_number = forms.IntegerField(
        label="Record number",
        error_messages={"required": "Type the record's number.", "invalid": "Type the record's number, in digits."},
    )
    basis = forms.ChoiceField(
        label="Why it may go",
        choices=Erasure.Basis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say why the record may go."},
    )
    typed = forms.CharField(
        label="To be sure, type ERASE and the number again",
        max_length=40,
        error_messages={"required": "Type ERASE and the record's number: ERASE 10001"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_record_number(self) -> int:
        number: int = self.cleaned_data["record_number"]
        if not Patient.objects.filter(record_number=number).exists():
            raise ValidationError("There is no record of this number.")
        return number

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        number, typed = cleaned.get("record_number"), cleaned.get("typed")
        if number and typed and typed.split() != [ERASE, str(number)]:
            self.add_error("typed", f"This has to be: {ERASE} {number}")
        return cleaned
