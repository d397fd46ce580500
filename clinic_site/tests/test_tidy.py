"""manage.py tidy: what is over goes, what still opens or counts stays."""

from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from intake.tests.factories import make_patient, sign_in_patient
from practice import guessing
from practice.guessing import Limit
from practice.models import DeviceSession, GuessCount

pytestmark = pytest.mark.django_db
TRIES = Limit("test", "everybody", most=5, within=timedelta(hours=1))


def tidy_up(*, at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        call_command("tidy", stdout=StringIO())


@pytest.mark.parametrize(("days", "left"), [(29, 1), (31, 0)])
def test_a_patients_session_goes_when_its_30_days_are_over(client: Client, days: int, left: int) -> None:
    sign_in_patient(client, make_patient())
    tidy_up(at=timezone.now() + timedelta(days=days))
    assert DeviceSession.objects.count() == left


@pytest.mark.parametrize(("hours", "left"), [(1, 1), (48, 0)])
def test_a_counter_goes_when_its_time_has_long_passed(hours: int, left: int) -> None:
    guessing.take((TRIES, ""))
    tidy_up(at=timezone.now() + timedelta(hours=hours))
    assert GuessCount.objects.count() == left
