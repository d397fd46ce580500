"""A page that somebody else overtook: what its own person changed stays typed, the rest is shown as it is stored.

Each field of the builder also posts the value that it was drawn with (Django's hidden initial), and each item its
title, so that a page can be understood even when its items, or its whole draft, are gone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.http import QueryDict

from plans.forms import SHORT_NAMES

LABELS = {
    **SHORT_NAMES,
    "each_side": "Each side",
    "from_date": "From",
    "until_date": "Until",
    "gated": "Approve in advance",
    "note": "Note",
}
TITLE = re.compile(r"([0-9a-f-]{36})-title")
LONGEST_TITLE = 200
WORDS = {"": "nothing", "True": "yes", "False": "no", "on": "yes"}


@dataclass(frozen=True)
class Typed:
    """One field of a page as it was sent: its label, what was typed, and whether that is a change."""

    label: str
    value: str
    changed: bool


@dataclass(frozen=True)
class LostItem:
    """An item that a page held and that its draft has no more."""

    title: str
    typed: tuple[Typed, ...]

    @property
    def changed(self) -> tuple[Typed, ...]:
        return tuple(each for each in self.typed if each.changed)


def post_what_was_drawn(form: BaseForm) -> None:
    """Let each field send the value that it was drawn with beside what is typed."""
    for field in form.fields.values():
        field.show_hidden_initial = True


def take_stored(form: BaseForm, data: QueryDict) -> Iterator[tuple[str, str]]:
    """Put the stored value into `data` wherever this person changed nothing, and as the value now drawn.

    `form` is bound to the data as it was posted, and `data` is a copy that may be changed. Answers the fields that
    somebody else changed to another value as well: each field's name with the value that is stored now.
    """
    for field in form:
        stored, drawn = _posted(field, field.initial), data.get(field.html_initial_name)
        if not was_changed(field):
            data[field.html_name] = stored
        elif drawn is not None and _differ(field, stored, drawn) and _differ(field, stored, field.data):
            yield field.name, stored
        data[field.html_initial_name] = stored


def was_changed(field: BoundField) -> bool:
    """Whether the person changed this field; a page that does not say what it was drawn with counts as changed."""
    drawn = field.form.data.get(field.html_initial_name)
    return drawn is None or _differ(field, drawn, field.data)


def loses_something(forms: Iterable[BaseForm]) -> bool:
    """Whether anything was changed in these bound forms that is not stored."""
    return any(
        was_changed(field) and _differ(field, _posted(field, field.initial), field.data)
        for form in forms
        for field in form
    )


def both_changed(field: BoundField, stored: str, by: object | None) -> str:
    """The sentence beside a field that two people changed."""
    who = f" ({by})" if by else ""
    return f"Now {in_words(stored)}{who}. You typed {in_words(str(field.data or ''))}."


def in_words(value: str) -> str:
    """A number or a date as it is, a text in quotes, and a word for nothing and for a tick."""
    value = value.replace("\r\n", "\n").strip()
    if value in WORDS:
        return WORDS[value]
    return value if re.fullmatch(r"[\d/]+", value) else f"“{value}”"


def lost_items(data: QueryDict, still_there: Iterable[object] = ()) -> list[LostItem]:
    """The items that the page held and that are not among these ids, as they were sent."""
    there = {str(pk) for pk in still_there}
    names = [match[1] for name in data if (match := TITLE.fullmatch(name)) and match[1] not in there]
    return [LostItem(data.get(f"{name}-title", "")[:LONGEST_TITLE], _typed(data, f"{name}-")) for name in names]


def typed_note(data: QueryDict) -> Typed | None:
    """The note to the patient as it was sent; None when the page sent none."""
    return next((each for each in _typed(data, "") if each.label == LABELS["note"]), None)


def _typed(data: QueryDict, prefix: str) -> tuple[Typed, ...]:
    """What was sent under this prefix; what is empty, and was so before, is left out."""
    found = []
    for name, label in LABELS.items():
        drawn, value = data.get(f"initial-{prefix}{name}", ""), data.get(f"{prefix}{name}", "")
        # A box that is not ticked sends nothing at all, and was drawn as False.
        words, before = in_words(value or ("False" if drawn in ("True", "False") else "")), in_words(drawn)
        if value or words != before:
            found.append(Typed(label, words, changed=words != before))
    return tuple(found)


def _posted(field: BoundField, value: Any) -> str:
    """A stored value as the page would send it back untouched."""
    shown = field.field.prepare_value(value)
    return "" if shown is None else str(shown)


def _differ(field: BoundField, one: Any, other: Any) -> bool:
    return bool(_value(field, one) != _value(field, other))


def _value(field: BoundField, raw: Any) -> Any:
    """The value that was meant (07 is 7), or the text itself when it means none."""
    text = raw.replace("\r\n", "\n") if isinstance(raw, str) else raw
    try:
        value = field.field.to_python(text)
    except ValidationError:
        return text
    return "" if value is None else value
