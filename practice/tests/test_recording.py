"""From where an event comes, what lasts of a refusal, and what a line of the record can hold."""

import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from practice import audit
from practice.models import AuditEvent, User
from practice.one_line import one_line
from practice.recording import RecordMiddleware
from practice.where import answering, session_reference, where_now

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 21)


class Session(SessionBase):
    """A session that is known by its key alone."""

    def __init__(self, key: str | None) -> None:
        super().__init__(key)


def a_request(*, key: str | None = "a-key-of-eight-and-more", user: User | None = None) -> HttpRequest:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.session = Session(key)
    request.resolver_match = None
    if user:
        request.user = user
    return request


@pytest.fixture
def ana() -> User:
    return User.objects.create(username="ana", display_name="Ana Ruiz")


@pytest.fixture
def here() -> Iterator[HttpRequest]:
    with answering(request := a_request()):
        yield request


def through(view: Callable[[HttpRequest], HttpResponse], request: HttpRequest | None = None) -> HttpResponse:
    return RecordMiddleware(view)(request or a_request())


# --- from where ----------------------------------------------------------------------------------------


@pytest.mark.requirement("ASVS 16.2.1")
def test_a_verb_that_knows_no_request_is_recorded_with_its_address(here: HttpRequest) -> None:
    assert audit.record(audit.Action.ISSUED, actor=None).address == "192.0.2.7"


def test_the_events_of_one_session_can_be_told_from_another_s(here: HttpRequest) -> None:
    assert audit.record(audit.Action.ISSUED, actor=None).session == session_reference("a-key-of-eight-and-more")


def test_an_event_does_not_hold_the_key_of_the_session(here: HttpRequest) -> None:
    event = audit.record(audit.Action.ISSUED, actor=None)
    assert "a-key" not in str(AuditEvent.objects.values_list().get(pk=event.pk))


def test_after_the_request_nothing_is_from_there_any_more() -> None:
    with answering(a_request()):
        pass
    assert where_now() is None


@pytest.mark.requirement("ASVS 16.2.2")
def test_events_are_timed_in_utc() -> None:
    audit.record(audit.Action.ISSUED, actor=None)
    kept = AuditEvent.objects.get().at
    assert kept.tzinfo == UTC
    assert abs((datetime.now(UTC) - kept).total_seconds()) < 60


# --- refusals last -------------------------------------------------------------------------------------


@pytest.mark.requirement("ASVS 16.3.2")
def test_a_refusal_outlasts_the_rollback_of_what_it_refused(ana: User) -> None:
    def refusing(request: HttpRequest) -> HttpResponse:
        try:
            with transaction.atomic():
                audit.refused(actor=ana, detail="override I-N1")
                raise PermissionDenied
        except PermissionDenied:
            return HttpResponse(status=403)

    through(refusing)
    assert AuditEvent.objects.get().detail == "override I-N1"


def test_a_refusal_outlasts_an_error_that_nobody_expected(ana: User) -> None:
    def failing(request: HttpRequest) -> HttpResponse:
        audit.refused(actor=ana)
        raise IntegrityError

    with pytest.raises(IntegrityError):
        through(failing)
    assert AuditEvent.objects.get().actor == ana


def test_a_refusal_at_the_command_line_is_written_at_once(ana: User) -> None:
    audit.refused(actor=ana)
    assert AuditEvent.objects.get().action == "refused"


def test_the_refusals_of_one_request_are_not_written_again_with_the_next(ana: User) -> None:
    def refusing(request: HttpRequest) -> HttpResponse:
        audit.refused(actor=ana)
        return HttpResponse()

    request = a_request()
    through(refusing, request)
    through(lambda request: HttpResponse(), request)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize("status", [403, 404])
def test_who_is_not_signed_in_leaves_no_refusal(status: int) -> None:
    through(lambda request: HttpResponse(status=status))
    assert not AuditEvent.objects.exists()


# --- one reading a day ---------------------------------------------------------------------------------


def read(ana: User, *, request: HttpRequest | None = None, about: User | None = None, day: date = DAY) -> None:
    owner = about or ana
    audit.read_once(actor=ana, about=owner, patient_id=owner.pk, day=day, request=request or a_request(), page="me")


def test_a_patient_s_reading_is_one_event_per_session_and_day(ana: User) -> None:
    for _ in range(3):
        read(ana)
    assert AuditEvent.objects.count() == 1


def test_another_session_is_another_reading(ana: User) -> None:
    read(ana)
    read(ana, request=a_request(key="another-key-of-a-session"))
    assert AuditEvent.objects.count() == 2


def test_another_day_is_another_reading(ana: User) -> None:
    read(ana)
    read(ana, day=date(2026, 11, 22))
    assert AuditEvent.objects.count() == 2


def test_another_patient_s_record_is_another_reading(ana: User) -> None:
    read(ana)
    read(ana, about=User.objects.create_patient_user())
    assert AuditEvent.objects.count() == 2


def test_the_database_refuses_a_second_event_of_the_same_reading(ana: User) -> None:
    read(ana)
    with pytest.raises(IntegrityError):
        AuditEvent.objects.create(action="opened", once=AuditEvent.objects.get().once)


def test_a_reading_without_a_session_is_never_left_out(ana: User) -> None:
    for _ in range(2):
        read(ana, request=a_request(key=None))
    assert AuditEvent.objects.count() == 2


# --- one line ------------------------------------------------------------------------------------------


@pytest.mark.requirement("ASVS 16.4.1")
@given(st.text())
def test_nothing_that_is_recorded_begins_a_line_or_turns_it_around(text: str) -> None:
    kept = one_line(text)
    assert not {"Cc", "Cf", "Zl", "Zp"} & {unicodedata.category(sign) for sign in kept}


@given(st.text(alphabet="aé日 .,'-<>&"))
def test_words_are_recorded_as_they_are(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize("column", ["detail", "why"])
def test_a_forged_line_stays_within_its_own(column: str) -> None:
    event = audit.record(audit.Action.CHANGED, actor=None, **{column: "fine\n2026-01-01 admin signed in"})
    assert getattr(event, column) == "fine\\n2026-01-01 admin signed in"
