"""The owner's form that keeps a record longer, or lets it go: by its number, with a reason."""

from django import forms
from django.db.models import TextChoices

from intake.forms_restrictions import RecordNumberForm, WhyField


class Wish(TextChoices):
    KEEP = "keep", "Keep it until an owner lets it go"
    LET_GO = "let_go", "Let it go: the retention rule decides again"


class KeepForm(RecordNumberForm):
    wish = forms.ChoiceField(
        label="What shall happen to it?",
        choices=Wish.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the two."},
    )
    why = WhyField("Why?")
