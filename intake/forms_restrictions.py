"""Who may open a restricted record, and why: words that the owner reads."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import QuerySet

from intake.models import Patient
from intake.models_restrictions import LONGEST_REASON, SHORTEST_REASON
from intake.unnamed import without_names
from practice.models import User
from practice.roles import Role

NO_NAMES = "Write no name: the owner reads this."


def clinicians() -> QuerySet[User]:
    """Who can be named on a restriction: everybody who treats people here."""
    return User.objects.filter(is_active=True, groups__name=Role.CLINICIAN.value).order_by("display_name", "username")


class Plain(forms.Form):
    """Crispy's look without a form tag."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class WhyField(forms.CharField):
    def __init__(self, label: str, help_text: str = NO_NAMES) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            min_length=SHORTEST_REASON,
            max_length=LONGEST_REASON,
            widget=forms.Textarea(attrs={"rows": 3}),
            error_messages={
                "required": "Say why.",
                "min_length": "Say a little more: a few words.",
                "max_length": f"At most {LONGEST_REASON} characters, please.",
            },
        )


class CarersField(forms.ModelMultipleChoiceField):
    def __init__(self) -> None:
        super().__init__(
            label="Who treats this person?",
            queryset=User.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose at least one clinician: somebody has to open the record.",
                "invalid_choice": "One of these is no clinician here any more. Choose again.",
            },
        )


class AboutPatient(Plain):
    """Asks why about a patient, whose name does not belong into the answer."""

    def __init__(self, *args: Any, patient: Patient, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patient = patient

    def clean_why(self) -> str:
        return without_names(self.cleaned_data["why"], self.patient)


class GlassForm(AboutPatient):
    why = WhyField("Why do you open this record now?")


class RestrictForm(AboutPatient):
    carers = CarersField()
    why = WhyField("Why is the record restricted?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carers"].queryset = clinicians()  # type: ignore[attr-defined]


class MoreCarersForm(Plain):
    """Those who are not named yet."""

    carers = CarersField()

    def __init__(self, *args: Any, named: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["carers"].queryset = clinicians().exclude(pk__in=named)  # type: ignore[attr-defined]
        self.fields["carers"].label = "Who else treats this person?"


class LiftForm(AboutPatient):
    why = WhyField("Why is the record opened to everybody at the desk again?")


class RecordNumberForm(Plain):
    """Which record: an owner knows no more of a patient than its number."""

    record_number = forms.RegexField(
        r"^\s*[0-9]{1,9}\s*$",
        label="Record number",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Type the record number.", "invalid": "A record number is digits alone."},
    )
