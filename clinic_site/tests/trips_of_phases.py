"""What breaks the constraints of items that wait or are on hold; test_constraints.py tries each."""

from collections.abc import Callable

from plans.tests.factories import make_draft, make_item
from plans.tests.factories_phases import make_hold, make_release


def _an_item_held_twice_by_one_screening() -> object:
    hold = make_hold()
    return make_hold(item=hold.item, screening=hold.screening)


TRIPS: dict[str, Callable[[], object]] = {
    "items_have_a_known_verdict": lambda: make_item(version=make_draft(), verdict="fine"),
    "an_item_is_held_once_per_screening": _an_item_held_twice_by_one_screening,
    "releases_have_a_reason": lambda: make_release(reason=""),
}
