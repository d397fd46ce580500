"""The screening as one form: when and where, then the groups of questions.py. Answers come out as findings."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms

from intake.forms import TypedDateField
from intake.models import Complaint
from intake.questions import GROUPS, NO, YES_NO_UNKNOWN, Group, Question
from therapies.regions import Region

# Where a back-pain clinic is told that it hurts, the most common first; the rest are places that movements reach.
SORE_PLACES = (
    Region.LOW_BACK,
    Region.HIP_CREST,
    Region.BUTTOCK,
    Region.MID_BACK,
    Region.UPPER_BACK,
    Region.NECK,
    Region.SHOULDER,
    Region.HIP_FRONT,
    Region.LEG,
)
DAYS_IN = {"days": 1, "weeks": 7, "months": 30}
COLDEST_C, HOTTEST_C = 30.0, 45.0
NEEDED = {"required": "Please answer. “Not sure” is an answer."}


def _question_field(question: Question) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=question.text,
        help_text=question.help,
        choices=question.choices,
        widget=forms.RadioSelect,
        error_messages=NEEDED,
    )


class ScreeningForm(forms.Form):
    """Everything the rules ask. `born` and `today` bound the onset."""

    regions = forms.MultipleChoiceField(
        label="Where does it hurt?",
        choices=[(region.value, str(region.label)) for region in SORE_PLACES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one place."},
    )
    onset_date = TypedDateField(label="It began on", required=False, help_text="Or like 10 Nov 2026.")
    onset_ago = forms.IntegerField(label="or this long ago", required=False, min_value=0, max_value=999)
    onset_unit = forms.ChoiceField(
        label="counted in", choices=[("days", "days"), ("weeks", "weeks"), ("months", "months")], required=False
    )
    onset_is_minimum = forms.BooleanField(label="It may be longer than that", required=False)
    onset_unknown = forms.BooleanField(label="Not sure when", required=False)
    brought_on_by = forms.CharField(label="What brings it on?", max_length=250, required=False)
    how_often = forms.ChoiceField(
        label="How often?", choices=[("", "Not said"), *Complaint.HowOften.choices], required=False
    )
    temperature = forms.DecimalField(label="Temperature, if taken", required=False, max_digits=5, decimal_places=2)
    temperature_unit = forms.ChoiceField(label="in", choices=[("F", "°F"), ("C", "°C")], required=False)
    pregnant = forms.ChoiceField(
        label="Are you pregnant?", choices=YES_NO_UNKNOWN, widget=forms.RadioSelect, error_messages=NEEDED
    )
    pregnant_weeks = forms.IntegerField(label="How many weeks, if known", required=False, min_value=1, max_value=45)

    def __init__(self, *args: Any, born: date, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.born, self.today = born, today
        for group in GROUPS:
            for question in group.questions:
                self.fields[question.key] = _question_field(question)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(_when_and_where(), *(_fieldset(group) for group in GROUPS))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["onset_on"] = self._onset(cleaned)
        cleaned["temperature_c"] = self._temperature(cleaned)
        if cleaned.get("pregnant") == NO and cleaned.get("pregnant_weeks"):
            self.add_error("pregnant_weeks", "Weeks are given, but the answer above is No. Change one of them.")
        return cleaned

    def _onset(self, cleaned: dict[str, Any]) -> date | None:
        """The day it began, or None for "not sure". Exactly one of the three ways must be used."""
        if {"onset_date", "onset_ago", "onset_unit"} & set(self.errors):
            return None
        given = [name for name in ("onset_date", "onset_ago") if cleaned.get(name) is not None]
        if cleaned.get("onset_unknown"):
            if given:
                self.add_error("onset_unknown", "A time is given as well. Keep the time or “Not sure”, not both.")
            return None
        if not given:
            self.add_error("onset_date", "Say when it began: a day, about how long ago, or “Not sure when”.")
            return None
        if len(given) == 2:
            self.add_error("onset_ago", "There is a day as well. Keep one of the two.")
            return None
        return self._believable_onset(given[0], cleaned)

    def _believable_onset(self, field: str, cleaned: dict[str, Any]) -> date | None:
        onset = cleaned.get("onset_date")
        if onset is None:
            onset = self.today - timedelta(days=cleaned["onset_ago"] * DAYS_IN[cleaned["onset_unit"] or "days"])
        if onset > self.today:
            self.add_error(field, "This day is still to come. Check the month and the year.")
            return None
        if onset < self.born:
            self.add_error(field, "This is before the date of birth. Check the year.")
            return None
        return onset

    def _temperature(self, cleaned: dict[str, Any]) -> float | None:
        """Degrees Celsius, or None when it was not measured."""
        typed = cleaned.get("temperature")
        if typed is None:
            return None
        unit = cleaned.get("temperature_unit") or "F"
        celsius = float(typed) if unit == "C" else (float(typed) - 32) * 5 / 9
        if not COLDEST_C <= celsius <= HOTTEST_C:
            self.add_error("temperature", f"{typed} °{unit} cannot be right. Check the number and °F or °C.")
            return None
        return round(celsius, 2)


def _when_and_where() -> Fieldset:
    return Fieldset(
        "When and where",
        Field("regions", template="intake/field_choices.html"),
        Div("onset_date", "onset_ago", "onset_unit", css_class="field-row"),
        Div("onset_is_minimum", "onset_unknown", css_class="field-row"),
        Div("brought_on_by", "how_often", css_class="field-row"),
        Div("temperature", "temperature_unit", css_class="field-row"),
        Field("pregnant", template="intake/field_question.html"),
        "pregnant_weeks",
        css_id="group-when",
        css_class="card",
    )


def _fieldset(group: Group) -> Fieldset:
    return Fieldset(
        group.title,
        HTML(f'<p class="muted">{group.intro}</p>' if group.intro else ""),
        *(Field(question.key, template="intake/field_question.html") for question in group.questions),
        HTML("" if group.red_flags else '{% include "intake/rest_is_no.html" %}'),
        css_id=f"group-{group.slug}",
        css_class="card",
    )
