"""What is on hold at patients' homes, as staff see it. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.choosing import titles_of
from plans.models import ItemHold, Plan, PlanItem
from plans.models_decisions import ItemHoldQuerySet
from therapies.safety import notice_of


@dataclass(frozen=True)
class HeldItem:
    """A hold with the title of what it holds, in English."""

    hold: ItemHold
    title: str


@dataclass(frozen=True)
class BlockedItem:
    """What a correction for safety blocks: its title, in English, and why."""

    title: str
    text: str


def held_at_home(holds: ItemHoldQuerySet) -> ItemHoldQuerySet:
    """Of these, the open ones of the versions that patients have now, newest first, to read."""
    return holds.at_home().select_related("item__instruction_version", "screening__patient")


def with_titles(holds: Sequence[ItemHold]) -> tuple[HeldItem, ...]:
    titles = titles_of([hold.item.instruction_version for hold in holds])
    return tuple(HeldItem(hold, titles[hold.item.instruction_version_id]) for hold in holds)


def blocked_in(plan: Plan | None) -> tuple[BlockedItem, ...]:
    """Of what the patient has at home now."""
    items = PlanItem.objects.blocked().filter(version__current_of=plan, version__current_of__status=Plan.Status.ACTIVE)
    rows = list(items.annotate(why=notice_of("instruction_version")).select_related("instruction_version"))
    titles = titles_of([item.instruction_version for item in rows]) if rows else {}
    return tuple(BlockedItem(titles[item.instruction_version_id], item.why) for item in rows)
