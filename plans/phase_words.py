"""The phases of a plan in the patient's words: what is on until when, and what comes next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from django.utils.translation import gettext as _

from plans.days import day_words, span_words
from plans.models import PlanItem

WITH_A_PHASE = ("ice", "heat")


@dataclass(frozen=True)
class Dated:
    """An item as the lines name it. `closed`: approved in advance and not opened; `opened`: opened meanwhile."""

    item: PlanItem
    title: str
    closed: bool
    opened: bool = False

    @property
    def kind(self) -> str:
        return self.item.instruction_version.kind

    @property
    def name(self) -> str:
        """Ice and heat go by their kind, a movement by its own title."""
        return _kind_words().get(self.kind, self.title)


def lines_for_today(items: Iterable[Dated], today: date) -> tuple[str, ...]:
    """What is on today and until when, then what waits for answers, then what comes next and when.

    A plan of ice or heat says so on a day that has neither: what is not named may be taken for forgotten.
    """
    items = list(items)
    spans = _spans(each for each in items if not each.closed)
    now = [_until(name, last) for name, first, last in spans if first <= today <= last]
    if not now and any(each.kind in WITH_A_PHASE for each in items):
        now.append(_("Today: no ice and no heat."))
    waits = (_waits(each) for each in items if each.closed and each.item.from_date <= today <= each.item.until_date)
    later = chain(
        ((first, _from(name, first)) for name, first, last in spans if first > today),
        ((each.item.from_date, _call_first(each)) for each in items if each.closed and each.item.from_date > today),
    )
    return _each_once(chain(now, waits, (line for _first, line in sorted(later))))


def lines_on_paper(items: Iterable[Dated]) -> tuple[str, ...]:
    """The same for a sheet, which knows no today: of what was approved in advance only whom to call, and when.

    What stops and comes back is told with both its days: there is none of it between.
    """
    items = list(items)
    spans = _spans(each for each in items if not each.item.gated)
    once = Counter(name for name, _first, _last in spans)
    known = (
        (first, _until(name, last) if once[name] == 1 else _within(name, first, last)) for name, first, last in spans
    )
    gated = ((each.item.from_date, _call_about(each)) for each in items if each.item.gated)
    return _each_once(line for _first, line in sorted(chain(known, gated)))


def apart_words(other: PlanItem) -> str:
    """Why ice or heat stays closed while the other one is on."""
    words = _("You have %(what)s in your plan until %(day)s. This stays closed while that is on.")
    return words % {"what": _kind_words()[other.instruction_version.kind], "day": day_words(other.until_date)}


def _kind_words() -> dict[str, str]:
    return {"ice": _("ice"), "heat": _("heat")}


def _spans(items: Iterable[Dated]) -> list[tuple[str, date, date]]:
    """(name, first day, last day) of ice and of heat, the earlier one first; one span while no day is left out."""
    days = sorted((each.name, each.item.from_date, each.item.until_date) for each in items if each.kind in WITH_A_PHASE)
    spans: list[tuple[str, date, date]] = []
    for name, first, last in days:
        if spans and spans[-1][0] == name and first <= spans[-1][2] + timedelta(days=1):
            spans[-1] = name, spans[-1][1], max(last, spans[-1][2])
        else:
            spans.append((name, first, last))
    return sorted(spans, key=lambda span: span[1])


def _until(name: str, last: date) -> str:
    return _("%(what)s until %(day)s.") % {"what": _capital(name), "day": day_words(last)}


def _within(name: str, first: date, last: date) -> str:
    return _("%(days)s: %(what)s.") % {"days": span_words(first, last), "what": name}


def _from(name: str, first: date) -> str:
    return _("From %(day)s: %(what)s.") % {"day": day_words(first), "what": name}


def _waits(each: Dated) -> str:
    return _("%(what)s: not open yet. Read why below.") % {"what": _capital(each.name)}


def _call_first(each: Dated) -> str:
    return _("From %(day)s: %(what)s. Call us first.") % {"day": day_words(each.item.from_date), "what": each.name}


def _call_about(each: Dated) -> str:
    if each.opened:
        return _("%(what)s is open now. See it on your phone, or ask us for a new sheet.") % {
            "what": _capital(each.name)
        }
    return _("From %(day)s: call us about %(what)s.") % {"day": day_words(each.item.from_date), "what": each.name}


def _each_once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(lines))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
