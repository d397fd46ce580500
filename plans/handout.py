"""PlanVersion -> PDF: gathers what stands on the sheet; typesetting.py sets it."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from intake.codes import living_sheet
from intake.models import Patient, Screening
from intake.screening import findings_on
from plans.days import by_phase, grid_days, long_day_words, span_words
from plans.keeping_notes import medicine_lines
from plans.minding import notes_for, notes_if_you_have
from plans.models import PlanItem, PlanVersion
from plans.phase_words import Dated, lines_on_paper
from plans.phases import one_at_a_time
from plans.sheet import CodeSlip, Paper, Sheet, SheetCodes, SheetItem, SheetPhase
from plans.sheet_filling import reviewed_words, sheet_clinic, sheet_item, sources_of
from plans.typesetting import printable_name, render_code_slip, render_pdf
from practice.models import Clinic
from therapies.languages import ENGLISH
from therapies.models import InstructionText
from therapies.movement_cautions import cautions_that_apply
from therapies.reading_language import all_in_reading_language, day_in_words
from therapies.reviewing import language_for, reviewed_in
from therapies.suitability import Modality, Verdict
from therapies.universal import universal

# The limits of stretching are the sheet's own stop lines, which it has already.
LIMITED = (Modality.ICE, Modality.HEAT)


def handout_pdf(
    version: PlanVersion,
    *,
    clinic: Clinic,
    paper: Paper,
    large: bool,
    codes: tuple[str, ...] = (),
    start_url: str = "",
    language: str = "",
) -> bytes:
    """The sheet of an issued version. `codes` are those that have just been made, to print them this once.

    Raises TypesettingError when nothing could be printed.
    """
    spoken = language_for(language or version.plan.patient.language)
    with override(spoken):
        sheet = build_sheet(version, clinic=clinic, codes=codes, start_url=start_url, language=spoken)
        return render_pdf(sheet, paper=paper, large=large)


def slip_pdf(
    patient: Patient, *, clinic: Clinic, paper: Paper, large: bool, codes: tuple[str, ...], start_url: str
) -> bytes:
    """A slip with sign-in codes alone."""
    language = language_for(patient.language)
    with override(language):
        slip = CodeSlip(
            language=language,
            clinic=sheet_clinic(clinic),
            patient_name=printable_name(patient.full_name, str(patient.record_number)),
            record_number=str(patient.record_number),
            issued_words=long_day_words(clinic.today()),
            codes=_codes(patient, codes, start_url),
        )
        return render_code_slip(slip, paper=paper, large=large)


def build_sheet(
    version: PlanVersion, *, clinic: Clinic, codes: tuple[str, ...], start_url: str, language: str = ""
) -> Sheet:
    patient = version.plan.patient
    language = language_for(language or patient.language)
    with_hold = (
        PlanItem.objects.filter(version=version)
        .with_hold()
        .select_related("instruction_version__instruction__therapy", "opening")
    )
    items = list(with_hold)
    words = texts_for(items, language)
    lines = universal(language)
    issued_on = version.issued_on or clinic.today()
    held = [item for item in items if getattr(item, "hold_words", None)]
    # Paper cannot be asked again: what opens only on later answers never stands on it, not even once it is open.
    printed = [item for item in items if not item.gated and item not in held]
    versions = [item.instruction_version for item in printed]
    return Sheet(
        language=language,
        title=_("Your home plan"),
        clinic=sheet_clinic(clinic),
        patient_name=printable_name(patient.full_name, str(patient.record_number)),
        record_number=str(patient.record_number),
        version_words=_("Version %(number)s, %(day)s") % {"number": version.number, "day": long_day_words(issued_on)},
        issued_by=version.set_by,
        note=version.note,
        phases=_phases(version, printed, words, issued_on),
        dates=_dates([item for item in items if item not in held], words),
        on_hold=tuple(_on_hold(words[item.instruction_version_id]) for item in held),
        medicines=medicine_lines(version),
        grid_days=tuple(day_in_words(day, "grid") for day in grid_days(issued_on)),
        universal_stop=lines.stop,
        emergency=lines.emergency_on_paper,
        emergency_first=lines.emergency_first,
        codes=_codes(patient, codes, start_url) if codes else None,
        sources=sources_of(versions),
        reviewed=reviewed_words(versions),
    )


def texts_for(items: Iterable[PlanItem], language: str) -> dict[object, InstructionText]:
    """The words of each item's instruction by the version's id: in `language`, or in English while those are
    missing or not approved."""
    versions = {item.instruction_version_id: item for item in items}
    texts = InstructionText.objects.filter(version__in=versions, language__in={language, ENGLISH})
    found = {(text.version_id, text.language): text for text in texts}
    if language == ENGLISH:
        return {version: text for (version, _language), text in found.items()}
    reviewed = reviewed_in(language)
    return {
        version: reviewed.instruction(
            item.instruction_version.instruction_id, found.get((version, language)), found[version, ENGLISH]
        )
        for version, item in versions.items()
    }


def caution_sentences(version: PlanVersion, item: PlanItem, text: InstructionText) -> tuple[str, ...]:
    """What the person must mind with this item: by the answers that the version was issued on, the limits that
    were frozen with it, and what no question asked about."""
    stands_on = _stands_on(version, item)
    if stands_on is None:
        return ()
    findings = findings_on(*stands_on)
    cautions, notes = item.instruction_version.cautions, text.caution_notes
    applying = cautions_that_apply(cautions, findings)
    return (
        *notes_for(applying, notes),
        *(() if item.gated else limits_of(version, item.instruction_version.kind)),
        *notes_if_you_have(cautions, notes),
    )


def _stands_on(version: PlanVersion, item: PlanItem) -> tuple[Screening, date] | None:
    """The answers that the item was given out on, and the day: those that opened it, else those of the issue."""
    screening: Screening | None
    day: date | None
    if item.gated and hasattr(item, "opening"):
        screening, day = item.opening.screening, timezone.localdate(item.opening.at)
    else:
        screening, day = version.screening, version.issued_on
    if screening is None or day is None:
        return None
    # Whom it asked is the plan's own patient, who need not be looked up again.
    screening.patient = version.plan.patient
    return screening, day


def limits_of(version: PlanVersion, kind: str) -> tuple[str, ...]:
    """The limits of ice or heat issued at "caution" or past a bar (rules.md 3.7): as frozen, not as of now."""
    frozen = (version.advice or {}).get(kind, {})
    if kind not in LIMITED or frozen.get("verdict") == Verdict.SUITABLE:
        return ()
    # Versions that were issued before limits were kept have none.
    limits = all_in_reading_language(frozen.get("limits", ()))
    # The limits are of ice or heat in general; an ice massage is shorter than they allow.
    return (*limits, _("Does your plan say less? Then do less.")) if limits else ()


def _phases(
    version: PlanVersion, items: list[PlanItem], words: dict[object, InstructionText], issued_on: date
) -> tuple[SheetPhase, ...]:
    return tuple(
        SheetPhase(
            title=_("Now") if first <= issued_on else _("Later"),
            dates_words=span_words(first, last),
            items=tuple(
                _in_one_language(version, each, words[each.instruction_version_id], issued_on, alone=len(items) == 1)
                for each in group
            ),
        )
        for first, last, group in by_phase(items)
    )


def _dates(items: list[PlanItem], words: dict[object, InstructionText]) -> tuple[str, ...]:
    """The phases in words; and that ice and heat are never for one sitting, where both stand on the same days."""
    named = (
        Dated(item, words[item.instruction_version_id].title, closed=item.gated, opened=hasattr(item, "opening"))
        for item in items
    )
    given = [item for item in items if not item.gated or hasattr(item, "opening")]
    return (*lines_on_paper(named), *((one_at_a_time_words(),) if one_at_a_time(given) else ()))


def one_at_a_time_words() -> str:
    return _("Ice or heat: one at a time, at least 2 hours apart.")


def _on_hold(text: InstructionText) -> str:
    return _("%(title)s: on hold. Do not do this for now. Call us.") % {"title": text.title}


def _in_one_language(
    version: PlanVersion, item: PlanItem, text: InstructionText, issued_on: date, *, alone: bool
) -> SheetItem:
    """Where the words are in English, so are the dose and the cautions."""
    with override(text.language):
        return _item(version, item, text, issued_on, alone=alone)


def _item(version: PlanVersion, item: PlanItem, text: InstructionText, issued_on: date, *, alone: bool) -> SheetItem:
    days = grid_days(issued_on)
    return sheet_item(
        item,
        text,
        cautions=caution_sentences(version, item, text),
        screening=version.screening,
        grid_days_on=tuple(index for index, day in enumerate(days) if item.from_date <= day <= item.until_date),
        alone=alone,
    )


def _codes(patient: Patient, codes: tuple[str, ...], start_url: str) -> SheetCodes:
    # Codes that have just been made, the patient's own or a proxy's: whoever prints has checked that they live.
    sheet = living_sheet(patient, codes)
    assert sheet is not None
    return SheetCodes(
        start_url=start_url,
        codes=codes,
        qr_url=f"{start_url}#{codes[0]}",
        valid_until_words=_("These codes work until %(day)s.") % {"day": long_day_words(sheet.valid_until)},
    )
