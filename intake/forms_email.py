"""Codes by e-mail: where to send one, and what came."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, Submit
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intake.email_codes import DIGITS


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("Your e-mail"),
        max_length=254,
        error_messages={"required": _("Type your e-mail."), "invalid": _("Write it like name@mail.com.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs |= {"autocomplete": "email", "spellcheck": "false"}
        _with_one_button(self, "email", _("Send me a code"))


class EmailCodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code from the mail"), max_length=40, error_messages={"required": _("Type the code from the mail.")}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}
        self.fields["code"].help_text = _("%(count)d digits. Leave out the blank if you like.") % {"count": DIGITS}
        _with_one_button(self, "code", _("Use this code"))


def _with_one_button(form: forms.Form, field: str, words: str | Promise) -> None:
    form.helper = FormHelper()  # type: ignore[attr-defined]
    form.helper.form_tag = False  # type: ignore[attr-defined]
    button = Submit("send", words, css_class="button button--primary button--large button--block")
    form.helper.layout = Layout(field, button)  # type: ignore[attr-defined]
