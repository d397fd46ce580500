"""The form that narrows the record of events down. It travels in the address, so that a view of it can be kept; what
it holds names no patient."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError

from intake.events import NOBODY, PATIENTS, Wanted
from intake.forms import TypedDateField
from practice.models import AuditEvent, User

EVERYBODY = ("", "everybody")
EVERYTHING = ("", "everything")


class EventsForm(forms.Form):
    who = forms.ChoiceField(label="Who", required=False)
    what = forms.ChoiceField(label="What", required=False, choices=[EVERYTHING, *AuditEvent.Action.choices])
    first = TypedDateField(label="From", required=False)
    last = TypedDateField(label="Until", required=False)
    number = forms.IntegerField(
        label="Record number",
        required=False,
        min_value=1,
        max_value=999_999_999,
        error_messages={"invalid": "A record number has digits only."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        staff = User.objects.filter(kind=User.Kind.STAFF).order_by("display_name", "username")
        people = [(str(one.pk), f"{one} ({one.username})") for one in staff]
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = [EVERYBODY, *people, (PATIENTS, "patients and proxies"), (NOBODY, "nobody signed in")]
        self.helper = FormHelper()
        self.helper.form_method = "get"
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            Div("who", "what", "first", "last", "number", css_class="field-row"),
            Submit("", "Show", css_class="button"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            raise ValidationError({"last": "This day is before the first one."})
        return cleaned

    @property
    def wanted(self) -> Wanted:
        """What was asked for; everything while nothing was."""
        return Wanted(**self.cleaned_data) if self.is_bound else Wanted()
