"""Somebody who helps a patient: a person of their own, with a relation, until a day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from time_machine import travel

from intake.codes import CodeRefused, mint_for_proxy, own_sheet
from intake.models import Patient, PatientAccess
from intake.proxies import LONGEST, ProxyRefused, accesses_of, give_access, latest_end, proxies_named, take_away
from intake.tests.factories import BACKEND, make_codes, make_patient, make_staff, redeem, type_code
from intake.tests.factories_restrictions import make_restriction
from practice.models import AuditEvent, Clinic, DeviceSession, User

NOON = datetime(2026, 11, 20, 18, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def give(
    patient: Patient | None = None, *, name: str = "Ana Ruiz", days: int = 30, same_as: User | None = None
) -> PatientAccess:
    today = Clinic.load().today()
    return give_access(
        patient or make_patient(),
        by=make_staff(),
        name=name,
        stands_as=PatientAccess.StandsAs.MOTHER,
        until=today + timedelta(days=days),
        today=today,
        same_as=same_as,
    )


def sees(user: User) -> list[Patient]:
    return list(Patient.objects.visible_to(User.objects.get(pk=user.pk)))


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 8.2.2")
def test_a_proxy_sees_the_patient_and_nobody_else() -> None:
    make_patient()
    access = give()
    assert sees(access.user) == [access.patient]


@pytest.mark.django_db
def test_a_proxy_is_not_the_patient() -> None:
    patient = make_patient()
    assert make_codes(patient=patient).sheet.access.user != give(patient).user


@pytest.mark.django_db
def test_a_proxy_goes_by_their_own_name_on_the_record() -> None:
    assert str(give().user) == "Ana Ruiz"


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 8.2.1")
def test_the_last_day_is_still_open() -> None:
    with travel(NOON, tick=False):
        access = give(days=1)
    with travel(NOON + timedelta(days=1), tick=False):
        assert sees(access.user)


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 8.2.1")
def test_the_day_after_the_last_one_is_closed() -> None:
    with travel(NOON, tick=False):
        access = give(days=1)
    with travel(NOON + timedelta(days=2), tick=False):
        assert sees(access.user) == []


@pytest.mark.django_db
def test_a_code_of_a_proxy_opens_nothing_after_the_last_day() -> None:
    with travel(NOON, tick=False):
        access = give(days=1)
        code = mint_for_proxy(access, by=make_staff(), valid_until=TODAY + timedelta(days=14)).codes[0]
    with travel(NOON + timedelta(days=2), tick=False), pytest.raises(CodeRefused):
        redeem(code)


@pytest.mark.django_db
def test_codes_for_a_proxy_leave_the_patients_own_alone() -> None:
    patient = make_patient()
    own = make_codes(patient=patient)
    mint_for_proxy(give(patient), by=make_staff(), valid_until=Clinic.load().today())
    assert own_sheet(patient) == own.sheet


@pytest.mark.django_db
def test_what_was_taken_away_is_closed_at_once() -> None:
    access = give()
    take_away(access, by=make_staff())
    assert sees(access.user) == []


@pytest.mark.django_db
def test_codes_of_access_that_was_taken_away_open_nothing() -> None:
    access = give()
    code = mint_for_proxy(access, by=make_staff(), valid_until=Clinic.load().today()).codes[0]
    take_away(access, by=make_staff())
    with pytest.raises(CodeRefused):
        redeem(code)


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 7.4.2")
def test_devices_of_a_proxy_are_signed_out_when_the_access_is_taken_away(client: Client) -> None:
    access = give()
    client.force_login(access.user, backend=BACKEND)
    take_away(access, by=make_staff())
    assert client.get(reverse("me")).status_code == 302


@pytest.mark.django_db
def test_a_proxy_of_two_stays_signed_in_for_the_other_one(client: Client) -> None:
    first = give()
    give(same_as=first.user)
    client.force_login(first.user, backend=BACKEND)
    take_away(first, by=make_staff())
    assert DeviceSession.objects.of(first.user).exists()


@pytest.mark.django_db
def test_access_is_taken_away_once() -> None:
    access = give()
    assert [take_away(access, by=make_staff()) for _ in range(2)] == [True, False]


@pytest.mark.django_db
def test_the_patients_own_access_is_not_taken_away_as_a_proxys() -> None:
    own = make_codes(patient=make_patient()).sheet.access
    assert not take_away(own, by=make_staff())


@pytest.mark.django_db
@pytest.mark.parametrize("action", [AuditEvent.Action.ACCESS_GIVEN, AuditEvent.Action.ACCESS_TAKEN])
def test_access_is_written_down(action: str) -> None:
    access = give()
    take_away(access, by=make_staff())
    assert AuditEvent.objects.get(action=action).patient_id == access.patient_id


@pytest.mark.django_db
def test_the_record_of_access_holds_no_day_that_tells_a_childs_birthday() -> None:
    give()
    assert AuditEvent.objects.get(action=AuditEvent.Action.ACCESS_GIVEN).detail == "mother"


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, LONGEST.days + 1])
def test_a_last_day_outside_of_the_allowed_ones_is_refused(days: int) -> None:
    with pytest.raises(ProxyRefused):
        give(days=days)


@pytest.mark.django_db
def test_somebody_who_has_access_gets_no_second_one() -> None:
    access = give()
    with pytest.raises(ProxyRefused):
        give(access.patient, same_as=access.user)


@pytest.mark.django_db
def test_a_proxy_of_somebody_else_is_found_by_the_name() -> None:
    access = give(name="Ána  RUIZ")
    assert proxies_named("ana ruiz", besides=make_patient(), to=make_staff()) == [access]


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 8.2.2")
def test_who_helps_somebody_with_a_restricted_record_is_not_told() -> None:
    make_restriction(patient=give(name="Ana Ruiz").patient)
    assert proxies_named("Ana Ruiz", besides=make_patient(), to=make_staff()) == []


@pytest.mark.django_db
def test_a_proxy_of_two_has_two_to_choose_from() -> None:
    first = give()
    second = give(same_as=first.user)
    assert set(accesses_of(first.user)) == {first, second}


@pytest.mark.django_db
def test_a_device_shows_the_one_whose_code_was_typed(client: Client) -> None:
    first = give(make_patient(given_name="Tomas"))
    second = give(make_patient(given_name="Lucia"), same_as=first.user)
    type_code(client, mint_for_proxy(second, by=make_staff(), valid_until=Clinic.load().today()).codes[0])
    assert "You are looking at Lucia’s plan as Ana Ruiz (mother)." in client.get(reverse("me")).content.decode()


def proxy_of_two(client: Client) -> tuple[PatientAccess, PatientAccess]:
    """Somebody who helps Tomas until tomorrow and Lucia for a month; the device shows Tomas."""
    first = give(make_patient(given_name="Tomas"), days=1)
    second = give(make_patient(given_name="Lucia"), same_as=first.user)
    type_code(client, mint_for_proxy(first, by=make_staff(), valid_until=Clinic.load().today()).codes[0])
    return first, second


@pytest.mark.django_db
def test_a_device_that_showed_whom_was_taken_away_shows_the_other(client: Client) -> None:
    first, _second = proxy_of_two(client)
    take_away(first, by=make_staff())
    page = client.get(reverse("me")).content.decode()
    assert ("You are looking at Lucia’s plan" in page, "Tomas" in page) == (True, False)


@pytest.mark.django_db
def test_a_device_goes_on_showing_the_other_when_one_is_taken_away(client: Client) -> None:
    _first, second = proxy_of_two(client)
    take_away(second, by=make_staff())
    assert "You are looking at Tomas’s plan" in client.get(reverse("me")).content.decode()


@pytest.mark.django_db
def test_a_device_that_showed_whom_the_time_is_over_for_shows_the_other(client: Client) -> None:
    with travel(NOON, tick=False) as clock:
        proxy_of_two(client)
        clock.shift(timedelta(days=3))
        page = client.get(reverse("me")).content.decode()
    assert ("You are looking at Lucia’s plan" in page, "Tomas" in page) == (True, False)


@pytest.mark.django_db
def test_no_name_stays_on_a_device_when_the_time_of_its_only_access_is_over(client: Client) -> None:
    with travel(NOON, tick=False) as clock:
        first = give(make_patient(given_name="Tomas"), days=1)
        type_code(client, mint_for_proxy(first, by=make_staff(), valid_until=TODAY).codes[0])
        clock.shift(timedelta(days=3))
        assert "Tomas" not in client.get(reverse("me")).content.decode()


@given(born=st.dates(date(1930, 1, 1), TODAY), today=st.just(TODAY))
def test_nobody_helps_for_longer_than_a_year_nor_a_grown_up_as_a_child(born: date, today: date) -> None:
    last = latest_end(Patient(birth_date=born), today)
    child = Patient(birth_date=born).age_on(today) < 18
    assert last <= today + LONGEST
    assert not child or Patient(birth_date=born).age_on(last) < 18
