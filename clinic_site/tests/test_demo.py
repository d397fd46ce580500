"""The demo: invented people, their stories, and what keeps all of it away from a real clinic's data."""

from collections.abc import Iterator
from pathlib import Path
from socket import create_server
from urllib.request import urlopen

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import override_settings
from django.urls import resolve
from pytest_django import DjangoDbBlocker, Settings

from clinic_site.demo.building import build_demo
from clinic_site.demo.cast import STAFF
from clinic_site.demo.guarding import DemoRefused, refuse_unless_demo, remove_own_database
from clinic_site.demo.pages import PAGES, address_of
from clinic_site.demo.serving import served_demo
from clinic_site.demo.sign_ins import PatientRecord, SignIns, lines_to_print, read_sign_ins, write_sign_ins
from clinic_site.demo.stories import STORIES
from clinic_site.demo.visits import Page
from intake.models import Patient, PatientAccess, Screening
from intake.tests.factories import redeem
from plans.models import Acknowledgement, Plan, PlanVersion
from practice.models import Clinic, User
from therapies.models import InstructionVersion, Origin, Status
from therapies.sign_off import rule_set_is_signed

# The demo takes long to make and is made once, by one worker.
pytestmark = pytest.mark.xdist_group("demo")
FAST = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def sign_ins(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[SignIns]:
    """A whole demo, made once for this file and taken back at its end."""
    with django_db_blocker.unblock(), FAST, transaction.atomic():
        call_command("make_roles", verbosity=0)
        call_command("load_catalogue", verbosity=0)
        yield build_demo(BASE)
        transaction.set_rollback(True)


def current(record: PatientRecord) -> PlanVersion:
    return PlanVersion.objects.get(pk=record.versions[0])


def verdicts(record: PatientRecord) -> tuple[str, str]:
    """The verdicts for ice and heat with which the story's plan was issued."""
    advice = current(record).advice
    assert advice
    return advice["ice"]["verdict"], advice["heat"]["verdict"]


def test_the_demo_has_at_least_twelve_patients(sign_ins: SignIns) -> None:
    assert len(sign_ins.patients) >= 12


def test_the_demo_has_every_state_of_the_work() -> None:
    assert {story.reached.name for story in STORIES} == {
        "REGISTERED",
        "SCREENING_DRAFT",
        "SCREENED",
        "PLAN_DRAFT",
        "ISSUED",
        "SECOND_VERSION",
        "STOPPED",
        "HELD",
        "ENDED",
    }


def test_the_one_with_weeks_of_spasms_gets_heat_and_no_ice(sign_ins: SignIns) -> None:
    assert verdicts(sign_ins.patient("stuck-for-weeks")) == ("not_suitable", "suitable")


def test_the_one_with_weeks_of_spasms_is_told_about_the_shoulder(sign_ins: SignIns) -> None:
    assert "shoulder surgery this summer" in current(sign_ins.patient("stuck-for-weeks")).note


def test_the_fresh_sprain_gets_ice_and_no_heat(sign_ins: SignIns) -> None:
    assert verdicts(sign_ins.patient("fresh-sprain")) == ("suitable", "not_suitable")


def test_one_patient_reads_everything_in_spanish(sign_ins: SignIns) -> None:
    assert Patient.objects.get(pk=sign_ins.patient("in-spanish").patient).language == "es"


def test_poor_circulation_rules_ice_out(sign_ins: SignIns) -> None:
    assert verdicts(sign_ins.patient("poor-circulation"))[0] == "not_suitable"


def test_lost_feeling_rules_both_out(sign_ins: SignIns) -> None:
    assert verdicts(sign_ins.patient("no-feeling")) == ("not_suitable", "not_suitable")


def test_the_grey_zone_was_acknowledged(sign_ins: SignIns) -> None:
    version = current(sign_ins.patient("grey-zone"))
    assert Acknowledgement.objects.filter(version=version, modality="heat").exists()


def test_the_plan_that_is_over_has_ended(sign_ins: SignIns) -> None:
    assert Plan.objects.get(pk=sign_ins.patient("plan-over").plan).status == Plan.Status.ENDED


@pytest.mark.parametrize(("slug", "level"), [("stopped-emergency", "emergency"), ("stopped-review", "review")])
def test_the_stopped_plans_are_stopped(sign_ins: SignIns, slug: str, level: str) -> None:
    assert current(sign_ins.patient(slug)).plan.stopped_level == level


def test_the_second_version_leaves_the_first_to_read(sign_ins: SignIns) -> None:
    assert [PlanVersion.objects.get(pk=pk).number for pk in sign_ins.patient("second-version").versions] == [
        2,
        1,
    ]


def test_the_half_screened_one_has_a_draft_with_answers(sign_ins: SignIns) -> None:
    draft = Screening.objects.drafts().get(patient=sign_ins.patient("half-screened").patient)
    assert draft.typed["regions"] == ["low_back"]


def test_the_plan_to_issue_is_a_draft(sign_ins: SignIns) -> None:
    assert PlanVersion.objects.get(pk=sign_ins.patient("plan-to-issue").draft).is_draft


def test_everybody_of_the_demo_is_marked_as_such(sign_ins: SignIns) -> None:
    assert not User.objects.filter(is_demo=False).exists()


def test_a_printed_code_opens_its_patients_plan(sign_ins: SignIns) -> None:
    record = sign_ins.patient("fresh-sprain")
    user = redeem(record.codes[0])
    assert PatientAccess.objects.filter(user=user, patient=record.patient).exists()


def test_a_helpers_code_opens_the_plan_under_the_helpers_own_name(sign_ins: SignIns) -> None:
    record = sign_ins.patient("large-print")
    access = PatientAccess.objects.get(patient=record.patient, user=redeem(record.helper_codes[0]))
    assert (access.is_proxy, access.user.display_name) == (True, record.helper)


def test_who_helps_two_patients_is_one_person(sign_ins: SignIns) -> None:
    helped = [each.patient for each in sign_ins.with_helper]
    helpers = PatientAccess.objects.proxies().filter(patient__in=helped).values_list("user", flat=True)
    assert (len(helpers), len(set(helpers))) == (2, 1)


def test_the_helper_is_printed_with_codes(sign_ins: SignIns) -> None:
    printed = "\n".join(lines_to_print(sign_ins))
    assert all(code in printed for record in sign_ins.with_helper for code in record.helper_codes)


def test_running_again_gives_the_helper_no_second_access(sign_ins: SignIns) -> None:
    before = PatientAccess.objects.proxies().count()
    build_demo(BASE)
    assert PatientAccess.objects.proxies().count() == before


def test_running_again_adds_nobody(sign_ins: SignIns) -> None:
    before = Patient.objects.count()
    build_demo(BASE)
    assert Patient.objects.count() == before


def test_running_again_makes_new_codes(sign_ins: SignIns) -> None:
    again = build_demo(BASE).patient("stuck-for-weeks").codes
    assert not set(again) & set(sign_ins.patient("stuck-for-weeks").codes)


def test_running_again_drafts_the_clinics_own_words_only_once(sign_ins: SignIns) -> None:
    build_demo(BASE)
    assert InstructionVersion.objects.filter(status=Status.DRAFT, origin=Origin.CLINIC).count() == 1


def test_the_sign_ins_are_read_as_they_were_written(sign_ins: SignIns, tmp_path: Path) -> None:
    write_sign_ins(sign_ins, tmp_path / "sign-ins.json")
    assert read_sign_ins(tmp_path / "sign-ins.json") == sign_ins


def test_every_staff_password_is_printed(sign_ins: SignIns) -> None:
    printed = "\n".join(lines_to_print(sign_ins))
    assert all(member.password in printed for member in STAFF)


def test_demo_passwords_are_as_long_as_any() -> None:
    assert all(len(member.password) >= 12 for member in STAFF)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.label)
def test_every_page_of_the_table_has_an_address(page: Page, sign_ins: SignIns) -> None:
    assert resolve(address_of(page, sign_ins)).view_name == page.route


def test_no_two_pages_of_the_table_share_a_label() -> None:
    labels = [page.label for page in PAGES]
    assert sorted(labels) == sorted(set(labels))


@pytest.mark.django_db
def test_the_demos_owner_and_clinician_signed_the_rule_set(sign_ins: SignIns) -> None:
    assert rule_set_is_signed(Clinic.load())


@pytest.mark.django_db
def test_the_demo_is_refused_beside_real_staff(settings: Settings) -> None:
    settings.DEBUG = True  # Test runs turn it off.
    User.objects.create_staff("somebody", "a-real-password", display_name="Somebody")
    with pytest.raises(DemoRefused, match="real data"):
        refuse_unless_demo()


@pytest.mark.django_db
def test_the_demo_is_refused_when_debug_is_off(settings: Settings) -> None:
    settings.DEBUG = False
    with pytest.raises(DemoRefused, match="demo mode"):
        refuse_unless_demo()


@pytest.mark.django_db
def test_a_fresh_start_never_removes_another_database(settings: Settings) -> None:
    settings.DEBUG = True  # Test runs turn it off.
    with pytest.raises(DemoRefused, match="nothing was removed"):
        remove_own_database()
    assert connection.introspection.table_names()


@pytest.mark.parametrize("port", ["", "abc", "0", "70000", "٨٠"])
def test_a_wrong_port_is_named(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="PORT must be a number"):
        call_command("demo", no_serve=True)


def test_a_port_in_use_is_told_before_anything_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    with create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        monkeypatch.setenv("PORT", port)
        with pytest.raises(CommandError, match=f"PORT {port} is in use"):
            call_command("demo")


def test_a_handed_out_plan_was_printed(sign_ins: SignIns) -> None:
    assert current(sign_ins.patient("stuck-for-weeks")).printings.exists()


def test_the_fresh_plan_waits_to_be_printed(sign_ins: SignIns) -> None:
    assert not current(sign_ins.patient("fresh-sprain")).printings.exists()


def test_everybody_is_as_old_as_their_story_says(sign_ins: SignIns) -> None:
    today = Clinic.load().today()
    ages = {story.slug: story.age for story in STORIES}
    born = {record.slug: Patient.objects.get(pk=record.patient) for record in sign_ins.patients}
    assert {slug: patient.age_on(today) for slug, patient in born.items()} == ages


def test_a_served_demo_shows_its_clinic_and_leaves_nothing_behind() -> None:
    with served_demo() as demo:
        assert "Riverbend Back Clinic" in urlopen(demo.base_url).read().decode()
    assert not demo.folder.exists()
