"""What the pages show of standing orders: what can be signed, which uses wait, and since when. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from plans.choosing import titles_of
from plans.giving import Given, change_problems, given_by
from plans.models import PlanVersion, StandingOrder
from plans.order_terms import due_day
from therapies.dose_in_words import dose_words
from therapies.models import Programme, Status


@dataclass(frozen=True)
class RunningOrder:
    """An order, and why it cannot be used though its last day is not over; empty when it can."""

    order: StandingOrder
    why_not: str


@dataclass(frozen=True)
class Use:
    """A plan that was issued under a standing order and waits for its clinician, or for another when that one left."""

    version: PlanVersion
    due: date
    is_late: bool
    left_behind: bool


def running_orders(today: date) -> tuple[RunningOrder, ...]:
    orders = list(StandingOrder.objects.running_on(today).select_related("programme", "clinician"))
    given = given_by([order.programme for order in orders])
    return tuple(_running(order, each) for order, each in zip(orders, given, strict=True))


def uses_to_countersign(today: date) -> tuple[Use, ...]:
    """Every use that nobody has countersigned yet, the oldest first."""
    waiting = PlanVersion.objects.to_countersign().order_by("issued_at")
    versions = waiting.select_related("plan__patient", "standing_order__clinician", "standing_order__programme")
    return tuple(_use(version, today) for version in versions)


def programmes_to_sign(running: Iterable[StandingOrder]) -> tuple[Given, ...]:
    """The published programmes without a running order, signable or not."""
    ordered = {order.programme_id for order in running}
    return given_by(Programme.objects.filter(status=Status.PUBLISHED).exclude(pk__in=ordered))


def items_of(given: Given) -> tuple[tuple[str, str], ...]:
    """(title, dose) of each item, as the programme gives it."""
    titles = titles_of(list(given.instructions))
    return tuple((titles.get(each.pk, each.instruction_id), dose_words(each.dose)) for each in given.instructions)


def _running(order: StandingOrder, given: Given) -> RunningOrder:
    return RunningOrder(order, " ".join(problem.text for problem in change_problems(order, given)))


def _use(version: PlanVersion, today: date) -> Use:
    assert version.issued_on
    due = due_day(version.issued_on)
    return Use(version, due, is_late=today > due, left_behind=getattr(version, "left_behind", False))
