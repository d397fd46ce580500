"""What breaks the constraints of red flags and of clinicians' decisions; test_constraints.py tries each."""

from collections.abc import Callable

from django.utils import timezone

from intake.tests.factories import make_closing, make_patient, make_red_flag, make_screening
from plans.tests.factories_decisions import make_clearance, make_override, make_resumption
from plans.tests.factories_orders import make_order


def _a_red_flag_raised_twice() -> object:
    flag = make_red_flag()
    return make_red_flag(screening=flag.screening)


def _a_rule_overridden_twice() -> object:
    return make_override(version=make_override().version)


TRIPS: dict[str, Callable[[], object]] = {
    "sent_screenings_have_a_level": lambda: make_screening(patient=make_patient(), level="fine"),
    "red_flags_have_a_level": lambda: make_red_flag(level="none"),
    "a_red_flag_is_raised_once_per_screening": _a_red_flag_raised_twice,
    "closings_say_what_was_done": lambda: make_closing(done=""),
    "clearances_have_a_reason": lambda: make_clearance(reason=""),
    "overrides_have_a_reason": lambda: make_override(reason=""),
    "only_timing_rules_are_overridden": lambda: make_override(rule="I-N4"),
    "a_rule_is_overridden_once": _a_rule_overridden_twice,
    "resumptions_have_a_reason": lambda: make_resumption(reason=""),
    "one_standing_order_per_programme": lambda: (make_order(), make_order()),
    "ended_orders_say_when_and_by_whom": lambda: make_order(ended_at=timezone.now()),
}
