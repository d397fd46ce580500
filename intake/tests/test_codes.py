"""Sign-in codes: each works once, is kept as its HMAC only, and ends with the plan."""

import hmac
from datetime import timedelta
from hashlib import sha256
from math import log2

import pytest
from django.conf import LazySettings
from django.db import connection

from intake import codes
from intake.codes import CODES_ON_A_SHEET, CodeRefused, MintedSheet, belong_to, digest, revoke
from intake.models import PatientAccess, SignInCode
from intake.tests.factories import make_access, make_codes, make_patient, make_staff, redeem
from practice.models import AuditEvent, Clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def sheet() -> MintedSheet:
    return make_codes(patient=make_patient())


def test_a_sheet_has_three_different_codes(sheet: MintedSheet) -> None:
    assert len(set(sheet.codes)) == CODES_ON_A_SHEET == 3


def test_the_codes_are_numbered_1_to_3(sheet: MintedSheet) -> None:
    assert list(sheet.sheet.codes.values_list("number", flat=True)) == [1, 2, 3]


def test_a_code_opens_its_owner(sheet: MintedSheet) -> None:
    assert redeem(sheet.codes[0]) == sheet.sheet.access.user


def test_a_code_works_once(sheet: MintedSheet) -> None:
    redeem(sheet.codes[0])
    with pytest.raises(CodeRefused):
        redeem(sheet.codes[0])


def test_the_next_code_works_when_the_first_is_used_up(sheet: MintedSheet) -> None:
    redeem(sheet.codes[0])
    assert redeem(sheet.codes[1]) == sheet.sheet.access.user


def test_codes_work_in_any_order(sheet: MintedSheet) -> None:
    redeem(sheet.codes[2])
    assert redeem(sheet.codes[0]) == sheet.sheet.access.user


@pytest.mark.parametrize(
    "retyped",
    [
        lambda code: code.lower(),
        lambda code: code.replace("-", ""),
        lambda code: code.replace("-", " "),
        lambda code: f"  {code} ",
        lambda code: " ".join(code),
        lambda code: code.replace("-", "–").swapcase(),
    ],
    ids=["lower case", "no dashes", "blanks for dashes", "blanks around", "blanks between", "long dashes"],
)
def test_a_code_survives_how_it_is_typed(sheet: MintedSheet, retyped: object) -> None:
    assert callable(retyped)
    assert redeem(retyped(sheet.codes[0])) == sheet.sheet.access.user


@pytest.mark.parametrize(
    "typed", ["", "---", "K7M-BCDF-GHJK", "😀😀😀", "\x00\x07\x1b", "K" * 10_000, "' OR 1=1 --", "كود"]
)
def test_what_is_no_code_is_refused(sheet: MintedSheet, typed: str) -> None:
    with pytest.raises(CodeRefused):
        redeem(typed)


def test_an_expired_code_is_refused() -> None:
    sheet = make_codes(patient=make_patient(), valid_until=Clinic.load().today() - timedelta(days=2))
    with pytest.raises(CodeRefused):
        redeem(sheet.codes[0])


def test_a_revoked_code_is_refused(sheet: MintedSheet) -> None:
    revoke(sheet.sheet.access)
    with pytest.raises(CodeRefused):
        redeem(sheet.codes[0])


def test_new_codes_replace_the_old_ones() -> None:
    patient = make_patient()
    old = make_codes(patient=patient)
    make_codes(patient=patient)
    with pytest.raises(CodeRefused):
        redeem(old.codes[0])


def test_new_codes_are_for_the_same_person_as_the_old_ones() -> None:
    patient = make_patient()
    old, new = make_codes(patient=patient), make_codes(patient=patient)
    assert old.sheet.access.user == new.sheet.access.user


def test_a_code_is_refused_when_the_access_has_ended(sheet: MintedSheet) -> None:
    access = sheet.sheet.access
    PatientAccess.objects.filter(pk=access.pk).update(until=Clinic.load().today() - timedelta(days=2))
    with pytest.raises(CodeRefused):
        redeem(sheet.codes[0])


def test_a_code_is_refused_when_the_person_is_locked_out(sheet: MintedSheet) -> None:
    user = sheet.sheet.access.user
    user.is_active = False
    user.save()
    with pytest.raises(CodeRefused):
        redeem(sheet.codes[0])


def test_a_code_is_stored_as_its_hmac_under_the_code_key(sheet: MintedSheet, settings: LazySettings) -> None:
    letters = sheet.codes[0].replace("-", "")
    expected = hmac.new(settings.CODE_KEY.encode(), letters.encode(), sha256).hexdigest()
    assert SignInCode.objects.get(sheet=sheet.sheet, number=1).digest == expected


def test_another_code_key_gives_another_digest(settings: LazySettings) -> None:
    before = digest("K7M-BCDF-GHJK")
    settings.CODE_KEY = "another key of more than thirty-two characters"
    assert digest("K7M-BCDF-GHJK") != before


def test_no_table_holds_a_code_in_the_clear(sheet: MintedSheet) -> None:
    wanted = {form for code in sheet.codes for form in (code, code.replace("-", ""))}
    stored = " ".join(repr(row) for table in connection.introspection.table_names() for row in _rows(table))
    assert not [form for form in wanted if form in stored]


def _rows(table: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        return cursor.fetchall()


def test_making_codes_is_logged(sheet: MintedSheet) -> None:
    event = AuditEvent.objects.get(action=AuditEvent.Action.CODES_MADE)
    assert event.patient_id == sheet.sheet.access.patient_id


def test_codes_belong_to_the_patient_they_were_made_for(sheet: MintedSheet) -> None:
    assert belong_to(sheet.sheet.access.patient, sheet.codes)


def test_codes_do_not_belong_to_somebody_else(sheet: MintedSheet) -> None:
    other = make_patient(given_name="Lee")
    make_access(patient=other)
    assert not belong_to(other, sheet.codes)


def test_living_codes_follow_the_plan_to_its_new_end(sheet: MintedSheet) -> None:
    later = sheet.sheet.valid_until + timedelta(days=30)
    codes.keep_valid(sheet.sheet.access.patient, until=later)
    sheet.sheet.refresh_from_db()
    assert sheet.sheet.valid_until == later


def test_a_plan_s_codes_last_fourteen_days_longer_than_the_plan() -> None:
    today = Clinic.load().today()
    assert codes.valid_after_plan(today) - today == timedelta(days=14)


def test_the_sheet_says_who_made_it() -> None:
    staff = make_staff()
    assert make_codes(patient=make_patient(), by=staff).sheet.made_by == staff


@pytest.mark.requirement("ASVS 6.5.3")
def test_every_sign_of_a_code_comes_from_the_systems_generator(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def first(signs: str) -> str:
        asked.append(signs)
        return signs[0]

    monkeypatch.setattr(codes.secrets, "choice", first)
    assert codes._new_code() == "BBB-BBBB-BBBB"
    assert asked == [codes.LOCATOR] * 3 + [codes.CONSONANTS] * 8


@pytest.mark.requirement("ASVS 6.5.4")
def test_what_follows_the_locator_has_34_bits(sheet: MintedSheet) -> None:
    assert log2(len(codes.CONSONANTS) ** len(sheet.codes[0].replace("-", "")[3:])) > 34


def test_the_first_three_signs_find_a_code_and_nothing_else_of_it_is_kept(sheet: MintedSheet) -> None:
    assert [each.locator for each in sheet.sheet.codes.all()] == [code[:3] for code in sheet.codes]
