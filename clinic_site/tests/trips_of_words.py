"""What breaks the constraints of reading grades, leaves and ticks; test_constraints.py tries each."""

from collections.abc import Callable
from decimal import Decimal

from intake.tests.factories import make_staff
from therapies.tests.factories import make_instruction_version, make_therapy_page
from therapies.tests.factories_words import make_grade, make_leave, make_tick


def _a_grade_of_two_texts() -> object:
    return make_grade(page=make_therapy_page(), text=make_instruction_version().texts.get())


def _a_tick_about_nothing() -> object:
    return make_tick(by=make_staff(), text=None)


TRIPS: dict[str, Callable[[], object]] = {
    "a_reading_leave_is_about_one_text": lambda: make_leave(by=make_staff(), instruction=None),
    "reading_leaves_have_a_reason": lambda: make_leave(by=make_staff(), reason=""),
    "a_reading_grade_is_of_one_text": _a_grade_of_two_texts,
    "what_reads_above_the_gate_has_the_owners_leave": lambda: make_grade(value=Decimal("6.1")),
    "a_tick_is_about_one_text": _a_tick_about_nothing,
    "ticks_are_of_items_of_the_pemat_p": lambda: make_tick(by=make_staff(), item=13),
    "ticks_are_yes_no_or_not_applicable": lambda: make_tick(by=make_staff(), answer="?"),
}
