"""The figures that there are to begin from, and keep_figure(): one that somebody drew becomes a row of its own."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from practice import audit
from practice.models import User
from therapies.figures.files import stances
from therapies.languages import ENGLISH
from therapies.models import ClinicFigure, InstructionVersion
from therapies.picture_choices import PictureChoice, of_version
from therapies.pictures import MAIN, Use, faults_of, pictures_of

# What a key begins with; others name an instruction.
CLINIC, STANCE = "clinic", "stance"
ON_A_CHAIR = "sitting"
# Bytes of one picture, on the screen and on paper: a plan has six of them.
LARGEST = 6 * 1024

Data = Mapping[str, Any]


class FigureError(Exception):
    """The figure cannot be kept; the message is a sentence for whoever drew it."""


def figure_to_begin_from(key: str) -> PictureChoice:
    """A stance, a figure of the clinic's own, or one of a published instruction. Raises KeyError for any other key."""
    start, _, rest = key.partition(":")
    if start == STANCE and rest in stances():
        ground = {"kind": "chair" if rest == ON_A_CHAIR else "mat"}
        return PictureChoice(key, _title(rest), {"props": [ground], "panel": [{"stance": rest}]}, {})
    found = _of_the_clinic(rest) if start == CLINIC else _of_an_instruction(start)
    return {choice.key: choice for choice in found if choice.is_drawn}[key]


def _of_the_clinic(said: str) -> Iterator[PictureChoice]:
    with suppress(ValidationError):
        for drawn in ClinicFigure.objects.filter(pk=said):
            yield PictureChoice(f"{CLINIC}:{drawn.pk}", drawn.title, drawn.data, drawn.words)


def _of_an_instruction(slug: str) -> Iterator[PictureChoice]:
    for version in InstructionVersion.objects.published().filter(instruction=slug).prefetch_related("texts"):
        yield from of_version(version)


def beginnings() -> list[tuple[str, str]]:
    """The stances, by their keys."""
    return [(f"{STANCE}:{name}", _title(name)) for name in stances()]


def fault_of_figure(data: Data, words: Mapping[str, list[str]]) -> str:
    """Why this cannot be kept, as a sentence; empty when it can."""
    for said in words.values():
        if fault := next(faults_of({MAIN: data}, {MAIN: said}), ""):
            return fault
    pictures = [pictures_of({MAIN: data}, {MAIN: words[ENGLISH]}, title="", use=use) for use in (Use.PAGE, Use.PAPER)]
    largest = max(len(picture.svg.encode()) for picture in itertools.chain(*pictures))
    if largest > LARGEST:
        return f"A picture of it takes {largest / 1024:.1f} kB, and 6 is the most: leave a thing or an arrow out."
    return ""


@transaction.atomic
def keep_figure(
    data: Data, *, title: str, words: Mapping[str, list[str]], made_from: str, replaces: UUID | None = None, by: User
) -> ClinicFigure:
    """Store the figure as a new row. Raises FigureError for what cannot be drawn and for what was replaced before."""
    if fault := fault_of_figure(data, words):
        raise FigureError(fault)
    earlier = ClinicFigure.objects.select_for_update().filter(pk=replaces).first() if replaces else None
    if earlier and not ClinicFigure.objects.standing().filter(pk=earlier.pk).exists():
        raise FigureError("Somebody drew this figure anew meanwhile. Keep yours beside it, or begin from theirs.")
    figure = ClinicFigure.objects.create(
        title=title, data=data, words=dict(words), made_from=made_from, replaces=earlier, by=by
    )
    audit.record(audit.Action.CHANGED, actor=by, about=figure, detail="drew a figure for the library")
    return figure


def _title(name: str) -> str:
    return name.replace("-", " ").capitalize()
