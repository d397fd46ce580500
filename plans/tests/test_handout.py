"""From a plan to its sheet: whose it is, what to do and when, and codes only when they have just been made."""

import io
from datetime import UTC, date, datetime, timedelta
from unittest.mock import Mock

import pytest
import time_machine
from django.utils.translation import override
from pypdf import PdfReader

from intake.models import Patient
from intake.tests.factories import make_codes, make_patient, make_staff
from plans.handout import build_sheet, handout_pdf, slip_pdf, texts_for
from plans.models import PlanVersion, Printing
from plans.printing import print_handout
from plans.sheet import Paper, Sheet, SheetItem, SheetSource
from plans.sheet_filling import sheet_source
from plans.tests.factories import make_draft, make_issued, make_item
from plans.typesetting import TypesettingError
from practice.models import AuditEvent, Clinic
from practice.tests.factories import make_clinic
from therapies.models import Source
from therapies.tests.factories import make_instruction_text, make_instruction_version

pytestmark = pytest.mark.django_db
START = "https://steady.example/start/"
FRIDAY = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
CARE = [{"condition": "osteoporosis", "action": "adapt"}]


def sheet(version: PlanVersion, codes: tuple[str, ...] = (), language: str = "") -> Sheet:
    return build_sheet(version, clinic=Clinic.load(), codes=codes, start_url=START, language=language)


def items(version: PlanVersion) -> list[SheetItem]:
    return [item for phase in sheet(version).phases for item in phase.items]


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def printed(version: PlanVersion, codes: tuple[str, ...] = (), language: str = "") -> str:
    return words(
        handout_pdf(
            version,
            clinic=Clinic.load(),
            paper=Paper.LETTER,
            large=False,
            codes=codes,
            start_url=START,
            language=language,
        )
    )


# --- whose it is ---------------------------------------------------------------------------------------


def test_the_sheet_has_the_name_and_the_record_number() -> None:
    version = make_issued(patient=make_patient(record_number=20042))
    assert (sheet(version).patient_name, sheet(version).record_number) == ("Sam Rivera", "20042")


@pytest.mark.parametrize("name", ["علي", "🙂", "\u202bעדי\u202c", "Sam 🙂"])
def test_a_name_that_cannot_be_printed_is_replaced_by_the_record_number(name: str) -> None:
    version = make_issued(patient=make_patient(given_name=name, record_number=20042))
    assert sheet(version).patient_name == "20042"


@pytest.mark.parametrize("name", ["علي", "🙂", "Nguyễn", "a" * 120])
def test_no_name_keeps_a_sheet_from_being_printed(name: str) -> None:
    version = make_issued(patient=make_patient(given_name=name, record_number=20042))
    assert "20042" in printed(version)


def test_the_sheet_has_the_clinic_and_whom_to_call() -> None:
    version = make_issued()
    make_clinic(phone="(555) 010-0142")
    Clinic.objects.update(name="Harbor Street Back Clinic", street="120 Harbor Street")
    paper = printed(version)
    assert all(part in paper for part in ("Harbor Street Back Clinic", "(555) 010-0142", "120 Harbor Street"))


def test_the_sheet_says_who_issued_it() -> None:
    assert sheet(make_issued()).issued_by == "Dr. Ana Ruiz"


# --- what to do and when -------------------------------------------------------------------------------


@time_machine.travel(FRIDAY, tick=False)
def test_the_dates_have_their_weekdays() -> None:
    assert [phase.dates_words for phase in sheet(make_issued()).phases] == ["Fri, Nov 20 to Thu, Dec 3"]


@time_machine.travel(FRIDAY, tick=False)
def test_the_dates_are_printed_with_their_weekdays() -> None:
    assert "Fri, Nov 20 to Thu, Dec 3" in printed(make_issued())


@time_machine.travel(FRIDAY, tick=False)
def test_the_version_and_its_day_are_printed() -> None:
    assert "Version 1, Fri, Nov 20, 2026" in printed(make_issued())


@time_machine.travel(FRIDAY, tick=False)
def test_items_of_the_same_days_stand_in_one_phase_the_earliest_first() -> None:
    later = {"from_date": date(2026, 12, 1), "note": "c"}
    version = make_issued(items=[later, {"note": "a"}, {"note": "b"}])
    phases = [(phase.title, [item.note for item in phase.items]) for phase in sheet(version).phases]
    assert phases == [("Now", ["a", "b"]), ("Later", ["c"])]


def test_each_item_stands_once() -> None:
    version = make_issued(items=[{"title": "Pelvic tilt"}, {"title": "Knee to chest"}])
    assert [item.title for item in items(version)] == ["Pelvic tilt", "Knee to chest"]


def test_the_dose_of_the_item_is_printed_and_not_that_of_its_instruction() -> None:
    [item] = items(make_issued(items=[{"repetitions": 9}]))
    assert "Do 9" in item.dose_words


def test_the_grid_is_open_on_the_items_own_days() -> None:
    today = Clinic.load().today()
    first, last = today + timedelta(days=2), today + timedelta(days=4)
    [item] = items(make_issued(items=[{"from_date": first, "until_date": last}]))
    assert item.grid_days_on == (2, 3, 4)


def test_the_grid_has_two_weeks() -> None:
    assert len(sheet(make_issued()).grid_days) == 14


def test_the_notes_are_printed() -> None:
    version = make_issued(items=[{"note": "Left side first."}], note="Go slowly.")
    paper = printed(version)
    assert "Go slowly." in paper
    assert "Left side first." in paper


def with_care(**findings: bool) -> list[SheetItem]:
    shown = make_instruction_version(cautions=CARE, text={"caution_notes": {"osteoporosis": "Keep it small."}})
    return items(make_issued(items=[{"instruction_version": shown}], findings=findings))


def test_a_caution_that_applies_is_printed_with_its_item() -> None:
    assert [item.cautions for item in with_care(osteoporosis=True)] == [("Keep it small.",)]


def test_a_caution_that_does_not_apply_is_not_printed() -> None:
    assert [item.cautions for item in with_care(osteoporosis=False)] == [()]


def unasked(condition: str) -> list[SheetItem]:
    cautions, notes = [{"condition": condition, "action": "avoid"}], {condition: "Leave this out."}
    shown = make_instruction_version(cautions=cautions, text={"caution_notes": notes})
    return items(make_issued(items=[{"instruction_version": shown}]))


@pytest.mark.parametrize(
    ("condition", "line"),
    [
        ("shoulder_surgery", "If you have or had shoulder surgery: Leave this out."),
        ("spinal_stenosis", "If you have or had a narrow spinal canal (stenosis): Leave this out."),
        ("glaucoma", "If you have or had glaucoma: Leave this out."),
    ],
)
def test_a_caution_that_no_question_asks_about_is_printed_with_its_condition(condition: str, line: str) -> None:
    assert [item.cautions for item in unasked(condition)] == [(line,)]


def issued_with_advice(kind: str, verdict: str) -> list[SheetItem]:
    version = make_issued(items=[{"kind": kind}])
    version.advice = {kind: {"verdict": verdict, "reasons": [], "limits": ["Ten minutes.", "Stay awake."]}}
    return items(version)


@pytest.mark.parametrize("kind", ["ice", "heat"])
def test_the_limits_of_a_caution_are_printed_as_they_were_frozen(kind: str) -> None:
    [item] = issued_with_advice(kind, "caution")
    assert item.cautions[:2] == ("Ten minutes.", "Stay awake.")


def test_a_dose_below_the_limits_stays_the_dose() -> None:
    [item] = issued_with_advice("ice", "caution")
    assert item.cautions[2:] == ("Does your plan say less? Then do less.",)


@pytest.mark.parametrize(("kind", "verdict"), [("ice", "suitable"), ("stretching", "caution")])
def test_limits_are_not_printed_where_the_sheet_says_them_already(kind: str, verdict: str) -> None:
    assert [item.cautions for item in issued_with_advice(kind, verdict)] == [()]


def test_a_version_that_was_issued_without_limits_is_printed() -> None:
    version = make_issued(items=[{"kind": "ice"}])
    version.advice = {"ice": {"verdict": "caution", "reasons": []}}
    assert [item.cautions for item in items(version)] == [()]


def test_the_sources_are_named_once() -> None:
    assert sheet(make_issued(items=[{}, {}])).sources == (SheetSource("A clinic", "Back spasms"),)


def test_a_source_keeps_its_title_and_its_publisher_is_told_in_the_readers_language() -> None:
    source = Source(title="Back Spasms, a discussion thread", publisher="An online training forum", year=2004)
    with override("es"):
        told = sheet_source(source)
    assert (told.publisher, told.title, told.year) == (
        "Un foro de entrenamiento en internet",
        "Back Spasms, a discussion thread",
        ", 2004",
    )


def test_a_sheet_of_nothing_is_not_printed() -> None:
    with pytest.raises(TypesettingError):
        printed(make_draft())


# --- codes ---------------------------------------------------------------------------------------------


def test_without_codes_no_code_is_on_the_sheet() -> None:
    version = make_issued()
    make_codes(patient=version.plan.patient)
    assert sheet(version).codes is None


def test_an_old_sheets_codes_are_not_printed_again() -> None:
    version = make_issued()
    old = make_codes(patient=version.plan.patient).codes
    assert not any(code in printed(version) for code in old)


def test_codes_that_have_just_been_made_are_printed() -> None:
    version = make_issued()
    codes = make_codes(patient=version.plan.patient).codes
    paper = printed(version, codes)
    assert all(code in paper for code in codes)


def test_the_square_holds_the_first_code_in_its_fragment() -> None:
    version = make_issued()
    codes = make_codes(patient=version.plan.patient).codes
    shown = sheet(version, codes).codes
    assert shown is not None
    assert shown.qr_url == f"{START}#{codes[0]}"


def test_the_last_day_of_the_codes_is_said() -> None:
    version = make_issued()
    codes = make_codes(patient=version.plan.patient, valid_until=date(2026, 12, 17)).codes
    assert "These codes work until Thu, Dec 17, 2026." in printed(version, codes)


def slip(patient: Patient) -> str:
    codes = make_codes(patient=patient).codes
    return words(slip_pdf(patient, clinic=Clinic.load(), paper=Paper.A4, large=False, codes=codes, start_url=START))


@pytest.mark.parametrize("name", ["Sam", "علي", "🙂"])
def test_a_slip_has_the_record_number_whatever_the_name(name: str) -> None:
    assert "20042" in slip(make_patient(given_name=name, record_number=20042))


# --- languages -----------------------------------------------------------------------------------------


def test_the_words_of_the_patients_language_are_taken() -> None:
    shown = make_instruction_version(title="Pelvic tilt")
    make_instruction_text(version=shown, language="es", title="Báscula pélvica")
    version = make_issued(patient=make_patient(language="es"), items=[{"instruction_version": shown}])
    assert [item.title for item in items(version)] == ["Báscula pélvica"]


def test_an_instruction_without_spanish_words_is_printed_in_english() -> None:
    version = make_issued(patient=make_patient(language="es"), items=[{"title": "Pelvic tilt"}])
    assert "Pelvic tilt" in printed(version)


def test_the_sheet_can_be_printed_in_another_language_than_the_patients() -> None:
    assert sheet(make_issued(), language="es").language == "es"


def test_the_words_of_no_item_are_none() -> None:
    assert texts_for([], "en") == {}


# --- printing is noted ---------------------------------------------------------------------------------


def print_it(version: PlanVersion) -> bytes:
    return print_handout(
        version,
        by=make_staff(),
        clinic=Clinic.load(),
        paper=Paper.LETTER,
        large=True,
        codes=(),
        start_url=START,
    )


def test_printing_leaves_a_row() -> None:
    version = make_issued()
    print_it(version)
    assert Printing.objects.get().version == version


def test_printing_leaves_an_event() -> None:
    version = make_issued()
    print_it(version)
    assert AuditEvent.objects.get(action="printed").object_id == str(version.pk)


def test_a_sheet_that_cannot_be_set_is_not_noted_as_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plans.printing.handout_pdf", Mock(side_effect=TypesettingError("The sheet has no items.")))
    with pytest.raises(TypesettingError):
        print_it(make_issued())
    assert not Printing.objects.exists()


def test_each_printing_is_noted() -> None:
    version = make_issued()
    for _ in range(2):
        print_it(version)
    assert Printing.objects.count() == 2


def test_an_item_of_another_version_is_not_printed() -> None:
    version = make_issued(items=[{"title": "Pelvic tilt"}])
    make_item(version=make_draft(plan=version.plan), title="Knee to chest")
    assert "Knee to chest" not in printed(version)
