"""The sign-in form of the staff."""

from typing import Any

from crispy_forms.helper import FormHelper
from django.contrib.auth.forms import AuthenticationForm

WRONG = (
    "That user name and password do not go together. Check both, and whether Caps Lock is on. "
    "If it still fails, ask the person who runs the clinic's accounts."
)


class SignInForm(AuthenticationForm):
    """User name and password. It never says which of the two was wrong."""

    error_messages = {"invalid_login": WRONG, "inactive": WRONG}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name"
        self.helper = FormHelper()
        self.helper.form_tag = False
