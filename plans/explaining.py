"""Pictures that explain, with how to read them: for a sheet and for an education page on paper."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from plans.sheet import SheetPicture, SheetPictures
from plans.sheet_filling import sheet_pictures
from therapies.body_maps import Patterns
from therapies.care_pictures import Care


def explained_care(care: Care, *, language: str = "") -> Iterator[SheetPictures]:
    """What goes with ice and heat: where the pack may lie, the skin afterwards, and what is not allowed."""
    said = _("A check mark is fine. A cross means: stop, and call us.")
    for title, pictures, how in (
        (_("Where it goes"), care.where, ""),
        (_("Your skin after"), care.skin, said),
        (_("Not like this"), care.wrong, ""),
    ):
        if pictures:
            yield SheetPictures(title, sheet_pictures(pictures), how, language)


def explained_patterns(patterns: Patterns) -> SheetPictures:
    """Where the pain of a sore spot may spread."""
    figures = tuple(SheetPicture(each.svg, " ".join(each.words), each.ratio) for each in patterns.shown)
    return SheetPictures(patterns.title, figures, patterns.how, source=patterns.source)
