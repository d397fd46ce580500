"""The lines of a plan by date: a gap between two items of ice or heat is told, on the page and on paper."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.models import PlanItem
from plans.phase_words import Dated, lines_for_today, lines_on_paper
from therapies.models import Instruction, InstructionVersion, Therapy

TODAY = date(2026, 11, 24)
DAY = timedelta(days=1)


def due(first: int, last: int, kind: str = "ice") -> Dated:
    """An item from `first` to `last`, in days from Tue, Nov 24."""
    instruction = Instruction(slug=kind, therapy=Therapy(slug=kind, kind=kind))
    shown = InstructionVersion(instruction=instruction)
    item = PlanItem(instruction_version=shown, from_date=TODAY + first * DAY, until_date=TODAY + last * DAY)
    return Dated(item, "Pack", closed=False)


APART = (due(0, 0), due(5, 6))


@pytest.mark.parametrize(
    ("day", "lines"),
    [
        (0, ("Ice until Tue, Nov 24.", "From Sun, Nov 29: ice.")),
        (3, ("Today: no ice and no heat.", "From Sun, Nov 29: ice.")),
        (5, ("Ice until Mon, Nov 30.",)),
        (7, ("Today: no ice and no heat.",)),
    ],
)
def test_ice_that_stops_and_comes_back_is_told_as_it_is(day: int, lines: tuple[str, ...]) -> None:
    assert lines_for_today(APART, TODAY + day * DAY) == lines


def test_the_page_does_not_hang_on_the_order_of_the_items() -> None:
    assert lines_for_today(reversed(APART), TODAY) == lines_for_today(APART, TODAY)


@pytest.mark.parametrize("second", [(3, 8), (4, 8), (0, 8)])
def test_ice_that_goes_on_from_one_item_to_the_next_is_one_span(second: tuple[int, int]) -> None:
    assert lines_for_today((due(0, 3), due(*second)), TODAY) == ("Ice until Wed, Dec 2.",)


def test_an_item_within_another_shortens_nothing() -> None:
    assert lines_for_today((due(0, 8), due(2, 3)), TODAY) == ("Ice until Wed, Dec 2.",)


def test_heat_on_the_day_after_is_no_part_of_the_ice() -> None:
    lines = ("Ice until Fri, Nov 27.", "From Sat, Nov 28: heat.")
    assert lines_for_today((due(0, 3), due(4, 8, "heat")), TODAY) == lines


def test_paper_tells_both_days_of_what_stops_and_comes_back() -> None:
    assert lines_on_paper(APART) == ("Tue, Nov 24: ice.", "Sun, Nov 29 to Mon, Nov 30: ice.")


def test_paper_tells_the_last_day_of_what_goes_on() -> None:
    assert lines_on_paper((due(0, 3), due(4, 8))) == ("Ice until Wed, Dec 2.",)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), min_size=1, max_size=5), st.integers(0, 30))
def test_the_page_says_until_only_on_a_day_on_which_it_is_due(items: list[tuple[int, int]], day: int) -> None:
    found = [due(first, first + length) for first, length in items]
    is_due = any(first <= day <= first + length for first, length in items)
    assert lines_for_today(found, TODAY + day * DAY)[0].startswith("Ice until") is is_due
