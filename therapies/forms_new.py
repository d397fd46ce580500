"""A new instruction, and the reason for retiring one."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from therapies.catalogue_files import limit
from therapies.forms_words import SentenceField
from therapies.models import Instruction, InstructionText, InstructionVersion, Therapy
from therapies.suitability.verdicts import JUDGED_KINDS

# What stands in the library's addresses where an instruction's name would.
TAKEN = ("new", "pages", "programmes", "words", "languages", "figures", "preview", "uploads", "print")

NAMED_TWICE = "The library has this name already. Choose another."


class NewInstructionForm(forms.Form):
    title = SentenceField("Title", most=limit(InstructionText, "title"), help_text="In English.")
    therapy = forms.ModelChoiceField(
        label="Kind", queryset=Therapy.objects.filter(kind__in=JUDGED_KINDS), empty_label="Choose one"
    )
    level = forms.ChoiceField(label="Level", choices=InstructionVersion.Level.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_title(self) -> str:
        title: str = self.cleaned_data["title"]
        slug = slugify(title)[:60].strip("-")
        if not slug:
            raise ValidationError("Use some letters from a to z: the address is made of them.")
        if slug in TAKEN or Instruction.objects.filter(pk=slug).exists():
            raise ValidationError(NAMED_TWICE)
        return title

    @property
    def slug(self) -> str:
        return slugify(self.cleaned_data["title"])[:60].strip("-")
