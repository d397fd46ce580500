"""What breaks each constraint about the seals of the record."""

from collections.abc import Callable
from typing import Any

from practice.models import AuditSeal


def make_seal(**fields: Any) -> AuditSeal:
    defaults = {"number": 1, "first_event": 1, "last_event": 2, "count": 2, "form": 1, "digest": "0" * 64}
    return AuditSeal.objects.create(**(defaults | fields))


TRIPS: dict[str, Callable[[], object]] = {
    "seals_are_counted_from_1": lambda: make_seal(number=0),
    "a_seal_covers_an_event": lambda: make_seal(first_event=3),
}
