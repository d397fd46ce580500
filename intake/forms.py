"""Registration. Forms clean what was typed; they decide nothing."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Field, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.dates import DateError, read_date
from intake.models import Patient
from intake.names import control_characters, search_key
from therapies.reading_language import day_in_words, with_english_months

OLDEST = 120


class TypedDateField(forms.Field):
    """A date typed as MM/DD/YYYY or with the month as a word; gives a `date`, or None when empty and optional."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off", "placeholder": _("MM/DD/YYYY")})

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_date(with_english_months(str(value)))
        except DateError as error:
            meant = day_in_words(error.meant, "full_day") if error.meant else ""
            raise ValidationError(gettext(error.sentence) % {"day": meant}) from error

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%m/%d/%Y}" if isinstance(value, date) else value


def check_birth_date(born: date, today: date) -> None:
    """Raise ValidationError for a day that nobody who comes in was born on."""
    if born > today:
        raise ValidationError("This day is still to come. Check the year.")
    if (today.year - OLDEST - 1, today.month, today.day) >= (born.year, born.month, born.day):
        raise ValidationError(f"That would be over {OLDEST} years old. Check the year.")


def check_onset(onset: date | None, born: date) -> None:
    """Raise ValidationError when a pain on record would have begun before this day of birth."""
    if onset is not None and onset < born:
        began = f"{onset:%b} {onset.day}, {onset.year}"
        raise ValidationError(f"A pain on record began on {began}, before this day. Check the year.")


class PatientForm(forms.ModelForm):
    birth_date = TypedDateField(label="Date of birth", help_text="MM/DD/YYYY, or like 14 Mar 1961")

    class Meta:
        model = Patient
        fields = ["given_name", "family_name", "birth_date", "phone", "email", "language", "text_size"]

    def __init__(
        self,
        *args: Any,
        today: date,
        submit: str = "Register",
        earliest_onset: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.earliest_onset = today, earliest_onset
        for name in ("given_name", "family_name"):
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false", dir="auto")
        for name in ("phone", "email"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
            self.fields[name].help_text = "Optional."
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            Div("given_name", "family_name", css_class="field-row"),
            Field("birth_date"),
            Div("phone", "email", css_class="field-row"),
            Div("language", "text_size", css_class="field-row"),
            Submit("register", submit, css_class="button button--primary"),
        )

    def clean_given_name(self) -> str:
        return self._name("given_name")

    def clean_family_name(self) -> str:
        return self._name("family_name")

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if control_characters(phone):
            raise ValidationError("The number holds a sign that cannot be seen, such as a tab. Type it again.")
        return phone

    def clean_birth_date(self) -> date:
        born: date = self.cleaned_data["birth_date"]
        check_birth_date(born, self.today)
        check_onset(self.earliest_onset, born)
        return born

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = search_key(cleaned.get("given_name", ""), cleaned.get("family_name", ""))
        if not named and not {"given_name", "family_name"} & set(self.errors):
            self.add_error("given_name", "Write at least one name.")
        return cleaned

    def _name(self, field: str) -> str:
        name: str = self.cleaned_data[field]
        if control_characters(name):
            raise ValidationError("The name holds a sign that cannot be seen, such as a tab. Type it again.")
        return name
