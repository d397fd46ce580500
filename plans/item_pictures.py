"""The pictures of one item of a plan: with the pack where it hurts, on the side that is asked for, and what goes with
ice and heat."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from intake.models import Screening
from plans.models import PlanItem
from therapies.body_maps import ShownOnMap, pack_map
from therapies.care_pictures import Care, care_of, laid_where_it_hurts, place_of
from therapies.figures.sides import OTHER, side_of
from therapies.figures.skeleton import SIDES
from therapies.models import InstructionText
from therapies.pictures import MAIN, Data, Picture, Use, mirrored, moves, pictures_of
from therapies.side_words import side_words

EASIER = "easier"
# What is laid on the body or flows over it.
GOES_SOMEWHERE = ("ice", "heat")


@dataclass(frozen=True)
class ItemPictures:
    """`screening`: the answers that the plan was issued on, which say where it hurts. `side`: the one to show of a
    movement that is done on either; the one that was drawn, where it is empty."""

    item: PlanItem
    words: InstructionText
    screening: Screening | None
    side: str = ""

    def of(self, name: str, use: Use = Use.PAGE) -> tuple[Picture, ...]:
        """The panels of one of its figures, if it has that one, with ids that no other item of the page has."""
        if name not in self._figures or name not in self.words.pictures:
            return ()
        figure, said = self._laid(name)
        return pictures_of(
            {name: mirrored(figure) if self.is_mirrored(name) else figure},
            {name: said},
            name=name,
            title=self.words.title,
            ids=f"f{self.item.position}{name[0]}",
            use=use,
            minutes=self.item.minutes,
        )

    @property
    def small(self) -> tuple[Picture, ...]:
        """For the plan's page, which has many of them."""
        return self.of(MAIN, Use.SMALL)

    @property
    def main(self) -> tuple[Picture, ...]:
        return self.of(MAIN)

    @property
    def easier(self) -> tuple[Picture, ...]:
        return self.of(EASIER)

    @property
    def main_moves(self) -> bool:
        return moves(self._figures.get(MAIN, {}))

    @property
    def easier_moves(self) -> bool:
        return moves(self._figures.get(EASIER, {}))

    @property
    def main_is_mirrored(self) -> bool:
        return self.is_mirrored(MAIN)

    @property
    def easier_is_mirrored(self) -> bool:
        return self.is_mirrored(EASIER)

    def is_mirrored(self, name: str) -> bool:
        """Whether the side to show is not the one that was drawn."""
        drawn = side_of(self._drawn(name))
        return bool(self.item.each_side and drawn and self.side in SIDES and self.side != drawn)

    @property
    def shown_side(self) -> str:
        """The side that the main pictures show, in words; empty where they are not for one side."""
        drawn = self._drawn(MAIN) if self.item.each_side else ""
        return side_words(OTHER[drawn] if self.is_mirrored(MAIN) else drawn) if drawn else ""

    @property
    def sides(self) -> str:
        """Left and right by name, and which of them is drawn; empty where the item is not done on each side."""
        if not self.item.each_side:
            return ""
        both, shown = _("Left and right."), self.shown_side
        return " ".join((both, _("Shown: %(side)s.") % {"side": shown})) if shown else both

    @property
    def other_side(self) -> str:
        """The other one, in words."""
        drawn = self._drawn(MAIN)
        return side_words(drawn if self.is_mirrored(MAIN) else OTHER[drawn]) if self.shown_side else ""

    @property
    def other(self) -> str:
        """The other one, left or right."""
        drawn = self._drawn(MAIN)
        return side_of(drawn if self.is_mirrored(MAIN) else OTHER[drawn]) if self.shown_side else ""

    @cached_property
    def care(self) -> Care:
        """What goes with ice and heat: the pack where it hurts, but where the main pictures show that already."""
        shown = place_of(self._slug, self._figures.get(MAIN, {}), self._sore)
        places = [each for each in self._sore if each != shown]
        return care_of(
            self._kind,
            self._slug,
            places,
            language=self.words.language,
            title=self.words.title,
            side=self._sore_side,
            minutes=self.item.minutes,
        )

    @cached_property
    def where(self) -> ShownOnMap | None:
        """Where it goes, on the map of the body."""
        if self._kind not in GOES_SOMEWHERE:
            return None
        return pack_map(self._sore, self.item.instruction_version.regions, side=self._sore_side)

    def _laid(self, name: str) -> tuple[Data, Sequence[str]]:
        figure, said = self._figures[name], self.words.pictures[name]
        if name != MAIN:
            return figure, said
        language = self.words.language
        return laid_where_it_hurts(self._slug, figure, said, self._sore, side=self._sore_side, language=language)

    def _drawn(self, name: str) -> str:
        return str(self._figures.get(name, {}).get("drawn", ""))

    @property
    def _figures(self) -> dict[str, Data]:
        figures: dict[str, Data] = self.item.instruction_version.figures
        return figures

    @property
    def _slug(self) -> str:
        return self.item.instruction_version.instruction_id

    @property
    def _kind(self) -> str:
        return self.item.instruction_version.kind

    @property
    def _sore(self) -> Sequence[str]:
        return self.screening.regions if self.screening else ()

    @property
    def _sore_side(self) -> str:
        return self.screening.side if self.screening else ""
