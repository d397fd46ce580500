"""What breaks the constraints of sessions and PINs; test_constraints.py tries each."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from intake.tests.factories import make_staff
from practice.models import StaffPin
from practice.tests.factories_sessions import make_session

TRIPS: dict[str, Callable[[], object]] = {
    "sessions_of_people_say_since_when_and_until": lambda: make_session(user=make_staff(), signed_in_at=None),
    "no_cookie_opens_a_session_that_is_over": lambda: make_session(
        user=make_staff(), expire_date=timezone.now() + timedelta(hours=13)
    ),
    "a_session_locks_on_a_known_device": lambda: make_session(user=make_staff(), locks_itself=True),
    "five_wrong_pins_at_most": lambda: make_session(user=make_staff(), pin_errors=6),
    "pins_are_hashed": lambda: StaffPin.objects.create(user=make_staff(), encoded="740913"),
}
