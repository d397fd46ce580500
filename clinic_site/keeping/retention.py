"""Which backups stay: the newest of each of the last days, weeks and months that have one."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Rule:
    """How many days, weeks and months keep a backup. The newest one is kept whatever the numbers say."""

    days: int
    weeks: int
    months: int


def to_remove(made: Iterable[datetime], rule: Rule) -> set[datetime]:
    """Of backups made at these moments, those that no part of the rule keeps."""
    newest_first = sorted(set(made), reverse=True)
    kept = {
        *newest_first[:1],
        *_newest_of_each(newest_first, lambda at: at.date(), rule.days),
        *_newest_of_each(newest_first, lambda at: at.isocalendar()[:2], rule.weeks),
        *_newest_of_each(newest_first, lambda at: (at.year, at.month), rule.months),
    }
    return set(newest_first) - kept


def _newest_of_each(
    newest_first: list[datetime], span_of: Callable[[datetime], Hashable], most: int
) -> Iterable[datetime]:
    first: dict[Hashable, datetime] = {}
    for at in newest_first:
        first.setdefault(span_of(at), at)
    return list(first.values())[:most]
