"""The plan page keeps SQL and what is made of words alone: what was decided since the last look shows at the next."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import Settings
from time_machine import travel

from intake.models import Patient, PatientAccess
from intake.tests.factories import make_access, make_patient, sign_in_patient
from plans import today_plan as module
from plans.models import Plan, PlanVersion
from plans.tests.factories import end, make_issued
from plans.tests.factories_phases import make_hold, make_release
from plans.tests.test_patient_pages import page
from plans.today_plan import read_version, today_plan
from practice import models as practice_models
from practice.kept_sql import Given, KeptQuery
from practice.models import Clinic, User
from therapies.models import SafetyNotice, TextReview
from therapies.tests.factories import make_instruction_text, make_instruction_version
from therapies.tests.factories_reviews import make_review, words_of

pytestmark = pytest.mark.django_db
KEPT: list[tuple[KeptQuery[Any], dict[str, Any]]] = [
    (practice_models._the_clinic, {}),
    (module._newest_version, {"of_chosen": False}),
    (module._newest_version, {"of_chosen": True}),
    (module._items, {"language": "en", "reviewed": False, "on_a_day": True}),
    (module._items, {"language": "es", "reviewed": True, "on_a_day": False}),
]


@pytest.fixture
def patient(client: Client) -> Patient:
    someone = make_patient()
    sign_in_patient(client, someone)
    return someone


@pytest.fixture
def version(client: Client, patient: Patient) -> PlanVersion:
    """A plan of one item, which the patient has looked at."""
    issued = make_issued(patient=patient, items=[{"title": "Knee rolls", "text": {"steps": ["Lie down."]}}])
    assert "Lie down." in page(client)
    return issued


# --- what was decided since --------------------------------------------------------------------------------


def test_a_hold_shows_at_the_next_look(client: Client, version: PlanVersion) -> None:
    make_hold(item=version.items.get())
    assert "Lie down." not in page(client)


def test_a_hold_that_is_released_is_gone_at_the_next_look(client: Client, version: PlanVersion) -> None:
    hold = make_hold(item=version.items.get())
    assert "Your blood flow is poor." in page(client)
    make_release(hold=hold)
    assert "Lie down." in page(client)


def test_a_correction_for_safety_shows_at_the_next_look(client: Client, version: PlanVersion) -> None:
    SafetyNotice.objects.create(version=version.items.get().instruction_version, text="A towel slipped.")
    assert "Lie down." not in page(client)


def test_a_plan_that_is_stopped_is_gone_at_the_next_look(client: Client, version: PlanVersion) -> None:
    Plan.objects.filter(pk=version.plan_id).update(stopped_by=version.screening, stopped_level="review")
    assert "Lie down." not in page(client)


def test_a_plan_that_has_ended_is_gone_at_the_next_look(client: Client, version: PlanVersion) -> None:
    end(version)
    assert "Lie down." not in page(client)


def test_a_new_version_of_the_plan_shows_at_the_next_look(
    client: Client, patient: Patient, version: PlanVersion
) -> None:
    make_issued(patient=patient, items=[{"title": "Knee rolls", "text": {"steps": ["Sit down."]}}])
    assert ("Lie down." in page(client), "Sit down." in page(client)) == (False, True)


def test_the_clinics_new_number_shows_at_the_next_look(client: Client, version: PlanVersion) -> None:
    Clinic.objects.update(phone="(312) 555-0199", hours="Monday to Friday", after_hours="Call 911.")
    assert "(312) 555-0199" in page(client)


# --- who may look ------------------------------------------------------------------------------------------


def proxy_of(patient: Patient) -> User:
    return make_access(patient=patient, relation=PatientAccess.Relation.PROXY, until=Clinic.load().today()).user


def test_the_plan_is_closed_to_somebody_else_who_looks_next(version: PlanVersion) -> None:
    day, other = Clinic.load().today(), make_access(patient=make_patient()).user
    assert today_plan(make_access(patient=version.plan.patient).user, day)
    assert today_plan(other, day) is None


def test_the_plan_is_closed_on_the_day_after_the_last_one_of_an_access(version: PlanVersion) -> None:
    day, proxy = Clinic.load().today(), proxy_of(version.plan.patient)
    assert today_plan(proxy, day)
    with travel(version.issued_at + timedelta(days=2)):
        assert today_plan(proxy, day) is None


def test_a_proxy_of_two_people_sees_the_one_who_is_chosen_now(version: PlanVersion) -> None:
    proxy, other = proxy_of(version.plan.patient), make_issued()
    make_access(patient=other.plan.patient, relation=PatientAccess.Relation.PROXY, user=proxy)
    seen = []
    for chosen in (version.plan.patient_id, other.plan.patient_id):
        proxy.sees_only = chosen
        plan = today_plan(proxy, Clinic.load().today())
        seen.append(plan and plan.version)
    assert seen == [version, other]


# --- whose words -------------------------------------------------------------------------------------------


def test_an_approval_that_is_taken_back_counts_at_the_next_look(settings: Settings) -> None:
    settings.DEMO = False
    bilingual = make_instruction_version(title="Ice pack")
    make_instruction_text(version=bilingual, language="es", title="Compresa fría")
    issued, titles = make_issued(items=[{"instruction_version": bilingual}]), []
    for outcome in (TextReview.Outcome.APPROVED, TextReview.Outcome.NEEDS_WORK):
        make_review(of=words_of(bilingual), outcome=outcome)
        with override("es"):
            titles += [each.words.title for each in read_version(issued).items]
    assert titles == ["Compresa fría", "Ice pack"]


def test_the_same_words_are_written_in_the_language_of_each_reader(version: PlanVersion) -> None:
    [each] = read_version(version).items
    written = []
    for language in ("en", "es", "en"):
        with override(language):
            written.append("Stop if" in each.how_to)
    assert written == [True, False, True]


# --- what is kept ------------------------------------------------------------------------------------------


def statement(kept: KeptQuery[Any], shape: dict[str, Any]) -> tuple[str, list[Any]]:
    sql, params = kept.build(**shape).query.get_compiler("default").as_sql()
    return sql, [each.name if isinstance(each, Given) else each for each in params]


@pytest.mark.parametrize(("kept", "shape"), KEPT)
def test_a_kept_query_holds_nothing_of_the_moment_it_was_built(
    kept: KeptQuery[Any], shape: dict[str, Any], settings: Settings
) -> None:
    settings.DEMO = not shape.get("reviewed")
    with travel("2026-03-01T12:00:00Z"):
        built = statement(kept, shape)
    with travel("2026-09-30T12:00:00Z"):
        assert statement(kept, shape) == built
