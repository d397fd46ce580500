"""The disk is full, the database is gone, the process is killed: a plain page, no half state, nothing lost."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from clinic_site.failures import server_error
from clinic_site.faults.deeds import ANSWERING, BACKING_UP, ISSUING, Said
from clinic_site.faults.looking import faults
from clinic_site.tests.elsewhere import committed, empty, gone
from intake.models import Patient, Screening
from intake.tests.factories import make_clinician, make_patient, make_staff, sign_in_patient, sign_in_staff
from plans.assigning import issue_plan
from plans.models import DoneToday, PlanVersion
from plans.tests.factories import make_issued, make_ready_draft
from plans.tests.factories_phases import ask
from practice import audit
from practice.models import AuditEvent, Clinic, DeviceSession, User
from practice.roles import Role
from practice.tests.factories_sessions import sign_in
from practice.tests.factories_sign_in import PASSWORD, make_member
from practice.tests.shared_computer import make_with_pin

pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
KILLS = 20


@contextmanager
def little_room() -> Iterator[None]:
    """The database may not grow. PostgreSQL knows no such limit: there a few more rows may be written."""
    if connection.vendor == "postgresql":
        with connection.execute_wrapper(full_after(rows=20)):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA max_page_count = 1073741823")


def full_after(rows: int) -> Callable[..., Any]:
    written = 0

    def refuse(execute: Callable[..., Any], sql: str, *args: Any) -> Any:
        nonlocal written
        writes = sql.startswith(("INSERT", "UPDATE"))
        written += writes
        if writes and written > rows:
            raise OperationalError("could not extend file: No space left on device")
        return execute(sql, *args)

    return refuse


def visitor() -> Client:
    """Somebody whose browser has been here before."""
    client = Client(raise_request_exception=False)
    client.cookies[django_settings.SESSION_COOKIE_NAME] = "0" * 32
    return client


@pytest.mark.parametrize("name", ["home", "start", "sign_in", "me", "today"])
@pytest.mark.requirement("ASVS 16.5.1")
def test_a_lost_database_is_a_plain_page(tmp_path: Path, name: str) -> None:
    with gone(tmp_path):
        answer = visitor().get(reverse(name))
    assert (answer.status_code, b"Nothing can be opened or saved just now" in answer.content) == (503, True)


def test_a_lost_database_does_not_say_what_was_asked_of_it(tmp_path: Path) -> None:
    with gone(tmp_path):
        answer = visitor().get(reverse("home"))
    assert not [word for word in (b"unable", b"database", b"Error", b"sqlite") if word in answer.content]


def test_a_lost_database_says_when_to_come_back(tmp_path: Path) -> None:
    with gone(tmp_path):
        assert visitor().get(reverse("home"))["Retry-After"] == "120"


def test_a_lost_database_is_not_ready_but_alive(tmp_path: Path) -> None:
    with gone(tmp_path):
        states = [Client().get(reverse(name)).status_code for name in ("health_ready", "health_alive")]
    assert states == [503, 200]


def forgotten(client: Client, answer: Any) -> tuple[bool, bool]:
    """Whether the browser has lost its key, and is told to forget what it holds."""
    return client.cookies[django_settings.SESSION_COOKIE_NAME].value == "", "Clear-Site-Data" in answer


@pytest.mark.requirement("ASVS 7.4.1", "ASVS 14.3.1")
@pytest.mark.parametrize("name", ["sign_out", "screen_lock"])
def test_whoever_leaves_while_the_database_is_lost_is_forgotten_by_the_browser(tmp_path: Path, name: str) -> None:
    client = visitor()
    with gone(tmp_path):
        answer = client.post(reverse(name))
    assert (answer.status_code, b"You are signed out on this device" in answer.content) == (503, True)
    assert forgotten(client, answer) == (True, True)


def test_whoever_reads_while_the_database_is_lost_stays_signed_in(tmp_path: Path) -> None:
    client = visitor()
    with gone(tmp_path):
        answer = client.get(reverse("me"))
    assert forgotten(client, answer) == (False, False)


@pytest.mark.requirement("ASVS 7.4.1")
def test_whoever_signs_out_on_a_full_disk_is_signed_out(tmp_path: Path) -> None:
    client, patient = visitor(), make_issued().plan.patient
    sign_in_patient(client, patient)
    with committed(tmp_path):
        with connection.execute_wrapper(full_after(rows=0)):
            answer = client.post(reverse("sign_out"))
        assert (answer.status_code, DeviceSession.objects.exists()) == (302, False)
    assert forgotten(client, answer) == (True, True)


@pytest.mark.requirement("ASVS 14.3.1")
def test_whoever_locks_the_screen_on_a_full_disk_leaves_nothing_on_it(tmp_path: Path) -> None:
    Clinic.load()
    client = sign_in(make_with_pin(), client=visitor())
    with committed(tmp_path), connection.execute_wrapper(full_after(rows=0)):
        answer = client.post(reverse("screen_lock"))
    assert (answer.status_code, *forgotten(client, answer)) == (503, True, True)


def test_what_is_our_own_fault_is_no_lost_database(rf: RequestFactory) -> None:
    try:
        raise ValueError("a fault of ours")
    except ValueError:
        assert server_error(rf.get("/")).status_code == 500


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


@pytest.mark.requirement("ASVS 16.5.1")
def test_a_full_disk_is_a_plain_page_and_leaves_no_half_row(tmp_path: Path) -> None:
    """Also where somebody only reads: what cannot be written down is not shown."""
    patient, plan, desk, nobody = make_issued().plan.patient, visitor(), visitor(), visitor()
    sign_in_patient(plan, patient)
    sign_in_staff(desk, Role.CLINICIAN)
    member = make_member()
    typed = {"given_name": "Li", "family_name": "Aster", "birth_date": "1951-03-04", "language": "en"}
    asked: dict[str, Callable[[], Any]] = {
        "a patient's plan": lambda: plan.get(reverse("me")),
        "a patient's page": lambda: desk.get(reverse("patient", args=[patient.pk])),
        "registering": lambda: desk.post(reverse("patient_new"), typed | {"text_size": "normal"}),
        "a search": lambda: desk.post(reverse("patients"), {"text": "Aster"}),
        "a plan": lambda: desk.post(reverse("plan_start", args=[patient.pk])),
        "a password": lambda: nobody.post(reverse("sign_in"), {"username": member.username, "password": PASSWORD}),
        "a code": lambda: nobody.post(reverse("start"), {"code": "BCD-FGHJ-KLMN"}),
    }
    with committed(tmp_path):
        before = rows()
        with connection.execute_wrapper(full_after(rows=0)):
            told = {name: ask().status_code for name, ask in asked.items()}
        assert (told, rows()) == (dict.fromkeys(asked, 503), before)


def test_a_full_disk_keeps_no_half_tick(tmp_path: Path) -> None:
    client, version = visitor(), make_issued()
    sign_in_patient(client, version.plan.patient)
    with committed(tmp_path):
        with connection.execute_wrapper(full_after(rows=0)):
            answer = client.post(reverse("me_done", args=[version.items.get().pk]))
        assert (answer.status_code, DoneToday.objects.count()) == (503, 0)


def test_a_full_disk_issues_whole_plans_or_none(tmp_path: Path) -> None:
    clinician = make_clinician()
    drafts = [make_ready_draft(items=[{}], by=clinician) for _ in range(12)]
    with committed(tmp_path), little_room():
        outcomes = {issued_for_good(draft, clinician) for draft in drafts}
    # A test of a disk that is never full, or always, would say nothing.
    assert outcomes == {True, False}


def issued_for_good(draft: PlanVersion, by: User) -> bool:
    clinic = Clinic.load()
    try:
        issue_plan(draft.pk, revision=draft.revision, by=by, clinic=clinic, today=clinic.today())
        was_issued = True
    except OperationalError:
        was_issued = False
    version = PlanVersion.objects.select_related("plan").get(pk=draft.pk)
    state = (not version.is_draft, version.plan.status == "active", events_of(version) == 1)
    assert state == (was_issued,) * 3
    return was_issued


def events_of(version: PlanVersion) -> int:
    return AuditEvent.objects.filter(action="issued", object_id=str(version.pk)).count()


def test_a_full_disk_keeps_whole_answers_or_none(tmp_path: Path) -> None:
    patients, staff = [make_patient() for _ in range(12)], make_staff()
    with committed(tmp_path), little_room():
        outcomes = {sent_for_good(patient, staff) for patient in patients}
    assert outcomes == {True, False}


def sent_for_good(patient: Patient, staff: User) -> bool:
    try:
        ask(patient, by=staff)
        was_sent = True
    except OperationalError:
        was_sent = False
    sent = Screening.objects.sent().filter(patient=patient).count()
    assert (sent, AuditEvent.objects.filter(action="screened", patient_id=patient.pk).count()) == (was_sent,) * 2
    return was_sent


def test_a_lost_deed_is_noticed(tmp_path: Path) -> None:
    said = [Said(deed, str(uuid4())) for deed in (ANSWERING, ISSUING, BACKING_UP)]
    assert len(list(faults(said, tmp_path, set()))) == 3


def test_a_deed_that_was_done_twice_is_noticed(tmp_path: Path) -> None:
    version = make_issued()
    for _ in range(2):
        audit.record(audit.Action.ISSUED, actor=None, about=version, patient_id=version.plan.patient_id)
    assert any("2 events" in fault for fault in faults([], tmp_path, set()))


def test_half_a_backup_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "steady-20260101T000000.000000Z.backup").write_bytes(b"half of it")
    assert any("not a backup" in fault for fault in faults([], tmp_path, set()))


def test_a_process_that_is_killed_loses_nothing_and_does_nothing_twice(tmp_path: Path) -> None:
    with place(tmp_path) as name:
        done = subprocess.run(
            [sys.executable, "manage.py", "fault_drill", "--times", str(KILLS)],
            cwd=django_settings.BASE_DIR,
            env=os.environ | {"DATABASE_URL": url_of(name), "STEADY_VAR": str(tmp_path), "DEMO": "true"},
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stdout.count("."), "Nothing was lost" in done.stdout) == (0, KILLS + 2, True), (
        done.stdout + done.stderr
    )


def place(folder: Path) -> AbstractContextManager[str]:
    """A database without people: on SQLite one that has its tables already, which saves making them."""
    return committed(folder) if connection.vendor == "sqlite" else empty(folder)


def url_of(name: str) -> str:
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    told = connection.settings_dict
    return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{name}"
