"""Codes by e-mail: bound to the session that asked, for ten minutes, once, and silent about who is a patient."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings
from time_machine import travel

from intake import email_codes
from intake.email_codes import ASK_BY_EMAIL, TYPE_BY_ADDRESS, EmailCodeRefused, accept_code, ask_code, digest_of
from intake.models import EmailCode, EmailWay, Patient
from intake.tests.factories import make_access, make_patient
from practice import mailing
from practice.guessing import take
from practice.models import AuditEvent, Clinic, User

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
EMAIL = "rosamund@mail.example"
DIGITS = re.compile(r"\d{4} \d{4}")


@pytest.fixture(autouse=True)
def mail_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No thread: the outbox holds the mail when the page has answered."""
    monkeypatch.setattr(email_codes, "send_later", lambda *, subject, text, to: mailing._send(subject, text, to))


@pytest.fixture
def patient() -> Patient:
    return with_email(make_patient(given_name="Rosamund"))


def with_email(patient: Patient, email: str = EMAIL) -> Patient:
    user = make_access(patient=patient).user
    EmailWay.objects.create(user=user, email=email, digest=digest_of(email))
    return patient


def ask(client: Client, email: str = EMAIL) -> Any:
    return client.post(reverse("start_email"), {"email": email})


def mailed() -> str:
    found = DIGITS.search(mail.outbox[-1].body)
    assert found
    return found[0]


def type_in(client: Client, code: str) -> Any:
    return client.post(reverse("start_email_code"), {"code": code})


def come_in(client: Client, email: str = EMAIL) -> Any:
    ask(client, email)
    return type_in(client, mailed())


def test_a_code_by_e_mail_opens_the_plan(client: Client, patient: Patient) -> None:
    assert come_in(client).url == reverse("me")


def test_the_address_is_found_however_it_is_written(client: Client, patient: Patient) -> None:
    ask(client, "Rosamund@Mail.Example")
    assert mail.outbox[0].to == ["Rosamund@Mail.Example"]


def test_a_sign_in_by_e_mail_is_written_down(client: Client, patient: Patient) -> None:
    come_in(client)
    assert AuditEvent.objects.get(action=AuditEvent.Action.SIGNED_IN).detail == "e-mail"


def test_the_mail_says_no_more_than_the_code_and_where_it_belongs(client: Client, patient: Patient) -> None:
    ask(client)
    expected = f"Your code for {Clinic.load().name}: {mailed()}. It works for 10 minutes."
    assert mail.outbox[0].body.splitlines()[0] == expected


def test_the_mail_names_nobody(client: Client, patient: Patient) -> None:
    ask(client)
    assert "Rosamund" not in mail.outbox[0].subject + mail.outbox[0].body


@pytest.mark.requirement("ASVS 6.6.2")
def test_another_browser_cannot_use_the_code(client: Client, patient: Patient) -> None:
    ask(client)
    other = Client()
    ask(other, "somebody@else.example")
    assert type_in(other, mailed()).status_code == 422


@pytest.mark.requirement("ASVS 6.6.2")
def test_a_code_that_was_asked_for_before_does_not_answer_a_later_question(client: Client, patient: Patient) -> None:
    ask(client)
    first = mailed()
    ask(client)
    assert type_in(client, first).status_code == 422


@pytest.mark.requirement("ASVS 6.5.1")
def test_a_code_works_once(client: Client, patient: Patient) -> None:
    code = ask_code(EMAIL)
    accept_code(code.pk, mailed())
    with pytest.raises(EmailCodeRefused):
        accept_code(code.pk, mailed())


@pytest.mark.requirement("ASVS 6.5.5")
def test_a_code_lives_ten_minutes(client: Client, patient: Patient) -> None:
    with travel(NOON, tick=False):
        ask(client)
    with travel(NOON + timedelta(minutes=10), tick=False):
        assert type_in(client, mailed()).status_code == 422


@pytest.mark.requirement("ASVS 6.6.3")
def test_five_wrong_tries_end_a_code(client: Client, patient: Patient) -> None:
    ask(client)
    for _ in range(5):
        type_in(client, "0000 0000")
    assert type_in(client, mailed()).status_code == 422


@pytest.mark.requirement("ASVS 6.5.2")
def test_the_code_is_not_in_the_database(patient: Patient) -> None:
    code = ask_code(EMAIL)
    assert mailed().replace(" ", "") not in str(vars(EmailCode.objects.get(pk=code.pk)))


@pytest.mark.requirement("ASVS 6.5.4")
def test_a_code_has_eight_digits(patient: Patient) -> None:
    ask_code(EMAIL)
    assert len(mailed().replace(" ", "")) == 8


@pytest.mark.requirement("ASVS 6.6.3")
def test_too_many_codes_for_one_address_are_not_sent(client: Client, patient: Patient) -> None:
    for _ in range(ASK_BY_EMAIL.most):
        ask(Client())
    assert ask(client).status_code == 429


@pytest.mark.requirement("ASVS 6.6.3")
def test_too_many_tries_from_one_address_are_not_looked_at(client: Client, patient: Patient) -> None:
    ask(client)
    for _ in range(TYPE_BY_ADDRESS.most):
        take((TYPE_BY_ADDRESS, "127.0.0.1"))
    assert type_in(client, mailed()).status_code == 429


@pytest.mark.requirement("ASVS 6.3.8")
def test_an_address_that_nobody_has_gets_the_same_answer(client: Client, patient: Patient) -> None:
    told = [ask(Client(), email) for email in (EMAIL, "somebody@else.example")]
    assert (told[0].status_code, told[0].url) == (told[1].status_code, told[1].url)


@pytest.mark.requirement("ASVS 6.3.8")
def test_an_address_that_nobody_has_costs_the_same_work(patient: Patient) -> None:
    ask(Client(), "first@of.all")
    work = []
    for email in (EMAIL, "somebody@else.example"):
        with CaptureQueriesContext(connection) as heard:
            ask(Client(), email)
        sent = [each["sql"] for each in heard.captured_queries if "SAVEPOINT" not in each["sql"]]
        work.append([re.split(r" WHERE | VALUES | SET ", sql)[0] for sql in sent])
    assert work[0] == work[1]


def test_no_mail_goes_to_an_address_that_nobody_has(client: Client, patient: Patient) -> None:
    ask(client, "somebody@else.example")
    assert mail.outbox == []


def test_no_mail_goes_to_somebody_whose_access_has_ended(client: Client, patient: Patient) -> None:
    patient.access.update(until=Clinic.load().today() - timedelta(days=2))
    ask(client)
    assert mail.outbox == []


def test_two_who_share_an_address_are_told_apart_by_first_names(client: Client, patient: Patient) -> None:
    with_email(make_patient(given_name="Bertram"))
    come_in(client)
    page = client.get(reverse("start_email_who")).content.decode()
    assert all(name in page for name in ("Rosamund", "Bertram"))


def test_who_shares_an_address_opens_the_plan_that_was_chosen(client: Client, patient: Patient) -> None:
    other = with_email(make_patient(given_name="Bertram"))
    come_in(client)
    client.post(reverse("start_email_who"), {"who": str(make_access(patient=other).pk)})
    assert client.session["_auth_user_id"] == str(make_access(patient=other).user_id)


def test_nobody_chooses_a_plan_beside_the_address(client: Client, patient: Patient) -> None:
    with_email(make_patient())
    come_in(client)
    answer = client.post(reverse("start_email_who"), {"who": str(make_access(patient=make_patient()).pk)})
    assert answer.status_code == 422


def test_the_choice_waits_ten_minutes(client: Client, patient: Patient) -> None:
    with_email(make_patient())
    with travel(NOON, tick=False):
        come_in(client)
    with travel(NOON + timedelta(minutes=10), tick=False):
        assert client.get(reverse("start_email_who")).status_code == 302


@pytest.mark.parametrize("typed", ["", "no address", "a@b", "x" * 300 + "@mail.example"])
def test_what_is_no_address_gets_a_sentence(client: Client, typed: str) -> None:
    assert ask(client, typed).status_code == 422


def test_without_mail_there_is_no_such_way(client: Client, settings: Settings) -> None:
    settings.CAN_MAIL = False
    assert client.get(reverse("start_email")).status_code == 404


def test_without_mail_the_start_page_offers_none(client: Client, settings: Settings) -> None:
    settings.CAN_MAIL = False
    assert reverse("start_email") not in client.get(reverse("start")).content.decode()


def test_a_mail_that_cannot_be_sent_breaks_nothing(
    client: Client, patient: Patient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert ask(client).status_code == 302


def test_old_codes_are_removed(patient: Patient) -> None:
    with travel(NOON, tick=False):
        ask_code(EMAIL)
    with travel(NOON + timedelta(hours=1), tick=False):
        ask_code(EMAIL)
    assert EmailCode.objects.count() == 1


class TestTurningItOn:
    @pytest.fixture
    def user(self, client: Client) -> User:
        user = make_access(patient=make_patient()).user
        client.force_login(user, backend="practice.backends.SteadyBackend")
        return user

    def give_address(self, client: Client) -> Any:
        return client.post(reverse("ways_in"), {"email": EMAIL})

    def test_the_address_is_kept_once_its_code_came_back(self, client: Client, user: User) -> None:
        self.give_address(client)
        client.post(reverse("ways_in_code"), {"code": mailed()})
        assert EmailWay.objects.get(user=user).email == EMAIL

    def test_nothing_is_on_before_the_code_came_back(self, client: Client, user: User) -> None:
        self.give_address(client)
        assert not EmailWay.objects.exists()

    def test_a_wrong_code_turns_nothing_on(self, client: Client, user: User) -> None:
        self.give_address(client)
        client.post(reverse("ways_in_code"), {"code": "0000 0000"})
        assert not EmailWay.objects.exists()

    def test_a_code_for_turning_on_does_not_sign_in(self, client: Client, user: User) -> None:
        code = ask_code(EMAIL, for_user=user)
        with pytest.raises(EmailCodeRefused):
            accept_code(code.pk, mailed())

    def test_it_is_turned_off_again(self, client: Client, user: User) -> None:
        EmailWay.objects.create(user=user, email=EMAIL, digest=digest_of(EMAIL))
        client.post(reverse("ways_in_email_off"))
        assert not EmailWay.objects.exists()

    def test_each_change_is_written_down(self, client: Client, user: User) -> None:
        self.give_address(client)
        client.post(reverse("ways_in_code"), {"code": mailed()})
        client.post(reverse("ways_in_email_off"))
        changes = AuditEvent.objects.filter(action=AuditEvent.Action.FACTOR_CHANGED).order_by("id")
        assert [each.detail for each in changes] == ["e-mail on", "e-mail off"]
