"""Our own stylesheet stands in for Bootstrap, and its colors can be read in light and in dark."""

import re
from pathlib import Path

import pytest
from crispy_forms.bootstrap import AppendedText, FormActions, InlineCheckboxes, InlineRadios, PrependedText
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Button, ButtonHolder, Column, Div, Fieldset, Layout, Reset, Row, Submit
from crispy_forms.utils import render_crispy_form
from django import forms
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
CHOICES = [("yes", "Yes"), ("no", "No"), ("unknown", "Not sure")]


class EveryField(forms.Form):
    """One field of every kind that the pages use."""

    text = forms.CharField(help_text="Any name is taken as typed.")
    email = forms.EmailField()
    password = forms.CharField(widget=forms.PasswordInput)
    number = forms.IntegerField()
    degrees = forms.DecimalField()
    pounds = forms.DecimalField()
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), help_text="Month, day, year.")
    moment = forms.DateTimeField()
    time = forms.TimeField()
    address = forms.URLField(assume_scheme="https")
    note = forms.CharField(widget=forms.Textarea)
    choice = forms.ChoiceField(choices=CHOICES)
    several = forms.MultipleChoiceField(choices=CHOICES)
    radios = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect, help_text="One of three.")
    inline_radios = forms.ChoiceField(choices=CHOICES, widget=forms.RadioSelect)
    ticks = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    inline_ticks = forms.MultipleChoiceField(choices=CHOICES, widget=forms.CheckboxSelectMultiple)
    agree = forms.BooleanField(help_text="I have read each reason.")
    paper = forms.FileField()
    hidden = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> None:
        raise forms.ValidationError("The onset is before the birth date.")


def layout() -> Layout:
    plain = ["email", "password", "moment", "time", "address", "note", "choice", "several"]
    return Layout(
        Fieldset("A fieldset", "text", Row(Column("number"), Column("day", css_class="col-md-6"))),
        Div(AppendedText("degrees", "°F"), PrependedText("pounds", "lb"), css_class="field-row"),
        *plain,
        "radios",
        InlineRadios("inline_radios", wrapper_class="question"),
        "ticks",
        InlineCheckboxes("inline_ticks"),
        "agree",
        "paper",
        "hidden",
        FormActions(Submit("save", "Save"), Button("more", "More", css_class="btn-secondary")),
        ButtonHolder(Reset("reset", "Reset")),
    )


def rendered(*, horizontal: bool = False, inline_errors: bool = False) -> str:
    helper = FormHelper()
    helper.layout = layout()
    helper.error_text_inline = inline_errors
    helper.form_error_title = "Please check this form"
    helper.form_class = "form-horizontal" if horizontal else ""
    return render_crispy_form(EveryField(data={"email": "not an address"}), helper)


def classes_of(html: str) -> set[str]:
    return {name for value in re.findall(r'class="([^"]*)"', html) for name in value.split()}


def classes_with_a_style() -> set[str]:
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", (CSS / "components.css").read_text()))


@pytest.mark.parametrize("horizontal", [False, True])
@pytest.mark.parametrize("inline_errors", [False, True])
def test_every_class_that_crispy_forms_render_has_a_style(*, horizontal: bool, inline_errors: bool) -> None:
    html = rendered(horizontal=horizontal, inline_errors=inline_errors)
    # "col-md-6" is the width of one column: `.row > *` shares the row out.
    assert classes_of(html) - classes_with_a_style() - {"col-md-6"} == set()


def test_an_error_is_tied_to_its_field() -> None:
    described = re.search(r'id="id_text"[^>]*|[^>]*id="id_text"', rendered())
    assert described is not None
    assert "id_text_error" in described.group()


def tokens(*, dark: bool) -> dict[str, str]:
    """The color tokens of one scheme, dark ones laid over the light ones: "ink" -> "#1f2726"."""
    light, night = (CSS / "tokens.css").read_text().split("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night)) if dark else found


def luminance(color: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio, 1 to 21 (WCAG 2.2, 1.4.3)."""
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


GROUNDS = ("paper", "surface", "sunken")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", "accent", "accent-deep", "bad") for ground in GROUNDS),
    *((kind, f"{kind}-tint") for kind in ("good", "warn", "bad", "accent")),
    *(("ink", f"{kind}-tint") for kind in ("good", "warn", "bad", "accent")),
    *(("accent", f"{kind}-tint") for kind in ("good", "warn")),
    *(("muted", "accent-tint"), ("accent-deep", "accent-tint"), ("good", "surface"), ("good", "paper")),
    *(("on-accent", "accent"), ("on-accent", "accent-deep"), ("on-bad", "bad")),
]
SHAPE_PAIRS = [(shape, ground) for shape in ("control", "focus") for ground in GROUNDS]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("ink", "ground"), TEXT_PAIRS)
def test_text_has_a_contrast_of_at_least_4_5(ink: str, ground: str, *, dark: bool) -> None:
    colors = tokens(dark=dark)
    assert contrast(colors[ink], colors[ground]) >= 4.5


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_and_focus_have_a_contrast_of_at_least_3(shape: str, ground: str, *, dark: bool) -> None:
    colors = tokens(dark=dark)
    assert contrast(colors[shape], colors[ground]) >= 3


def test_every_token_that_is_used_is_defined() -> None:
    sheets = "".join(path.read_text() for path in CSS.glob("*.css"))
    assert set(re.findall(r"var\(--([\w-]+)", sheets)) <= set(re.findall(r"--([\w-]+):", sheets))


@pytest.mark.parametrize("name", ["components.css", "print.css", "desk.css"])
def test_no_file_but_the_tokens_sets_a_color_of_its_own(name: str) -> None:
    sheet = (CSS / name).read_text()
    colors = re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", sheet)
    assert name == "print.css" or colors == []
