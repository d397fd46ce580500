"""The owner's record of events: narrowed down, a page at a time, and as a file."""

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from intake.events import ON_A_PAGE
from intake.tests.factories import make_patient, make_staff, sign_in_staff
from practice import audit
from practice.models import AuditEvent, User
from practice.roles import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client: Client) -> Client:
    sign_in_staff(client, Role.OWNER)
    return client


def written(detail: str = "made up", **fields: Any) -> AuditEvent:
    return AuditEvent.objects.create(**({"action": "opened", "detail": detail} | fields))


def shown(owner: Client, **asked: Any) -> list[str]:
    """The details of the events on the page."""
    return [row.event.detail for row in owner.get(reverse("events"), asked).context["page"].rows]


def lines(owner: Client, **asked: Any) -> list[dict[str, str]]:
    answer = owner.get(reverse("events_file"), asked)
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def test_the_newest_event_comes_first(owner: Client) -> None:
    for detail in ("first", "second"):
        written(detail)
    assert shown(owner)[:2] == ["second", "first"]


def test_reading_the_record_is_an_event(owner: Client) -> None:
    owner.get(reverse("events"))
    assert AuditEvent.objects.get(action="opened").detail == "the record of events"


@pytest.mark.requirement("ASVS 16.4.2")
@pytest.mark.parametrize("name", ["events", "events_file"])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.OWNER])
def test_nobody_but_an_owner_reads_the_record(client: Client, role: Role, name: str) -> None:
    sign_in_staff(client, role)
    assert client.get(reverse(name)).status_code == 403


def test_events_of_one_person(owner: Client) -> None:
    ana, ben = make_staff(), make_staff()
    written("of Ana", actor=ana)
    written("of Ben", actor=ben)
    assert shown(owner, who=str(ana.pk)) == ["of Ana"]


def test_events_of_patients(owner: Client) -> None:
    written("own reading", actor=User.objects.create_patient_user())
    written("of nobody")
    assert shown(owner, who="patients") == ["own reading"]


def test_events_of_nobody_who_is_signed_in(owner: Client) -> None:
    written("a wrong password")
    assert shown(owner, who="nobody") == ["a wrong password"]


def test_events_of_one_kind(owner: Client) -> None:
    written("a print", action="printed")
    written("a look")
    assert shown(owner, what="printed") == ["a print"]


def test_events_about_one_patient(owner: Client) -> None:
    patient = make_patient()
    written("theirs", patient_id=patient.pk)
    written("another's", patient_id=make_patient().pk)
    assert shown(owner, number=patient.record_number) == ["theirs"]


def test_a_record_number_that_nobody_has_shows_nothing(owner: Client) -> None:
    written()
    assert shown(owner, number=999_999) == []


@pytest.mark.parametrize(
    ("first", "last", "expected"), [("11/02/2026", "", 2), ("", "11/02/2026", 2), ("11/02/2026", "11/02/2026", 1)]
)
def test_events_of_a_range_of_days(owner: Client, first: str, last: str, expected: int) -> None:
    for day in (1, 2, 3):
        written("of a day", at=datetime(2026, 11, day, 18, tzinfo=UTC), action="ended")
    assert len(shown(owner, what="ended", first=first, last=last)) == expected


def test_a_day_is_the_clinic_s_day(owner: Client) -> None:
    """In Chicago it is still November 1 at 3 in the morning of November 2 in UTC."""
    written("late", at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert shown(owner, first="11/01/2026", last="11/01/2026") == ["late"]


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"number": "ten"}, "A record number has digits only."),
        ({"first": "11/03/2026", "last": "11/02/2026"}, "This day is before the first one."),
        ({"what": "danced"}, "Select a valid choice."),
        ({"who": "somebody"}, "Select a valid choice."),
    ],
)
def test_what_cannot_be_is_answered_with_a_sentence(owner: Client, asked: dict[str, str], sentence: str) -> None:
    answer = owner.get(reverse("events"), asked)
    assert (answer.status_code, sentence in answer.content.decode()) == (422, True)


def test_the_next_page_begins_where_this_one_ends(owner: Client) -> None:
    for number in range(ON_A_PAGE + 3):
        written(str(number), action="ended")
    older = owner.get(reverse("events"), {"what": "ended"}).context["page"].older
    assert shown(owner, what="ended", before=older) == ["2", "1", "0"]


def test_the_last_page_leads_to_no_other(owner: Client) -> None:
    written(action="ended")
    assert owner.get(reverse("events"), {"what": "ended"}).context["page"].older is None


@pytest.mark.parametrize("before", ["", "x", "-1", "9" * 30, "²"])
def test_a_page_that_cannot_be_is_the_first(owner: Client, before: str) -> None:
    written("newest")
    assert shown(owner, before=before)[0] == "newest"


def test_a_page_costs_the_same_for_many_events_as_for_one(owner: Client) -> None:
    owner.get(reverse("events"))
    costs = []
    for count in (1, 29):
        for _ in range(count):
            written(actor=make_staff(), patient_id=make_patient().pk)
        with CaptureQueriesContext(connection) as queries:
            owner.get(reverse("events"))
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_name_in_the_record_is_text_and_never_markup(owner: Client) -> None:
    written("<b>bold</b>")
    assert "&lt;b&gt;bold" in owner.get(reverse("events")).content.decode()


def test_the_file_holds_what_the_page_narrows_down(owner: Client) -> None:
    written("a print", action="printed", why="=1+1")
    written("a look")
    assert [line["detail"] for line in lines(owner, what="printed")] == ["a print"]


def test_the_file_tells_the_time_in_utc(owner: Client) -> None:
    written(action="ended", at=datetime(2026, 11, 2, 3, tzinfo=UTC))
    assert lines(owner, what="ended")[0]["when (UTC)"] == "2026-11-02T03:00:00+00:00"


@pytest.mark.requirement("ASVS 1.2.10")
@pytest.mark.parametrize("why", ["=1+1", "+1", "-1", "@A1"])
def test_no_cell_of_the_file_is_a_formula(owner: Client, why: str) -> None:
    written(action="ended", why=why)
    assert lines(owner, what="ended")[0]["why"] == f"'{why}"


def test_the_file_goes_on_past_one_part(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.events.AT_A_TIME", 2)
    for number in range(5):
        written(str(number), action="ended")
    assert [line["detail"] for line in lines(owner, what="ended")] == ["4", "3", "2", "1", "0"]


def test_the_file_ends_before_it_keeps_the_desk_waiting(owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.events.AT_A_TIME", 2)
    monkeypatch.setattr("intake.events.MOST_IN_A_FILE", 3)
    for number in range(5):
        written(str(number), action="ended")
    assert [line["detail"] for line in lines(owner, what="ended")] == ["4", "3", "2"]


def test_saving_the_file_is_an_event(owner: Client) -> None:
    lines(owner)
    assert AuditEvent.objects.filter(action="exported", detail="the record of events").count() == 1


def test_an_event_about_what_a_later_program_does_not_know_is_shown(owner: Client) -> None:
    written(object_type="plans.longgone")
    assert "plans.longgone" in owner.get(reverse("events")).content.decode()


def test_an_old_event_is_found_by_its_day(owner: Client) -> None:
    old = datetime.now(UTC) - timedelta(days=400)
    written("old", at=old)
    audit.record(audit.Action.OPENED, actor=None, detail="new")
    assert shown(owner, last=f"{old + timedelta(days=2):%m/%d/%Y}") == ["old"]
