"""What breaks the constraints of restricted records; test_constraints.py tries each."""

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from intake.models import Carer, GlassBroken, GlassSeen, Restriction
from intake.tests.factories import make_patient, make_staff
from intake.tests.factories_restrictions import make_broken_glass, make_restriction

SHORT = "No words."


def _two_that_stand() -> Restriction:
    patient = make_patient()
    make_restriction(patient=patient)
    return make_restriction(patient=patient)


def _somebody_named_twice() -> Carer:
    restriction, user = make_restriction(), make_staff()
    Carer.objects.create(restriction=restriction, user=user, by=user)
    return Carer.objects.create(restriction=restriction, user=user, by=user)


def _glass_that_is_whole_again_at_once() -> GlassBroken:
    now = timezone.now()
    return make_broken_glass(at=now, until=now - timedelta(minutes=1))


def _an_opening_seen_twice() -> GlassSeen:
    opening, owner = make_broken_glass(), make_staff()
    GlassSeen.objects.create(opening=opening, by=owner)
    return GlassSeen.objects.create(opening=opening, by=owner)


TRIPS: dict[str, Callable[[], object]] = {
    "one_standing_restriction_per_patient": _two_that_stand,
    "lifted_restrictions_say_when_and_by_whom": lambda: make_restriction(lifted_at=timezone.now()),
    "restrictions_say_why": lambda: make_restriction(why=SHORT),
    "a_carer_is_named_once": _somebody_named_twice,
    "who_breaks_the_glass_says_why": lambda: make_broken_glass(why=SHORT),
    "broken_glass_lasts_for_a_while": _glass_that_is_whole_again_at_once,
    "an_owner_sees_an_opening_once": _an_opening_seen_twice,
}
