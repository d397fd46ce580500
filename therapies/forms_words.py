"""The words of an instruction or a page as a form: what is wrong with each field stands next to it."""

from collections.abc import Callable, Iterable
from typing import Any, cast

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from therapies.catalogue_entries import InstructionWords
from therapies.catalogue_files import NEED_NOT_NOW, limit
from therapies.figures.poses import PoseError
from therapies.languages import languages
from therapies.models import InstructionText, InstructionVersion
from therapies.movement_cautions import condition_words
from therapies.pictures import DRAWN, panels_of
from therapies.plain_text import LONGEST_LINE, fault_of_plain_text, faults_of_lines

NOTE, PICTURE = "note_", "picture_"
FIGURE_WORDS = {"main": "The movement", "easier": "The easier way", "harder": "The harder way"}


def refuse(fault_of: Callable[[str], str]) -> Callable[[str], None]:
    """A validator that says what `fault_of` finds."""

    def check(text: str) -> None:
        if fault := fault_of(text):
            raise ValidationError(fault)

    return check


class SentenceField(forms.CharField):
    """One sentence of plain text."""

    def __init__(self, label: str, *, most: int = LONGEST_LINE, **kwargs: Any) -> None:
        checks = [refuse(fault_of_plain_text)]
        super().__init__(label=label, max_length=most, validators=checks, **kwargs)
        # The browser would cut a longer text off without a word.
        self.widget.attrs.pop("maxlength", None)


class LinesField(forms.CharField):
    """A list of sentences, one a line; gives a tuple of them."""

    def __init__(self, label: str, *, rows: int = 4, help_text: str = "One a line.", **kwargs: Any) -> None:
        super().__init__(label=label, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        return tuple(line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip())

    def run_validators(self, value: Any) -> None:
        if faults := list(faults_of_lines(value)):
            raise ValidationError(faults)


class SeenForm(forms.Form):
    """A part of a draft. `seen` is the hash of what the writer was shown."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        # The page's own form has the token.
        self.helper.disable_csrf = True

    def see(self, token: str) -> None:
        """The writer is shown the newest state now: what they send next is meant to stand over it."""
        typed = cast(QueryDict, self.data).copy()
        typed["seen"] = token
        self.data = typed

    def differences(self, now: dict[str, Any], typed: dict[str, Any]) -> list[dict[str, Any]]:
        """Where `now` says something else than what was `typed`, in the words of the page."""
        return [
            {"label": field.label, "now": _shown(field, now.get(name))}
            for name, field in self.fields.items()
            if _plain(now.get(name)) != _plain(typed.get(name))
        ]


class WordsForm(SeenForm):
    """The words in one language; each caution of the version and each panel of its pictures has a field."""

    title = SentenceField("Title", most=limit(InstructionText, "title"))
    why = SentenceField("Why", most=limit(InstructionText, "why"), help_text="One sentence: what it is good for.")
    steps = LinesField("Steps", rows=6, help_text="One a line. They are numbered for you.")
    feel = SentenceField("What you should feel", most=limit(InstructionText, "feel"))
    stop_if = LinesField("Stop if", required=False)
    not_now_if = LinesField("Not now if", required=False)
    easier = SentenceField("Easier", most=limit(InstructionText, "easier"), required=False)
    harder = SentenceField("Harder", most=limit(InstructionText, "harder"), required=False)

    def __init__(self, *args: Any, version: InstructionVersion, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["not_now_if"].required = version.kind in NEED_NOT_NOW
        notes = {f"{NOTE}{each['condition']}": _note(each) for each in version.cautions}
        pictures = dict(_picture_fields(version))
        self.fields.update(notes | pictures)
        for name, field in self.fields.items():
            field.widget.attrs |= {"lang": language, "dir": languages()[language].direction}
            if isinstance(field, LinesField):
                field.widget.attrs["rows"] = max(field.widget.attrs["rows"], len(self.initial.get(name, ())) + 1)
        own = [name for name in self.base_fields if name != "seen"]
        parts: list[object] = [*own]
        parts += [Fieldset("A sentence for each caution", *notes)] if notes else []
        parts += [Fieldset("What each picture shows, for people who cannot see it", *pictures)] if pictures else []
        self.helper.layout = Layout(*parts, "seen")

    @property
    def words(self) -> InstructionWords:
        cleaned = self.cleaned_data
        named = {name: cleaned[name] for name in self.base_fields if name != "seen"}
        return InstructionWords(**named, caution_notes=self._notes(), pictures=self._pictures())

    def _notes(self) -> dict[str, str]:
        return {name.removeprefix(NOTE): self.cleaned_data[name] for name in self.fields if name.startswith(NOTE)}

    def _pictures(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name in self.fields:
            if name.startswith(PICTURE):
                figure = name.removeprefix(PICTURE).rpartition("_")[0]
                found[figure] = (*found.get(figure, ()), self.cleaned_data[name])
        return found


def initial_of(words: InstructionWords) -> dict[str, Any]:
    """The words by the names of the form's fields."""
    plain = ("title", "why", "steps", "feel", "stop_if", "not_now_if", "easier", "harder")
    return {
        **{name: getattr(words, name) for name in plain},
        **{f"{NOTE}{condition}": note for condition, note in words.caution_notes.items()},
        **{
            f"{PICTURE}{name}_{number}": line
            for name, lines in words.pictures.items()
            for number, line in enumerate(lines, 1)
        },
    }


def _note(caution: dict[str, str]) -> SentenceField:
    action = "Avoid" if caution["action"] == "avoid" else "Adapt"
    return SentenceField(f"{action}: {condition_words(caution['condition'])}")


def _picture_fields(version: InstructionVersion) -> Iterable[tuple[str, SentenceField]]:
    for name in DRAWN:
        panels = _panels(version, name)
        for number in range(1, panels + 1):
            place = f", picture {number}" if panels > 1 else ""
            yield f"{PICTURE}{name}_{number}", SentenceField(f"{FIGURE_WORDS[name]}{place}")


def _panels(version: InstructionVersion, name: str) -> int:
    """None of a figure that cannot be drawn any more: publishing names it."""
    try:
        return panels_of(version.figures[name]) if name in version.figures else 0
    except PoseError:
        return 0


def _plain(value: Any) -> Any:
    """What is empty is alike, and so are lists and tuples."""
    return list(value) if isinstance(value, list | tuple) else value or ""


def _shown(field: forms.Field, value: Any) -> list[str]:
    """A value as lines to read."""
    lines = value if isinstance(value, list | tuple) else [value]
    labels = _labels(field)
    return [labels.get(line, str(line)) for line in lines if line not in (None, "")] or ["nothing"]


def _labels(field: forms.Field) -> dict[Any, str]:
    """What each choice of the field reads as, with those of its groups."""
    found: dict[Any, str] = {}
    for value, label in getattr(field, "choices", ()):
        found.update(dict(label) if isinstance(label, list | tuple) else {getattr(value, "value", value): str(label)})
    return found
