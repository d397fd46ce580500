"""What is on hold at patients' homes, as staff see it. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.choosing import titles_of
from plans.models import ItemHold
from plans.models_decisions import ItemHoldQuerySet


@dataclass(frozen=True)
class HeldItem:
    """A hold with the title of what it holds, in English."""

    hold: ItemHold
    title: str


def held_at_home(holds: ItemHoldQuerySet) -> ItemHoldQuerySet:
    """Of these, the open ones of the versions that patients have now, newest first, to read."""
    return holds.at_home().select_related("item__instruction_version", "screening__patient")


def with_titles(holds: Sequence[ItemHold]) -> tuple[HeldItem, ...]:
    titles = titles_of([hold.item.instruction_version for hold in holds])
    return tuple(HeldItem(hold, titles[hold.item.instruction_version_id]) for hold in holds)
