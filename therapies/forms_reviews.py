"""What a reviewer says about a text. The form cleans it; reviewing.py keeps it."""

from typing import Any

from crispy_forms.bootstrap import InlineRadios
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms

from therapies.models import TextReview

SAY_WHAT = "Say what needs work, so that it can be mended."


class ReviewForm(forms.ModelForm):
    """`read` is the hash of the words that the page showed."""

    read = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = TextReview
        fields = ["outcome", "note", "qualification"]
        widgets = {
            "outcome": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 3}),
            "qualification": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "outcome": "May patients read it?",
            "note": "What needs work",
            "qualification": "How do you know this language and this field?",
        }
        help_texts = {
            "note": "Needed unless you approve it.",
            "qualification": "Kept with your name: “Grew up with Spanish, physical therapist since 2009”, say.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # No answer is chosen for anybody.
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            (TextReview.Outcome.APPROVED, "Yes: it says what the English says, safely"),
            (TextReview.Outcome.NEEDS_WORK, "No: it needs work"),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "read",
            InlineRadios("outcome", wrapper_class="question"),
            "note",
            "qualification",
            Submit("keep", "Keep my review", css_class="button button--primary"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == TextReview.Outcome.NEEDS_WORK and not cleaned.get("note"):
            self.add_error("note", SAY_WHAT)
        return cleaned
