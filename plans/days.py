"""Days in words, as a plan says them."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from plans.models import PlanItem
from therapies.reading_language import day_in_words

GRID_DAYS = 14


def day_words(day: date) -> str:
    """ "Thu, Dec 3"; no year, because a plan lasts weeks."""
    return day_in_words(day, "day")


def long_day_words(day: date) -> str:
    """ "Thu, Dec 3, 2026" """
    return day_in_words(day, "long_day")


def span_words(first: date, last: date) -> str:
    if first == last:
        return day_words(first)
    return _("%(first)s to %(last)s") % {"first": day_words(first), "last": day_words(last)}


def grid_days(first: date) -> tuple[date, ...]:
    """The two weeks of the tick grid."""
    return tuple(first + timedelta(days=offset) for offset in range(GRID_DAYS))


def by_phase(items: Sequence[PlanItem]) -> list[tuple[date, date, list[PlanItem]]]:
    """The items grouped by their dates, earliest first; within a phase in the plan's order."""

    def dates(item: PlanItem) -> tuple[date, date]:
        return item.from_date, item.until_date

    ordered = sorted(items, key=lambda item: (*dates(item), item.position))
    return [(first, last, list(group)) for (first, last), group in groupby(ordered, key=dates)]
