"""The pose editor's form: a number for every joint of every panel, with its range and, outside of it, a sentence."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django import forms

from therapies.figures.eye import Eye
from therapies.figures.files import read_figure
from therapies.figures.poses import JOINT_NAMES, PoseError
from therapies.figures.skeleton import Range
from therapies.forms_marks import TOO_SHORT, Explaining, Question, RangeField, trimmed
from therapies.forms_words import SentenceField
from therapies.languages import ENGLISH, languages
from therapies.picture_choices import PictureChoice
from therapies.pictures import check_playable, panels_of
from therapies.posing import (
    BODY,
    MOST_PANELS,
    SHOWN_MARKS,
    THINGS,
    VIEW_RANGES,
    FigureChange,
    Number,
    PanelChange,
    changed,
    numbers_of,
    place_of,
    ranges_of,
    sentence_of,
    sitters_of,
    without_order,
)

LIMBS = {
    "The whole body": (BODY,),
    "Back and neck": ("lumbar", "thoracic", "neck"),
    **{
        f"{side.capitalize()} {limb}": tuple(f"{joint}.{side}" for joint in joints)
        for limb, joints in (("arm", ("girdle", "shoulder", "elbow", "wrist")), ("leg", ("hip", "knee", "ankle")))
        for side in ("left", "right")
    },
}
JOINT_WORDS = {BODY: "Body", "lumbar": "Low back", "thoracic": "Upper back", "neck": "Neck", "girdle": "shoulder blade"}
# How the field of a picture begins its name: with the picture's place.
NAME_IN_PANEL = re.compile(r"p(\d)-")


class FieldOfAPicture(forms.BoundField):
    """A field that says, where it is named on its own, which picture it is of."""

    @property
    def where(self) -> str:
        found = NAME_IN_PANEL.match(self.name)
        # The words' own label names it.
        return f"picture {int(found[1]) + 1}" if found and "-alt-" not in self.name else ""


class AngleField(RangeField):
    """How far a joint bends."""

    outside = "is outside human range"

    def __init__(self, name: str, reach: Range, **kwargs: Any) -> None:
        super().__init__(f"{name}: {reach.words}", reach, **kwargs)


@dataclass(frozen=True)
class Group:
    """The fields of one limb; open where something was changed or is wrong in it."""

    title: str
    fields: list[forms.BoundField]

    @property
    def is_open(self) -> bool:
        form = self.fields[0].form
        return form.is_bound and any(field.errors or field.name in form.changed_data for field in self.fields)


@dataclass(frozen=True)
class MarkGroup(Group):
    """`first` says whether there is the mark; the others with the answers to it that they count for."""

    first: forms.BoundField
    others: list[tuple[forms.BoundField, str]]


@dataclass(frozen=True)
class PanelFields:
    number: int
    groups: list[Group]
    marks: list[MarkGroup]
    words: list[forms.BoundField]


class PoseForm(forms.Form):
    """A figure begun from `base`. After `is_valid()`, `figure` is its data and has been drawn once."""

    figure: dict[str, Any]
    bound_field_class = FieldOfAPicture
    title = SentenceField("Title", most=80, help_text="For staff, to find it again.")
    panels = forms.TypedChoiceField(
        label="Pictures, from start to end", choices=[(n, str(n)) for n in range(1, MOST_PANELS + 1)], coerce=int
    )
    turn = RangeField(f"Seen from: {VIEW_RANGES['turn'].words}", VIEW_RANGES["turn"])
    tilt = RangeField(f"Seen from: {VIEW_RANGES['tilt'].words}", VIEW_RANGES["tilt"])
    props = forms.TypedMultipleChoiceField(
        label="Things that stay", coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    added = forms.MultipleChoiceField(
        label="Things to put there",
        choices=[(name, name) for name in THINGS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    replaces = forms.BooleanField(label="It takes the place of the figure it was begun from", required=False)

    def __init__(self, *args: Any, base: PictureChoice, **kwargs: Any) -> None:
        self.base, self.source = base, read_figure(base.data, "figure")
        super().__init__(*args, **(kwargs | {"initial": _initial(base)}))
        self.sitters = list(sitters_of(self.source))
        self.explained: list[Explaining] = []
        things = base.data.get("props", [])
        self.fields["props"].choices = [(place, each["kind"]) for place, each in enumerate(things)]  # type: ignore[attr-defined]
        self.shown = min(MOST_PANELS, self._wanted_panels())
        for panel in range(self.shown):
            self._add_panel(dict(self._panel_fields(panel)))

    def _add_panel(self, fields: dict[str, forms.Field]) -> None:
        """What the page did not have yet begins as the panel does."""
        self.fields.update(fields)
        if self.is_bound and not self.data.keys() & fields.keys():
            sent = self.data.copy()  # type: ignore[attr-defined]
            sent.update({name: field.initial for name, field in fields.items() if field.initial is not None})
            self.data = sent

    def _wanted_panels(self) -> int:
        """As many as were asked for, so that a panel that is added has its fields at once."""
        asked = str(self.data.get("panels", "")) if self.is_bound else ""
        if asked in map(str, range(1, MOST_PANELS + 1)):
            return int(asked)
        # What is no number of panels is refused next to it; nothing that was sent is lost.
        sent = [int(found[1]) + 1 for name in self.data if (found := NAME_IN_PANEL.match(name))]
        return max([len(self.source.panels), *sent])

    def _panel_fields(self, panel: int) -> Iterator[tuple[str, forms.Field]]:
        source = min(panel, len(self.source.panels) - 1)
        for (joint, way), value in numbers_of(self.source.panels[source]).items():
            field = AngleField(_joint_words(joint), ranges_of(joint)[way], initial=trimmed(value))
            yield _name(panel, (joint, way)), field
        begun = self.source.panels[source]
        # What is added has no marks: an arrow along a way would find none.
        marked = begun if panel == source else replace(begun, arrows=(), feels=())
        self.explained.append(Explaining(panel, marked, self.sitters[source]))
        yield from self.explained[panel].fields()
        for code, language in languages().items():
            yield (
                f"p{panel}-alt-{code}",
                SentenceField(
                    f"What picture {panel + 1} shows, in {language.name_in_english}",
                    required=code == ENGLISH,
                    initial=_word(self.base.words.get(code, ()), panel),
                    widget=forms.TextInput(attrs={"lang": code}),
                ),
            )

    def by_panel(self) -> list[PanelFields]:
        return [self._of_panel(panel) for panel in range(self.shown)]

    def _of_panel(self, panel: int) -> PanelFields:
        groups = [
            Group(title, [self[_name(panel, (joint, way))] for joint in joints for way in ranges_of(joint)])
            for title, joints in LIMBS.items()
        ]
        explaining = self.explained[panel]
        groups.append(Group("What it rests on", [self[name] for name in explaining.rests]))
        marks = [self._of_mark(question) for question in explaining.questions]
        return PanelFields(panel + 1, groups, marks, [self[f"p{panel}-alt-{code}"] for code in languages()])

    def _of_mark(self, question: Question) -> MarkGroup:
        opener, *others = question.asked
        fields = [(self[question.name(name)], " ".join(question.counts.get(name, ("any",)))) for name in others]
        first = self[question.name(opener)]
        return MarkGroup(question.title, [first, *(field for field, _ in fields)], first, fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "keep" not in self.data:
            self._ask_for_no_words_yet()
        for explaining in self.explained:
            explaining.check(self)
        if not self.faults():
            self._draw(cleaned)
        self._refuse_half_said(cleaned)
        return cleaned

    def faults(self) -> list[forms.BoundField]:
        """What keeps it from being drawn. Words may be missing while somebody is still drawing."""
        return [self[name] for name in self.errors if name in self.fields and "-alt-" not in name and name != "title"]

    def _ask_for_no_words_yet(self) -> None:
        for name in list(self.errors):
            if self.has_error(name, code="required"):
                del self.errors[name]

    def _draw(self, cleaned: dict[str, Any]) -> None:
        figure = changed(self.base.data, self._change(cleaned))
        error = _fault(figure)
        if error and ", order:" in str(error):
            figure = without_order(figure)
            error = _fault(figure)
        if error:
            self._refuse(error)
        else:
            self._refuse_what_is_too_short(figure)
        if not self.faults() and not self.non_field_errors():
            self.figure = figure

    def _refuse(self, error: PoseError) -> None:
        """Next to the joint or the mark that it is about; above all fields where it is about none that is shown."""
        place = place_of(error)
        name = _name(*place) if place else None
        if place and place[1][0] in SHOWN_MARKS:
            name = self.explained[place[0]].field_at_fault(str(error), self.cleaned_data)
        self.add_error(name if name in self.fields else None, sentence_of(error))

    def _refuse_what_is_too_short(self, figure: dict[str, Any]) -> None:
        sitters = sitters_of(read_figure(figure, "figure"))
        for explaining, sitter in zip(self.explained, sitters, strict=True):
            for name in explaining.too_short(self.cleaned_data, sitter):
                self.add_error(name, TOO_SHORT)

    def _change(self, cleaned: Mapping[str, Any]) -> FigureChange:
        return FigureChange(
            panels=[self._panel_change(cleaned, panel) for panel in range(self.shown)],
            turn=cleaned["turn"] or 0.0,
            tilt=cleaned["tilt"] or 0.0,
            # Each once, however often a request names it: every thing takes time to draw.
            props=tuple(dict.fromkeys(cleaned["props"])),
            added=tuple(dict.fromkeys(cleaned["added"])),
        )

    def _panel_change(self, cleaned: Mapping[str, Any], panel: int) -> PanelChange:
        names = [(joint, way) for joint in (BODY, *JOINT_NAMES) for way in ranges_of(joint)]
        typed = {name: cleaned[_name(panel, name)] for name in names}
        return PanelChange(
            numbers={name: value for name, value in typed.items() if value is not None},
            **self.explained[panel].change(cleaned, Eye(cleaned["turn"] or 0.0, cleaned["tilt"] or 0.0)),
        )

    @property
    def words(self) -> dict[str, list[str]]:
        """A sentence for each panel by language; only the languages that have one for each."""
        return {code: lines for code, lines in self._lines(self.cleaned_data).items() if all(lines)}

    def _lines(self, cleaned: Mapping[str, Any]) -> dict[str, list[str]]:
        names = {code: [f"p{panel}-alt-{code}" for panel in range(self.shown)] for code in languages()}
        return {code: [cleaned.get(name, "") for name in each] for code, each in names.items()}

    def _refuse_half_said(self, cleaned: Mapping[str, Any]) -> None:
        for code, lines in self._lines(cleaned).items():
            if code != ENGLISH and any(lines):
                for panel in (panel for panel, line in enumerate(lines) if not line):
                    self.add_error(f"p{panel}-alt-{code}", "Say it for each picture, or for none in this language.")


def _fault(figure: dict[str, Any]) -> PoseError | None:
    """Why it cannot be drawn or played."""
    try:
        panels_of(figure)
        check_playable(figure)
    except PoseError as error:
        return error
    return None


def _name(panel: int, number: Number) -> str:
    """A joint's field, or a mark's, which has no way."""
    joint, way = number
    return f"p{panel}-{joint.replace('.', '_')}" + (f"-{way}" if way else "")


def _joint_words(joint: str) -> str:
    name, _, side = joint.partition(".")
    return f"{side} {JOINT_WORDS.get(name, name)}".strip().capitalize()


def _initial(base: PictureChoice) -> dict[str, Any]:
    view, things = base.data.get("view", {}), base.data.get("props", [])
    return {
        "panels": min(MOST_PANELS, len(base.data["panel"])),
        "turn": trimmed(view.get("turn", 0)),
        "tilt": trimmed(view.get("tilt", 0)),
        "props": list(range(len(things))),
    }


def _word(lines: Any, panel: int) -> str:
    return lines[panel] if panel < len(lines) else ""
