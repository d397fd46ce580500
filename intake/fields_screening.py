"""The screening's fields and how each is drawn; what stands in which card is questions.py's business."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout
from django import forms
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intake.asking import UNKNOWN, Group, Own, Question
from intake.models import Complaint
from intake.movements import MOVEMENT_CHOICES
from therapies.figures.bodymap import BACK, FRONT, body_map
from therapies.reading_language import day_in_words
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
NEEDED = _("Please answer. “Not sure” is an answer.")
NEEDED_TICKS = _("Choose what fits. “Not sure” is an answer.")
REST_IS_NO = HTML('{% include "intake/rest_is_no.html" %}')
TICKED, ASKED = "intake/field_choices.html", "intake/field_question.html"
DRAWN_AS = {"regions": TICKED, "movements": TICKED, "side": ASKED}


class OneAnswer(forms.ChoiceField):
    """One of a few large buttons. Whether it must be answered depends on other answers: the form says so."""

    def __init__(self, question: Question) -> None:
        super().__init__(
            label=question_words(question),
            help_text=gettext(question.help) if question.help else "",
            choices=_choices_of(question),
            widget=forms.RadioSelect,
            required=False,
        )
        self.question = question


class SeveralAnswers(forms.MultipleChoiceField):
    def __init__(self, question: Question) -> None:
        super().__init__(
            label=question_words(question),
            help_text=gettext(question.help) if question.help else "",
            choices=_choices_of(question),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.question = question


def question_words(question: Question) -> str:
    """What is asked, in the language that is spoken; of the questions about changes, with the day they ask about."""
    words = gettext(question.text)
    return words % {"day": day_in_words(question.since, "day")} if question.since else words


def _choices_of(question: Question) -> list[tuple[str, str]]:
    return [(value, gettext(label)) for value, label in question.choices]


def field_for(question: Question) -> forms.Field:
    return SeveralAnswers(question) if question.many else OneAnswer(question)


class Places(forms.MultipleChoiceField):
    """Places on the body, to tick in a list or on two pictures of the body."""

    @property
    def maps(self) -> tuple[str, ...]:
        """The body from the back and the front; a script makes its places choose what the list chooses."""
        words = {place.value: str(place.label) for place in SORE_PLACES}
        return tuple(
            mark_safe(body_map(view).svg(words, title=title, ids=f"map-{view}", to_choose=True))
            for view, title in ((BACK, gettext("Your back")), (FRONT, gettext("Your front")))
        )


def regions_field() -> forms.MultipleChoiceField:
    return Places(
        label=_("Where does it hurt?"),
        choices=[(region.value, region.label) for region in SORE_PLACES],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one place.")},
    )


def movements_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=_("What makes it hurt more?"),
        choices=MOVEMENT_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": NEEDED_TICKS},
    )


def _sides() -> list[tuple[str, str]]:
    sides = [(value, str(label).capitalize()) for value, label in Complaint.Side.choices]
    return [*sides, (UNKNOWN, gettext("Not sure"))]


def side_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("On which side?"),
        choices=_sides,
        widget=forms.RadioSelect,
        error_messages={"required": NEEDED},
    )


def layout_of(groups: tuple[Group, ...], kept: frozenset[str], *, asks_why: bool = False) -> FormHelper:
    """The cards of these groups, with the fields that are `kept`."""
    helper = FormHelper()
    helper.form_tag = False
    cards = [_card(group, kept) for group in groups]
    helper.layout = Layout(*([_why()] if asks_why else []), *(card for card in cards if card is not None))
    return helper


def _why() -> Fieldset:
    return Fieldset("After an examination", Field("reason"), css_id="group-why", css_class="card")


def _card(group: Group, kept: frozenset[str]) -> Fieldset | None:
    rows = [_row(part, kept) for part in group.parts if kept.intersection(part.names)]
    if not rows:
        return None
    return Fieldset(
        gettext(group.title),
        *([HTML(f'<p class="muted">{gettext(group.intro)}</p>')] if group.intro else []),
        *rows,
        _keep_so_far(group) if group.red_flags else REST_IS_NO,
        css_id=f"group-{group.slug}",
        css_class="card",
    )


def _keep_so_far(group: Group) -> HTML:
    """Without a script nothing is kept before a press: a red flag must not wait for the page's end."""
    return HTML(f'{{% include "intake/keep_so_far.html" with after="{group.slug}" %}}')


def _row(part: Question | Own, kept: frozenset[str]) -> Field | Div:
    if isinstance(part, Question):
        return Field(part.name, template=TICKED if part.many else ASKED)
    [name, *others] = part.names
    if not others and name in DRAWN_AS:
        return Field(name, template=DRAWN_AS[name])
    hangs_on = {"data_only_if": part.only_if.followed} if part.only_if else {}
    return Div(*(each for each in part.names if each in kept), css_class="field-row", **hangs_on)
