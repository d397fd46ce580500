"""Problem: one thing that keeps a draft from being issued."""

from dataclasses import dataclass

from plans.models import PlanItem


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a draft from being issued; `item` is None when it is about the whole plan."""

    rule: str
    text: str
    item: PlanItem | None = None

    @property
    def title(self) -> str:
        """The item's slug in words, for a list; the builder's own list has the real title beside it."""
        return self.item.instruction_version.instruction_id.replace("-", " ").capitalize() if self.item else ""
