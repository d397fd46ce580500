"""What is on hold at patients' homes, as staff see it. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass

from plans.choosing import titles_of
from plans.models import ItemHold
from plans.models_decisions import ItemHoldQuerySet


@dataclass(frozen=True)
class HeldItem:
    """A hold with the title of what it holds, in English."""

    hold: ItemHold
    title: str


def held_items(holds: ItemHoldQuerySet, *, most: int) -> tuple[HeldItem, ...]:
    """Of these, the open ones of the versions that patients have now, newest first. Two queries."""
    found = list(holds.at_home().select_related("item__instruction_version", "screening__patient")[:most])
    return tuple(_with_titles(found))


def _with_titles(holds: list[ItemHold]) -> Iterable[HeldItem]:
    titles = titles_of([hold.item.instruction_version for hold in holds])
    return (HeldItem(hold, titles[hold.item.instruction_version_id]) for hold in holds)
