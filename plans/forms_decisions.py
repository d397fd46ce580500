"""The words of a clinician's decision. What the decision does is the verbs' business."""

from typing import Any

from django import forms

from intake.models import Patient
from intake.unnamed import without_names

LONGEST_REASON = 500
# As much as an audit event keeps beside what was done.
LONGEST_IN_THE_AUDIT = 150


class ReasonForm(forms.Form):
    """Why, in the clinician's own words."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Write a few words first: they are kept with the decision.",
            "max_length": f"At most {LONGEST_REASON} characters, please.",
        },
    )

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean_reason(self) -> str:
        return without_names(self.cleaned_data["reason"], self.patient)

    @property
    def problem(self) -> str:
        return " ".join(str(text) for texts in self.errors.values() for text in texts)


class DiscardForm(ReasonForm):
    """Why begun answers are deleted; a draft that holds none needs no words."""

    reason = forms.CharField(
        required=False,
        max_length=LONGEST_IN_THE_AUDIT,
        error_messages={"max_length": f"At most {LONGEST_IN_THE_AUDIT} characters, please."},
    )
