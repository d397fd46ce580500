"""The owner's form for the clinic: its settings, and its hours once more in each other language."""

import types
from typing import Any

from django import forms

from practice.models import Clinic
from practice.reach import WORDS, other_languages

LABELS = {"hours": "Hours", "after_hours": "When closed"}
LONGEST = 200


def _field(word: str, name: str) -> forms.CharField:
    return forms.CharField(label=f"{LABELS[word]}, in {name}", required=False, max_length=LONGEST)


class ClinicFormBase(forms.ModelForm):
    class Meta:
        model = Clinic
        # The words in other languages have fields of their own, below.
        fields = [
            "name",
            "phone",
            "street",
            "town",
            *WORDS,
            "time_zone",
            "paper",
            "screening_limit_days",
            "comfortable_item_count",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, _ in other_languages():
            for word in WORDS:
                self.initial[f"{word}_{code}"] = self.instance.in_other_languages.get(code, {}).get(word, "")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        self.instance.in_other_languages = {}
        for code, name in other_languages():
            said = {word: cleaned.get(f"{word}_{code}", "") for word in WORDS}
            self._refuse_half(said, code, name)
            if all(said.values()):
                self.instance.in_other_languages[code] = said
        return cleaned

    def _refuse_half(self, said: dict[str, str], code: str, name: str) -> None:
        if any(said.values()) and not all(said.values()):
            missing = next(word for word in WORDS if not said[word])
            self.add_error(f"{missing}_{code}", f"Write both in {name}, or neither: then patients read the English.")


def _with_each_language() -> type[ClinicFormBase]:
    """The form with a pair of fields for each language that there is."""
    fields = {f"{word}_{code}": _field(word, name) for code, name in other_languages() for word in WORDS}
    made: type[ClinicFormBase] = types.new_class(
        "ClinicForm", (ClinicFormBase,), exec_body=lambda body: body.update(fields)
    )
    return made


ClinicForm = _with_each_language()
