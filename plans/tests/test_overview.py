"""What the desk sees at a glance."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intake.models import Patient, Screening
from intake.tests.factories import make_codes, make_patient, make_screening, make_staff
from plans.models import PlanVersion, Printing
from plans.overview import MOST_ROWS, Desk, PatientOverview, overview_of, today_at_the_desk
from plans.tests.factories import end, make_draft, make_issued
from practice.models import Clinic
from therapies.regions import Region
from therapies.suitability import Verdict

pytestmark = pytest.mark.django_db


def desk() -> Desk:
    return today_at_the_desk(Clinic.load())


def overview(patient: Patient) -> PatientOverview:
    return overview_of(patient, Clinic.load())


# --- today ---------------------------------------------------------------------------------------------


def test_who_was_registered_today_is_listed_newest_first() -> None:
    start, _ = Clinic.load().day_span(Clinic.load().today())
    early = make_patient(registered_at=start)
    late = make_patient(registered_at=start + timedelta(hours=1))
    assert list(desk().registered) == [late, early]


@pytest.mark.parametrize("edge", [0, 1])
def test_who_was_registered_on_another_of_the_clinics_days_is_not_listed(edge: int) -> None:
    day = Clinic.load().day_span(Clinic.load().today())
    make_patient(registered_at=(day[0] - timedelta(seconds=1), day[1])[edge])
    assert not desk().registered


def test_who_was_screened_today_is_listed() -> None:
    screening = make_screening(patient=make_patient())
    assert list(desk().screened) == [screening]


def test_who_was_screened_yesterday_is_not_listed() -> None:
    make_screening(patient=make_patient(), sent_at=timezone.now() - timedelta(days=2))
    assert not desk().screened


def test_a_draft_of_any_day_is_listed() -> None:
    old = timezone.now() - timedelta(days=30)
    draft = Screening.objects.create(patient=make_patient(), started_by=make_staff(), saved_at=old)
    assert list(desk().screening_drafts) == [draft]


def test_a_plan_draft_is_listed_and_an_issued_version_is_not() -> None:
    make_issued()
    draft = make_draft(patient=make_patient())
    assert list(desk().plan_drafts) == [draft]


def test_an_unprinted_current_version_is_to_print() -> None:
    version = make_issued()
    assert list(desk().to_print) == [version]


def test_a_printed_version_is_not_to_print() -> None:
    Printing.objects.create(version=make_issued(), by=make_staff())
    assert not desk().to_print


def test_an_earlier_version_is_not_to_print() -> None:
    first = make_issued()
    second = make_issued(patient=first.plan.patient)
    assert list(desk().to_print) == [second]


def test_an_ended_plan_is_not_to_print() -> None:
    end(make_issued())
    assert not desk().to_print


def test_a_list_has_its_most_rows() -> None:
    for _ in range(MOST_ROWS + 1):
        make_patient()
    assert len(desk().registered) == MOST_ROWS


# --- one patient ---------------------------------------------------------------------------------------


def test_a_new_patient_has_nothing_yet() -> None:
    shown = overview(make_patient())
    assert (shown.screening, shown.advice, shown.plan, shown.draft, shown.earlier) == (None, None, None, None, ())


def test_the_newest_screening_decides_what_fits() -> None:
    patient = make_patient()
    make_screening(patient=patient)
    make_screening(patient=patient, findings={"poor_circulation": True})
    advice = overview(patient).advice
    assert advice is not None
    assert advice.ice.verdict is Verdict.NOT_SUITABLE


@pytest.mark.parametrize(("days", "old"), [(7, False), (8, True)])
def test_a_screening_is_old_after_the_clinics_limit(days: int, old: bool) -> None:
    patient = make_patient()
    make_screening(patient=patient, sent_at=timezone.now() - timedelta(days=days))
    assert overview(patient).screening_is_old == old


def test_where_it_hurts_is_said_in_words() -> None:
    patient = make_patient()
    make_screening(patient=patient, regions=["low_back"])
    assert [words.lower() for words in overview(patient).region_words] == [str(Region.LOW_BACK.label).lower()]


def test_a_patient_without_a_screening_has_no_sore_place() -> None:
    assert overview(make_patient()).region_words == ()


def test_the_draft_of_a_plan_is_shown() -> None:
    draft = make_draft()
    assert overview(draft.plan.patient).draft == draft


def earlier(version: PlanVersion) -> list[PlanVersion]:
    return list(overview(version.plan.patient).earlier)


def test_the_current_version_is_not_an_earlier_one() -> None:
    assert earlier(make_issued()) == []


def test_a_replaced_version_is_an_earlier_one() -> None:
    first = make_issued()
    assert earlier(make_issued(patient=first.plan.patient)) == [first]


def test_the_version_of_an_ended_plan_is_an_earlier_one() -> None:
    version = make_issued()
    end(version)
    assert earlier(version) == [version]


def test_the_living_codes_are_shown() -> None:
    patient = make_patient()
    make_codes(patient=patient)
    newer = make_codes(patient=patient).sheet
    assert overview(patient).codes == newer


def test_another_patients_state_is_not_shown() -> None:
    make_issued()
    assert overview(make_patient()).plan is None
