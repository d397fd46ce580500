"""PlanVersion -> PDF: gathers what stands on the sheet; typesetting.py sets it."""

from collections.abc import Iterable
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from intake.models import Patient, Screening
from intake.screening import findings_on
from plans.days import by_phase, grid_days, long_day_words, span_words
from plans.keeping_notes import medicine_lines
from plans.minding import notes_for, notes_if_you_have
from plans.models import PlanItem, PlanVersion
from plans.phase_words import Dated, lines_on_paper
from plans.phases import one_at_a_time
from plans.sheet import (
    CodeSlip,
    Paper,
    Sheet,
    SheetClinic,
    SheetCodes,
    SheetItem,
    SheetPhase,
    SheetPicture,
)
from plans.typesetting import printable_name, render_code_slip, render_pdf
from practice.models import Clinic
from therapies.dose import dose_cells, dose_words
from therapies.models import InstructionText, Language, Source
from therapies.movement_cautions import cautions_that_apply
from therapies.pictures import Use, pictures_of
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
    with override(language or version.plan.patient.language):
        sheet = build_sheet(version, clinic=clinic, codes=codes, start_url=start_url, language=language)
        return render_pdf(sheet, paper=paper, large=large)


def slip_pdf(
    patient: Patient, *, clinic: Clinic, paper: Paper, large: bool, codes: tuple[str, ...], start_url: str
) -> bytes:
    """A slip with sign-in codes alone."""
    with override(patient.language):
        slip = CodeSlip(
            language=patient.language,
            clinic=_clinic(clinic),
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
    language = language or patient.language
    with_hold = version.items.with_hold().select_related("instruction_version__instruction__therapy", "opening")
    items = list(with_hold)
    words = texts_for(items, language)
    lines = universal(language)
    issued_on = version.issued_on or clinic.today()
    held = [item for item in items if getattr(item, "hold_words", None)]
    # Paper cannot be asked again: what opens only on later answers never stands on it, not even once it is open.
    printed = [item for item in items if not item.gated and item not in held]
    return Sheet(
        language=language,
        title=_("Your home plan"),
        clinic=_clinic(clinic),
        patient_name=printable_name(patient.full_name, str(patient.record_number)),
        record_number=str(patient.record_number),
        version_words=_("Version %(number)s, %(day)s") % {"number": version.number, "day": long_day_words(issued_on)},
        issued_by=version.set_by,
        note=version.note,
        phases=_phases(version, printed, words, issued_on),
        dates=_dates([item for item in items if item not in held], words),
        on_hold=tuple(_on_hold(words[item.instruction_version_id]) for item in held),
        medicines=medicine_lines(version),
        grid_days=tuple(f"{day:%a} {day.day}" for day in grid_days(issued_on)),
        universal_stop=lines.stop,
        emergency=lines.emergency_on_paper,
        codes=_codes(patient, codes, start_url) if codes else None,
        sources=_sources(printed),
    )


def texts_for(items: Iterable[PlanItem], language: str) -> dict[object, InstructionText]:
    """The words of each item's instruction by the version's id: in `language`, else in English."""
    versions = [item.instruction_version_id for item in items]
    texts = InstructionText.objects.filter(version__in=versions, language__in={language, Language.ENGLISH})
    ordered = sorted(texts, key=lambda text: text.language == language)
    return {text.version_id: text for text in ordered}


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
    if item.gated and hasattr(item, "opening"):
        item.opening.screening.patient = version.plan.patient
        return item.opening.screening, timezone.localdate(item.opening.at)
    return (version.screening, version.issued_on) if version.screening and version.issued_on else None


def limits_of(version: PlanVersion, kind: str) -> tuple[str, ...]:
    """The limits of ice or heat issued at "caution" or past a bar (rules.md 3.7): as frozen, not as of now."""
    frozen = (version.advice or {}).get(kind, {})
    if kind not in LIMITED or frozen.get("verdict") == Verdict.SUITABLE:
        return ()
    # Versions that were issued before limits were kept have none.
    limits = tuple(frozen.get("limits", ()))
    # The limits are of ice or heat in general; an ice massage is shorter than they allow.
    return (*limits, _("Does your plan say less? Then do less.")) if limits else ()


def _phases(
    version: PlanVersion, items: list[PlanItem], words: dict[object, InstructionText], issued_on: date
) -> tuple[SheetPhase, ...]:
    return tuple(
        SheetPhase(
            title=_("Now") if first <= issued_on else _("Later"),
            dates_words=span_words(first, last),
            items=tuple(_item(version, item, words[item.instruction_version_id], issued_on) for item in group),
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


def _item(version: PlanVersion, item: PlanItem, text: InstructionText, issued_on: date) -> SheetItem:
    dose = item.dose
    days = grid_days(issued_on)
    return SheetItem(
        title=text.title,
        kind=item.instruction_version.kind,
        why=text.why,
        steps=tuple(text.steps),
        dose_words=dose_words(dose),
        dose_cells=dose_cells(dose),
        when_words=span_words(item.from_date, item.until_date),
        times_a_day=dose.times_a_day or 1,
        feel=text.feel,
        stop_if=tuple(text.stop_if),
        not_now_if=tuple(text.not_now_if),
        cautions=caution_sentences(version, item, text),
        note=item.note,
        grid_days_on=tuple(index for index, day in enumerate(days) if item.from_date <= day <= item.until_date),
        figures=_figures(item, text),
    )


def _figures(item: PlanItem, text: InstructionText) -> tuple[SheetPicture, ...]:
    figures = item.instruction_version.figures
    pictures = pictures_of(figures, text.pictures, title=text.title, use=Use.PAPER, minutes=item.minutes)
    return tuple(SheetPicture(each.svg, each.alt, each.ratio) for each in pictures)


def _clinic(clinic: Clinic) -> SheetClinic:
    return SheetClinic(clinic.name, clinic.phone, clinic.address, clinic.hours, clinic.after_hours)


def _codes(patient: Patient, codes: tuple[str, ...], start_url: str) -> SheetCodes:
    living = patient.access.get(relation="self").sheets.get(revoked_at=None)
    return SheetCodes(
        start_url=start_url,
        codes=codes,
        qr_url=f"{start_url}#{codes[0]}",
        valid_until_words=_("These codes work until %(day)s.") % {"day": long_day_words(living.valid_until)},
    )


def _sources(items: list[PlanItem]) -> tuple[str, ...]:
    cited = Source.objects.filter(instructionversion__in=[item.instruction_version_id for item in items])
    return tuple(str(source) for source in cited.distinct())
