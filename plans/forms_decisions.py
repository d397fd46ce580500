"""The words of a clinician's decision. What the decision does is the verbs' business."""

from django import forms

LONGEST_REASON = 500


class ReasonForm(forms.Form):
    """Why, in the clinician's own words."""

    reason = forms.CharField(
        max_length=LONGEST_REASON,
        error_messages={
            "required": "Write a few words first: they are kept with the decision.",
            "max_length": f"At most {LONGEST_REASON} characters, please.",
        },
    )

    @property
    def problem(self) -> str:
        return " ".join(str(text) for texts in self.errors.values() for text in texts)
