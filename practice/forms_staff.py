"""The owner's forms for staff, and the form of who takes up an invitation. They decide nothing."""

from typing import Any

from allauth.account.fields import PasswordField
from allauth.core import context
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator

from practice import audit
from practice.forms import GOOD_PASSWORD, our_look
from practice.inviting import TAKEN, NotOpen, whose
from practice.models import User
from practice.roles import Role
from practice.staff_guesses import INVITATIONS, address_guesses, guessing

NAME_RULE = RegexValidator(
    r"^[a-z][a-z0-9.-]{1,59}$", "Use small letters and numbers, dots or dashes, and begin with a letter: ana.ruiz"
)
NOT_OPEN = (
    "This code opens nothing. Check each letter. It works once and for 7 days; a newer one ends it. "
    "Ask an owner of the clinic for a new one."
)
TYPED_CODE = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class MemberForm(forms.Form):
    """The name on the pages, and the roles."""

    display_name = forms.CharField(
        label="Name on plans and pages", max_length=120, help_text="As patients read it: Dr. Ana Ruiz"
    )
    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[(role.value, role.value.capitalize()) for role in Role],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one role."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self)

    def clean_roles(self) -> list[Role]:
        return [Role(name) for name in self.cleaned_data["roles"]]


class InviteForm(MemberForm):
    username = forms.CharField(
        label="User name", max_length=60, validators=[NAME_RULE], help_text="They type it to sign in: ana.ruiz"
    )
    field_order = ("display_name", "username", "roles")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs |= {"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(TAKEN)
        return username


class AcceptForm(forms.Form):
    """The code of an invitation, and the password that its holder chooses."""

    code = forms.CharField(label="Code of your invitation", max_length=60)
    password = PasswordField(label="New password", autocomplete="new-password")
    again = PasswordField(label="New password again", autocomplete="new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        our_look(self)
        self.fields["code"].widget.attrs |= TYPED_CODE
        self.fields["password"].help_text = GOOD_PASSWORD

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        guesses = address_guesses(context.request, INVITATIONS)
        with guessing(context.request, *guesses, door="invitation") as guess:
            try:
                self.user = whose(code)
            except NotOpen:
                audit.record(audit.Action.SIGN_IN_FAILED, actor=None, request=context.request, detail="invitation")
            else:
                guess.was_right()
                return code
        raise ValidationError(NOT_OPEN)

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, getattr(self, "user", None))
        return password

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if "password" in self.cleaned_data and again != self.cleaned_data["password"]:
            raise ValidationError("The two passwords differ. Type the same one twice.")
        return again
