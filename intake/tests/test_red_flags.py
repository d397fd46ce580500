"""close_red_flag(): only a clinician ends a red flag, and says what was done."""

import pytest
from django.core.exceptions import PermissionDenied

from intake.models import RedFlag
from intake.red_flags import NothingDone, close_red_flag
from intake.tests.factories import make_clinician, make_closing, make_red_flag, make_staff
from practice.models import AuditEvent
from practice.roles import Role

pytestmark = pytest.mark.django_db


def test_a_clinician_closes_a_red_flag() -> None:
    flag = make_red_flag()
    close_red_flag(flag, by=make_clinician(), done="Sent to the emergency room.")
    assert not RedFlag.objects.open().exists()


def test_a_closing_keeps_what_was_done() -> None:
    closing = close_red_flag(make_red_flag(), by=make_clinician(), done="  Examined, no deficit. ")
    assert closing.done == "Examined, no deficit."


def test_closing_leaves_an_event() -> None:
    flag = make_red_flag()
    close_red_flag(flag, by=make_clinician(), done="Examined.")
    assert AuditEvent.objects.get(detail="closed red flag R01").patient_id == flag.patient_id


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR, Role.OWNER])
def test_nobody_else_closes_a_red_flag(role: Role) -> None:
    with pytest.raises(PermissionDenied):
        close_red_flag(make_red_flag(), by=make_staff(roles=(role,)), done="Examined.")


@pytest.mark.parametrize("done", ["", " \n "])
def test_a_red_flag_is_not_closed_without_words(done: str) -> None:
    with pytest.raises(NothingDone):
        close_red_flag(make_red_flag(), by=make_clinician(), done=done)


def test_a_closed_red_flag_stays_as_it_was_closed() -> None:
    closing = make_closing(done="Examined.")
    assert close_red_flag(closing.flag, by=make_clinician(), done="Something else.").done == "Examined."


def test_closing_one_leaves_the_others_open() -> None:
    flag = make_red_flag()
    other = make_red_flag(screening=flag.screening, rule="R02")
    close_red_flag(flag, by=make_clinician(), done="Examined.")
    assert list(RedFlag.objects.open()) == [other]


def test_the_most_urgent_come_first() -> None:
    for level in ("review", "emergency", "same_day"):
        make_red_flag(level=level)
    listed = RedFlag.objects.all().most_urgent_first()
    assert [flag.level for flag in listed] == ["emergency", "same_day", "review"]
