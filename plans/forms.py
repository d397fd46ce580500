"""The builder's forms: the draft's note, and dose, dates and note of each item. They clean; building.py changes."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from intake.forms import TypedDateField
from intake.names import control_characters
from plans.models import PlanItem
from plans.typesetting import unprintable
from therapies.dose import NAMES, Dose, DoseError, check_dose, limits_for

LONGEST_PLAN_DAYS = 120
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
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Stands above the items, on the sheet and on the phone.",
    )

    def clean_note(self) -> str:
        return clean_printed_text(self.cleaned_data["note"])


class ItemForm(forms.ModelForm):
    """One item. Only the numbers that its therapy uses are shown."""

    from_date = TypedDateField(label="From")
    until_date = TypedDateField(label="Until")

    class Meta:
        model = PlanItem
        fields = [*NAMES, "each_side", "from_date", "until_date", "note"]

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.kind = self.instance.instruction_version.kind
        limits = limits_for(self.kind)
        for name in NAMES:
            if name not in limits:
                del self.fields[name]
                continue
            least, most = limits[name]
            self.fields[name] = forms.IntegerField(
                label=SHORT_NAMES[name],
                required=False,
                widget=forms.NumberInput(attrs={"min": least, "max": most, "inputmode": "numeric"}),
            )
        if self.kind in ("ice", "heat"):
            del self.fields["each_side"]
        self.fields["note"].widget.attrs["placeholder"] = "Optional"

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
            check_dose(Dose(**numbers, each_side=bool(cleaned.get("each_side"))), self.kind)
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
