"""What is held against the oracle after each step of the machine: versions, openings, decisions, what is at home."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import product
from typing import Any, Protocol

from clinic_site.tests.blocking_oracle import OF_ANSWERS, OVERRIDABLE, Asked, modality_of, verdict
from intake.models import RedFlagClosing
from plans.models import (
    Acknowledgement,
    HoldRelease,
    Override,
    PhaseOpening,
    Plan,
    PlanItem,
    PlanResumption,
    PlanVersion,
    ReviewClearance,
)
from practice.models import User

DECISIONS: tuple[Any, ...] = (
    Acknowledgement,
    HoldRelease,
    Override,
    PlanResumption,
    RedFlagClosing,
    ReviewClearance,
)
FIRST_DAY = date(2026, 11, 2)
OF_THE_LEVEL = {"3.4", "S-R"}


class Case(Protocol):
    """What is known of the clinic from what was pressed, not from its database."""

    asked: Asked | None
    today: int
    limit: int
    begun: bool
    switch_on: bool
    kept: set[str]
    open_signs: set[str]
    slugs: dict[str, str]
    user: User

    def clinicians(self) -> set[User]: ...


@dataclass
class Judge:
    case: Case
    # The answers and the day that each issued version stood on.
    issued: dict[object, tuple[Asked, int]] = field(default_factory=dict)
    opened: set[object] = field(default_factory=set)
    decided: set[tuple[object, object]] = field(default_factory=set)

    def thing(self, item: PlanItem) -> str:
        names = {slug: thing for thing, slug in self.case.slugs.items()}
        return names[item.instruction_version.instruction_id]

    # --- issuing ---

    def new_versions(self) -> None:
        for version in PlanVersion.objects.issued().exclude(pk__in=self.issued):
            asked = self.case.asked
            assert asked
            self.issued[version.pk] = (asked, self.case.today)
            self._version(version, asked)

    def _version(self, version: PlanVersion, asked: Asked) -> None:
        assert version.issued_by in self.case.clinicians()
        assert not self.case.begun
        assert not self.case.open_signs
        assert self.case.today - asked.on_day <= self.case.limit
        assert not asked.unanswered
        assert asked.level in ("none", "review")
        if asked.level == "review":
            assert ReviewClearance.objects.filter(screening=version.screening).exists()
        items = list(version.items.all())
        assert items
        for item in items:
            (self._gated_item if item.gated else self._item)(item, version, asked)
        assert not list(self._clashing([item for item in items if not item.gated], asked))

    def _item(self, item: PlanItem, version: PlanVersion, asked: Asked) -> None:
        thing = self.thing(item)
        of_it = {"modality": modality_of(thing), "screening": version.screening}
        overridden = {row.rule for row in version.overrides.filter(**of_it)}
        assert overridden <= OVERRIDABLE
        left = verdict(thing, asked, self.case.today).left(overridden)
        assert left.bars == set()
        assert left.cautions <= {row.rule for row in version.acknowledgements.filter(**of_it)}
        now = self._severity(thing, asked, self.case.today)
        for day in range(max(self._day(item.from_date), self.case.today), self._day(item.until_date) + 1):
            assert self._severity(thing, asked, day) <= now

    @staticmethod
    def _severity(thing: str, asked: Asked, day: int) -> int:
        """0, 1 or 2: how strict the thing's own rules are on this day, without what a review brings to all of them."""
        judged = verdict(thing, asked, day)
        return 2 if judged.bars else int(bool(judged.cautions - OF_THE_LEVEL))

    def _gated_item(self, item: PlanItem, version: PlanVersion, asked: Asked) -> None:
        assert self._day(item.from_date) > self.case.today
        assert "movement" not in verdict(self.thing(item), asked, self.case.today).bars

    def _clashing(self, items: Iterable[PlanItem], asked: Asked) -> Iterator[int]:
        """The days to come on which ice and heat are both there, though not each of them is at caution (B03, B04)."""
        for ice, heat in self._pairs(items):
            for day in self._shared_days(ice, heat):
                if not all(verdict(kind, asked, day).is_at_caution for kind in ("ice", "heat")):
                    yield day

    # --- opening ---

    def new_openings(self) -> None:
        self.new_versions()
        for opening in PhaseOpening.objects.exclude(pk__in=self.opened).select_related("item__version", "by"):
            self.opened.add(opening.pk)
            self._opening(opening)

    def _opening(self, opening: PhaseOpening) -> None:
        item, asked, today = opening.item, self.case.asked, self.case.today
        assert asked
        assert asked is not self.issued[item.version_id][0]
        assert not asked.unanswered
        assert asked.level == "none"
        assert not self.case.open_signs
        assert verdict(self.thing(item), asked, today).is_suitable
        assert item.gated
        assert self._day(item.from_date) <= today <= self._day(item.until_date)
        assert opening.by in self.case.clinicians() or self.case.switch_on

    # --- deciding ---

    def new_decisions(self) -> None:
        for model in DECISIONS:
            for row in model.objects.select_related("by"):
                if (model, row.pk) not in self.decided:
                    self.decided.add((model, row.pk))
                    assert row.by in self.case.clinicians()

    # --- at home ---

    def what_is_at_home(self) -> None:
        self.new_versions()
        for plan in Plan.objects.running().select_related("current"):
            assert plan.current
            items = list(plan.current.items.opened().not_held().select_related("instruction_version"))
            doing = [item for item in items if self._day(item.until_date) >= self.case.today]
            for item in doing:
                self._doing(item)
            self._apart(plan.current, doing)

    def _doing(self, item: PlanItem) -> None:
        """What newer answers bar is on hold, from the first of them on."""
        asked = self.case.asked
        assert asked
        said = Asked(asked.yes | self.case.kept, asked.unsure - self.case.kept, asked.began, asked.on_day)
        assert not verdict(self.thing(item), said, said.on_day).bars & OF_ANSWERS

    def _apart(self, version: PlanVersion, doing: list[PlanItem]) -> None:
        """Never ice and heat on one day, but those that a clinician gave out together, both at caution."""
        asked, _ = self.issued[version.pk]
        for ice, heat in self._pairs(doing):
            days = list(self._shared_days(ice, heat))
            assert not (days and (ice.gated or heat.gated))
            assert all(verdict(kind, asked, day).is_at_caution for kind in ("ice", "heat") for day in days)

    # --- days ---

    def _pairs(self, items: Iterable[PlanItem]) -> Iterator[tuple[PlanItem, PlanItem]]:
        both = list(items)
        for one, other in product(both, both):
            if (self.thing(one), self.thing(other)) == ("ice", "heat"):
                yield one, other

    def _shared_days(self, one: PlanItem, other: PlanItem) -> Iterator[int]:
        first = max(self._day(one.from_date), self._day(other.from_date), self.case.today)
        yield from range(first, min(self._day(one.until_date), self._day(other.until_date)) + 1)

    def _day(self, day: date) -> int:
        return (day - FIRST_DAY).days
