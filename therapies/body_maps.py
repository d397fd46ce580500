"""What the map of the body shows, in the language that is spoken: where a pack goes, and where pain may spread."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from therapies.care_pictures import PLACES
from therapies.figures.bodymap import BACK, body_map, body_map_svg
from therapies.regions import Region

LEFT = "left"


@dataclass(frozen=True)
class ShownOnMap:
    """A picture of the back, the same in words, and its height as a share of its width."""

    svg: str
    words: tuple[str, ...]
    ratio: float


@dataclass(frozen=True)
class Pattern:
    """A sore spot, where its pain may spread to, and both in words."""

    spot: Region
    spreads: tuple[str, ...]
    words: Promise


# Where the spots are: facts.md section 1, beside the spine and out by the hip crest [SEED-F]. That a spot sends its
# pain elsewhere: section 7 [SEED-A]. Where to: the hip or the buttock, as the therapy's own page says, nowhere else.
PATTERNS = (
    Pattern(
        Region.LOW_BACK,
        (Region.BUTTOCK,),
        gettext_lazy("A spot low down, beside the spine. Its pain may spread to the buttock."),
    ),
    Pattern(
        Region.HIP_CREST,
        ("hip_side", Region.BUTTOCK),
        gettext_lazy("A spot at the side, by the hip crest. Its pain may spread to the hip or the buttock."),
    ),
)


def pack_map(sore: Iterable[str], regions: Sequence[str], *, side: str) -> ShownOnMap | None:
    """Where a pack goes: what is sore, as far as the instruction is for it. None where that is no place on the back."""
    places = [Region(each) for each in sore if each in regions or each in PLACES]
    words = tuple(capfirst(str(place.label)) for place in places)
    if side in SIDE_WORDS and words:
        words += (str(SIDE_WORDS[side]),)
    view = _("Your back, from behind.")
    described = f"{view} {'. '.join(words)}."
    svg = body_map_svg(places, title=_("Where it goes"), description=described, ids="map", side=side)
    return ShownOnMap(svg, words, body_map(BACK).ratio) if svg else None


SIDE_WORDS = {"left": gettext_lazy("On your left side"), "right": gettext_lazy("On your right side")}


@dataclass(frozen=True)
class Patterns:
    """The common patterns of trigger points in the low back, each on a back of its own, and how to read them."""

    title: str
    how: str
    shown: tuple[ShownOnMap, ...]
    source: str


def pattern_maps(*, paper: bool = False) -> Patterns:
    """In the language that is spoken. `paper`: with colors of their own."""
    return Patterns(
        title=_("Two common patterns in the low back"),
        how=_(
            "The cross is the sore spot. The colored part is where its pain may spread. It is drawn on the left, but it"
            " can be on either side. Your pain may spread in another way."
        ),
        shown=tuple(_pattern_map(place, pattern, paper=paper) for place, pattern in enumerate(PATTERNS, 1)),
        source=_(
            "From our own article about back spasms, and from one person who wrote online where his spots were. Both"
            " are in the list below."
        ),
    )


def _pattern_map(place: int, pattern: Pattern, *, paper: bool) -> ShownOnMap:
    back, words = body_map(BACK, paper=paper), str(pattern.words)
    marks = "".join(back.area(name, LEFT) for name in pattern.spreads) + back.cross(pattern.spot, LEFT)
    title = _("Pattern %(number)s") % {"number": place}
    svg = back.pointing(marks, title=title, description=words, ids=f"pattern-{place}")
    return ShownOnMap(svg, (words,), back.ratio)
