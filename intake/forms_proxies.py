"""Giving a proxy access, at the desk."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from intake.forms import TypedDateField
from intake.models import Patient, PatientAccess
from intake.names import control_characters
from intake.proxies import is_a_child, latest_end, proxies_named
from practice.models import User

USUAL = timedelta(days=90)
SOMEBODY_NEW = "new"


class ProxyForm(forms.Form):
    """Who it is, what they are to the patient, and until when. Somebody of that name may be known already."""

    name = forms.CharField(max_length=120, help_text="As they say it. It stands on the record beside what they do.")
    stands_as = forms.ChoiceField(
        label="They are the patient’s", choices=[("", "Choose"), *PatientAccess.StandsAs.choices]
    )
    until = TypedDateField(label="Last day")
    same_as = forms.ChoiceField(label="Is it the same person?", widget=forms.RadioSelect, required=False)

    def __init__(self, *args: Any, patient: Patient, today: date, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient, self.today = patient, today
        self.latest = latest_end(patient, today)
        self.known = proxies_named(self.data.get("name", ""), besides=patient, to=by) if self.is_bound else []
        self.fields["name"].widget.attrs.update(autocomplete="off", spellcheck="false", dir="auto")
        self.fields["until"].initial = min(self.latest, today + USUAL)
        self.fields["until"].help_text = f"{self.latest:%m/%d/%Y} at the latest{self._why_then()}."
        self._ask_for_same()
        self.helper = FormHelper()
        self.helper.form_tag = False
        asked = ["same_as"] if self.known else []
        self.helper.layout = Layout(
            "name",
            *asked,
            Div("stands_as", "until", css_class="field-row"),
            Submit("give", "Give access", css_class="button button--primary"),
        )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if control_characters(name) or not any(sign.isalpha() for sign in name):
            raise ValidationError("Write the name in letters.")
        return name

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self.today:
            raise ValidationError("This day is over. Choose a later one.")
        if until > self.latest:
            raise ValidationError(f"{self.latest:%m/%d/%Y} is the latest day{self._why_then()}.")
        return until

    def clean_same_as(self) -> User | None:
        chosen: str = self.cleaned_data["same_as"]
        if self.known and not chosen:
            raise ValidationError("Somebody of this name helps another patient. Say whether it is the same person.")
        return next((each.user for each in self.known if str(each.user_id) == chosen), None)

    def _ask_for_same(self) -> None:
        people = {
            str(each.user_id): f"The one who helps {each.patient.full_name} as {each.get_stands_as_display()}"
            for each in self.known
        }
        self.fields["same_as"].choices = [*people.items(), (SOMEBODY_NEW, "Somebody else")]  # type: ignore[attr-defined]

    def _why_then(self) -> str:
        return ", the day before the patient is 18" if is_a_child(self.patient, self.today) else ", a year from today"
