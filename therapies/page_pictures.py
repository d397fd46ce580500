"""The pictures that explain a therapy on its education page, for the few that have some."""

from dataclasses import dataclass

from therapies.body_maps import Patterns, pattern_maps
from therapies.care_pictures import PLACES, Care, care_of
from therapies.models import Therapy, TherapyPage
from therapies.pictures import Use

NO_CARE = Care()


@dataclass(frozen=True)
class PagePictures:
    """`patterns` belongs to what the therapy is, `care` to what to expect of it."""

    patterns: Patterns | None = None
    care: Care = NO_CARE


def pictures_of_page(page: TherapyPage, *, use: Use) -> PagePictures:
    """With words in the language that is spoken."""
    kind = page.therapy.kind
    if kind == Therapy.Kind.TRIGGER_POINT:
        return PagePictures(patterns=pattern_maps(paper=use is Use.PAPER))
    return PagePictures(care=care_of(kind, f"{kind}-pack", PLACES, language=page.language, title=page.title, use=use))
