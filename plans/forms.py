"""The builder's forms: the draft's note, and dose, dates and note of each item. They clean; building.py changes."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.forms import TypedDateField
from intake.models import Patient
from intake.names import control_characters
from plans.models import PlanItem
from plans.problems import Problem
from plans.sheet import Paper
from plans.typesetting import unprintable
from practice.models import Clinic
from therapies.dose import NAMES, Dose, DoseError, check_dose, limits_for, most_of

LONGEST_PLAN_DAYS = 120
MARKS = {"ice": "snowflake", "heat": "flame", "stretching": "person-standing"}
NO_MARK = "circle-question-mark"
SHORT_NAMES = {
    "minutes": "Minutes",
    "hold_seconds": "Hold, seconds",
    "repetitions": "Repetitions",
    "sets": "Sets",
    "times_a_day": "Times a day",
    "least_gap_minutes": "Gap, minutes",
}


def clean_printed_text(text: str) -> str:
    """Text that goes onto paper. Raises ValidationError naming the signs that cannot be printed."""
    without_breaks = text.replace("\r\n", "\n").replace("\n", "")
    hidden = control_characters(without_breaks)
    if hidden:
        raise ValidationError("This holds a sign that cannot be seen, such as a tab. Type it again.")
    signs = unprintable(without_breaks)
    if signs:
        raise ValidationError(f"The sheet's typeface cannot print {' '.join(signs[:5])}. Please leave it out.")
    return text.replace("\r\n", "\n")


class NoteForm(forms.Form):
    note = forms.CharField(
        label="Note to the patient",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        help_text="Stands above the items, on the sheet and on the phone.",
    )

    def clean_note(self) -> str:
        return clean_printed_text(self.cleaned_data["note"])


class ItemForm(forms.ModelForm):
    """One item. Only the numbers that its therapy uses are shown."""

    from_date = TypedDateField(label="From")
    until_date = TypedDateField(label="Until")
    gated = forms.BooleanField(label="Approve in advance", required=False)

    class Meta:
        model = PlanItem
        fields = [*NAMES, "each_side", "from_date", "until_date", "gated", "note"]

    def __init__(
        self,
        *args: Any,
        today: date,
        title: str,
        problems: tuple[Problem, ...] = (),
        cautions: tuple[str, ...] = (),
        ask_about: tuple[tuple[str, str], ...] = (),
        easier: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.title, self.problems, self.cautions = today, title, problems, cautions
        self.ask_about, self.easier = ask_about, easier
        self.kind = self.instance.instruction_version.kind
        self.dose_most = self.instance.instruction_version.dose_most
        self.mark = MARKS.get(self.kind, NO_MARK)
        limits = limits_for(self.kind)
        used = self._used_numbers()
        for name in NAMES:
            if name not in limits or name not in used:
                del self.fields[name]
                continue
            least, most = limits[name][0], most_of(name, self.kind, self.dose_most)
            self.fields[name] = forms.IntegerField(
                label=SHORT_NAMES[name],
                required=False,
                widget=forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"}),
            )
        if "repetitions" not in used:
            del self.fields["each_side"]
        if not self._may_wait:
            del self.fields["gated"]
        self.fields["note"].widget.attrs["placeholder"] = "Optional"
        for field in self.fields.values():
            box = isinstance(field.widget, forms.CheckboxInput)
            field.widget.attrs["class"] = "form-check-input" if box else "form-control"

    @property
    def _may_wait(self) -> bool:
        """Whether it can be approved in advance: what begins today is judged today."""
        return self.instance.gated or self.instance.from_date > self.today

    def _used_numbers(self) -> set[str]:
        """The numbers that the instruction itself uses: nobody holds a walk for seconds."""
        used = {name for name in NAMES if getattr(self.instance.instruction_version, name) is not None}
        return used | {"times_a_day"} | ({"sets"} if "repetitions" in used else set())

    @property
    def dose_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in (*NAMES, "each_side") if name in self.fields]

    def clean_note(self) -> str:
        return clean_printed_text(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._check_dose(cleaned)
            self._check_dates(cleaned["from_date"], cleaned["until_date"])
        return cleaned

    def _check_dose(self, cleaned: dict[str, Any]) -> None:
        numbers = {name: cleaned.get(name) for name in NAMES}
        try:
            dose = Dose(**numbers, each_side=bool(cleaned.get("each_side")))
            check_dose(dose, self.kind, most=self.dose_most)
        except DoseError as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))

    def _check_dates(self, first: date, last: date) -> None:
        if last < first:
            self.add_error("until_date", "The last day is before the first day.")
        elif last < self.today:
            self.add_error("until_date", "This day is over.")
        elif (last - self.today).days > LONGEST_PLAN_DAYS:
            self.add_error("until_date", f"At most {LONGEST_PLAN_DAYS} days from today. Check the year.")

    @property
    def changes(self) -> dict[str, Any]:
        """What set_items() stores: the cleaned value of each field that is on the page."""
        return {name: self.cleaned_data[name] for name in self.fields}


class PrintForm(forms.Form):
    """Which paper and which print; what is missing or unknown falls back to the clinic's and the patient's own."""

    size = forms.ChoiceField(label="Paper", choices=[("letter", "US letter"), ("a4", "A4")], required=False)
    print_size = forms.ChoiceField(label="Print", choices=Patient.TextSize.choices, required=False)

    def __init__(self, *args: Any, clinic: Clinic, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clinic, self.patient = clinic, patient
        self.initial = {"size": clinic.paper, "print_size": patient.text_size}
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def paper(self) -> Paper:
        return Paper(self._chosen("size"))

    @property
    def large(self) -> bool:
        return self._chosen("print_size") == Patient.TextSize.LARGE

    def _chosen(self, name: str) -> str:
        chosen: str = self.cleaned_data.get(name, "") if self.is_valid() else ""
        return chosen or self.initial[name]
