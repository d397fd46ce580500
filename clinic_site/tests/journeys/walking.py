"""walk(): through a page by Tab alone, from its start until the focus leaves it again."""

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as Tab

SCRIPT = (Path(__file__).parent / "walking.js").read_text(encoding="utf-8")
# Places that can be scrolled may be stops as well; more than these, and the walk goes in circles.
EXTRA_STOPS = 20


@dataclass(frozen=True)
class Walk:
    """What a walk found wrong, each named by the beginning of its HTML.

    `missed` was never reached, `out_of_order` came after something that stands behind it, `unmarked` looks the same
    with the focus as without, `out_of_sight` lay outside the window or behind something else, `trapped` held the
    focus on the page.
    """

    missed: list[str]
    out_of_order: list[str]
    unmarked: list[str]
    out_of_sight: list[str]
    trapped: list[str]


def walk(tab: Tab) -> Walk:
    tab.evaluate(SCRIPT)
    wanted: dict[int, str] = dict(tab.evaluate("walk.begin()"))
    stops, has_left = _stops(tab, most=len(wanted) + EXTRA_STOPS)
    reached = {stop["place"] for stop in stops}
    return Walk(
        missed=[name for place, name in wanted.items() if place not in reached],
        out_of_order=[b["name"] for a, b in pairwise(stops) if b["place"] < a["place"]],
        unmarked=[stop["name"] for stop in stops if not stop["isMarked"]],
        out_of_sight=[stop["name"] for stop in stops if not stop["isInSight"]],
        trapped=[] if has_left else [stop["name"] for stop in stops[-1:]],
    )


def _stops(tab: Tab, *, most: int) -> tuple[list[dict[str, Any]], bool]:
    """Where Tab stopped, and whether it left the page in the end (or began at the page's first stop again)."""
    stops: list[dict[str, Any]] = []
    while len(stops) <= most:
        tab.keyboard.press("Tab")
        here = tab.evaluate("walk.here()")
        if here is None or (stops and here["place"] == stops[0]["place"]):
            return stops, True
        stops.append(here)
    return stops, False
