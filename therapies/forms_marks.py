"""The pose editor's questions about what explains a picture: its arrows, where it is felt, and what it rests on."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from therapies.figures.body import Sitter
from therapies.figures.eye import Eye
from therapies.figures.files import Panel
from therapies.figures.skeleton import Range
from therapies.posing_marks import (
    ALONG,
    AROUND,
    BETWEEN,
    LIES_ON,
    MOST_MARKS,
    NO_ARROW,
    NO_FEEL,
    PARTS,
    RESTING,
    Asked,
    Data,
    arrow_from,
    asked_of_arrow,
    asked_of_feel,
    feel_from,
    is_same,
    is_too_short,
    resting_of,
)

ARROWS = {
    BETWEEN: "From one place to another",
    ALONG: "Along the way that a part moves",
    AROUND: "Around a place",
}
ACROSS, DOWN = "cm to the right of it (minus: to the left)", "cm below it (minus: above)"
# Each number: what it is called and how far it goes.
ARROW_NUMBERS = {
    "right": (ACROSS, Range(-120, 120, "")),
    "down": (DOWN, Range(-120, 120, "")),
    "to_right": (f"end, {ACROSS}", Range(-120, 120, "")),
    "to_down": (f"end, {DOWN}", Range(-120, 120, "")),
    "bow": ("cm that it bends to the left of its way (minus: to the right)", Range(-60, 60, "")),
    "off": ("cm to the left of the way (minus: to the right)", Range(-60, 60, "")),
    "radius": ("cm around the place", Range(4, 40, "")),
}
FEEL_NUMBERS = {
    "right": (ACROSS, Range(-40, 40, "")),
    "down": (DOWN, Range(-40, 40, "")),
    "long": ("cm long", Range(4, 60, "")),
    "wide": ("cm wide", Range(4, 60, "")),
    "angle": ("degrees that it is turned; empty: as the body lies", Range(-180, 180, "")),
}
# A field and its name.
Named = tuple[str, forms.Field]
HEIGHT = Range(-10, 120, "")
NEEDS_A_PART = "Choose the part of the body."
TOO_SHORT = "The arrow is too short to be seen: let it end at least 9 cm from where it begins."


class RangeField(forms.FloatField):
    """A number within a range; what is outside is said in a sentence that names the range."""

    outside = "is too far"

    def __init__(self, label: str, reach: Range, **kwargs: Any) -> None:
        self.reach = reach
        limits = f"{reach.least:.0f} to {reach.most:.0f}"
        super().__init__(label=label, help_text=limits, required=False, **kwargs)
        self.error_messages["invalid"] = f"Write a number, {limits}."
        # The slider beside it reads these; the browser's own refusal would say less than the sentence does.
        self.widget.attrs |= {"step": "any", "data-least": f"{reach.least:.0f}", "data-most": f"{reach.most:.0f}"}

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not self.reach.least <= value <= self.reach.most:
            raise ValidationError(
                f"{value:g} {self.outside}: it goes from {self.reach.least:.0f} to {self.reach.most:.0f}."
            )


class PartField(forms.ChoiceField):
    """A part of the body, or, in the words of `none`, no part of its own."""

    def __init__(self, label: str, none: str, **kwargs: Any) -> None:
        parts = [(group, list(names.items())) for group, names in PARTS.items()]
        super().__init__(label=label, choices=[("", none), *parts], required=False, **kwargs)


@dataclass(frozen=True)
class Question:
    """An arrow or a highlight that a picture may have; `said`: the one that it has, `asked`: what is told of that.

    Its first field says whether there is one; the others, by their names, count for some answers to that, or for all.
    """

    prefix: str
    title: str
    said: Data | None
    asked: Asked
    counts: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    opener: ClassVar[str]

    def name(self, short: str) -> str:
        return f"{self.prefix}-{short}"

    def check(self, form: forms.Form) -> None:
        """Only what counts can be wrong. What counts first is the part of the body."""
        kind = form.cleaned_data.get(self.name(self.opener), "")
        for short in self.asked.keys() - {self.opener}:
            if not kind or kind not in self.counts.get(short, (kind,)):
                form.errors.pop(self.name(short), None)
        if kind and form.cleaned_data.get(self.name("at")) == "":
            form.add_error(self.name("at"), NEEDS_A_PART)

    def answers(self, cleaned: Mapping[str, Any]) -> Asked | None:
        """What is told of it now; None where there is to be none. A number that is left out stays as it was."""
        told = {short: cleaned.get(self.name(short)) for short in self.asked}
        if not told[self.opener]:
            return None
        return {short: self.asked[short] if said is None and short != "angle" else said for short, said in told.items()}

    def is_unchanged(self, told: Asked) -> bool:
        return self.said is not None and is_same(self.asked, told)


class ArrowQuestion(Question):
    opener = "kind"
    counts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **dict.fromkeys(("to", "to_right", "to_down", "bow"), (BETWEEN,)),
        "off": (ALONG,),
        "radius": (AROUND,),
    }

    def fields(self, *, has_way: bool) -> Iterator[Named]:
        """`has_way`: there is a picture before, from which something moves."""
        kinds = [(kind, said) for kind, said in ARROWS.items() if has_way or kind != ALONG]
        yield "kind", forms.ChoiceField(label=self.title, choices=[("", "No arrow"), *kinds], required=False)
        yield "at", PartField(f"{self.title}: at which part", "Choose a part")
        yield from _numbers(self.title, ARROW_NUMBERS, ("right", "down"))
        yield "to", PartField(f"{self.title}: ends at", "The same part")
        yield from _numbers(self.title, ARROW_NUMBERS, ("to_right", "to_down", "bow", "off", "radius"))

    def mark(self, cleaned: Mapping[str, Any]) -> Data | None:
        told = self.answers(cleaned)
        if told is None:
            return None
        return self.said if self.is_unchanged(told) else arrow_from(told)


class FeelQuestion(Question):
    opener = "at"

    def fields(self, *, has_way: bool) -> Iterator[Named]:
        yield "at", PartField(self.title, "No highlight")
        yield "to", PartField(f"{self.title}: as far as", "That part alone")
        yield from _numbers(self.title, FEEL_NUMBERS, FEEL_NUMBERS)
        parts = [("", "Whatever the part belongs to"), *LIES_ON.items()]
        yield "on", forms.ChoiceField(label=f"{self.title}: is seen on", choices=parts, required=False)

    def mark(self, cleaned: Mapping[str, Any], eye: Eye) -> Data | None:
        told = self.answers(cleaned)
        if told is None:
            return None
        return self.said if self.is_unchanged(told) else feel_from(told, eye)


@dataclass(frozen=True)
class Explaining:
    """All that is asked of one picture beside its joints. Of things without a body, nothing is felt."""

    number: int
    panel: Panel
    sitter: Sitter

    @cached_property
    def arrows(self) -> list[ArrowQuestion]:
        asked = [asked_of_arrow(each, self.sitter) for each in self.panel.arrows]
        return [
            ArrowQuestion(f"p{self.number}-arrow-{place}", f"Arrow {place}", *each)
            for place, each in enumerate(_slots(self.panel.arrows, asked, NO_ARROW), 1)
        ]

    @cached_property
    def feels(self) -> list[FeelQuestion]:
        asked = [asked_of_feel(each, self.sitter) for each in self.panel.feels]
        return [
            FeelQuestion(f"p{self.number}-feel-{place}", f"Highlight {place}", *each)
            for place, each in enumerate(_slots(self.panel.feels, asked, NO_FEEL), 1)
            if not self.panel.alone
        ]

    @property
    def questions(self) -> list[ArrowQuestion | FeelQuestion]:
        return [*self.arrows, *self.feels]

    @property
    def rests(self) -> tuple[str, str]:
        """The names of the fields of what it rests on."""
        return f"p{self.number}-rests", f"p{self.number}-height"

    def fields(self) -> Iterator[Named]:
        """Each with its name, and with what it begins with."""
        resting, height = resting_of(self.panel.pose.rests)
        kinds = [("", "What it rested on before"), *((name, said) for name, (said, _) in RESTING.items())]
        label = "What lies or stands on the floor, or on something higher"
        yield self.rests[0], forms.ChoiceField(label=label, choices=kinds, initial=resting, required=False)
        yield self.rests[1], RangeField("Its height above the floor, cm", HEIGHT, initial=trimmed(height))
        for question in self.questions:
            for name, field in question.fields(has_way=self.number > 0):
                said = question.asked[name]
                field.initial = trimmed(said) if isinstance(said, float) else said
                yield question.name(name), field

    def check(self, form: forms.Form) -> None:
        for question in self.questions:
            question.check(form)

    def change(self, cleaned: Mapping[str, Any], eye: Eye) -> dict[str, Any]:
        """What PanelChange is told of it: a mark without a kind or a part is none."""
        arrows = [arrow for question in self.arrows if (arrow := question.mark(cleaned))]
        feels = [feel for question in self.feels if (feel := question.mark(cleaned, eye))]
        before, was = resting_of(self.panel.pose.rests)
        resting, height = (cleaned.get(name) for name in self.rests)
        return {
            "arrows": arrows,
            "feels": None if self.panel.alone else feels,
            "rests": (resting or before, was if height is None else height),
        }

    def too_short(self, cleaned: Mapping[str, Any], sitter: Sitter) -> Iterator[str]:
        """The field of each arrow that was made to end where it begins, on this body."""
        for question in self.arrows:
            arrow = question.mark(cleaned)
            if arrow and arrow is not question.said and is_too_short(arrow, sitter):
                yield question.name("to")

    def field_at_fault(self, error: str, cleaned: Mapping[str, Any]) -> str:
        """The field of the arrow whose part the engine names, as one whose way it cannot show; empty for none."""
        ways = (each for each in self.arrows if cleaned.get(each.name(each.opener)) == ALONG)
        named = (each.name("at") for each in ways if f": {cleaned.get(each.name('at'))} " in error)
        return next(named, "")


def trimmed(value: float) -> float:
    """Without a decimal where it has none."""
    return int(value) if value == int(value) else value


def _slots(said: Sequence[Data], asked: Sequence[Asked], nothing: Asked) -> Iterator[tuple[Data | None, Asked]]:
    """The marks that there are, and room for as many as a picture may have."""
    yield from zip(said, asked, strict=True)
    for _ in range(MOST_MARKS - len(said)):
        yield None, nothing


def _numbers(title: str, numbers: Mapping[str, tuple[str, Range]], names: Iterable[str]) -> Iterator[Named]:
    for name in names:
        said, reach = numbers[name]
        yield name, RangeField(f"{title}: {said}", reach)
