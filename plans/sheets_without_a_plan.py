"""Sheets that are nobody's plan: one instruction, a programme, an education page. They say so, and whom to ask.

No answers stand behind them. So each caution is printed with its condition, and what is not for patients yet, or no
longer, is marked at the top.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import override

from plans.days import GRID_DAYS, long_day_words
from plans.education import Education, EducationPart, blocks_of
from plans.explaining import explained_care, explained_patterns
from plans.giving import Given
from plans.models import PlanItem
from plans.sheet import Paper, Sheet, SheetItem, SheetPhase, SheetPictures, SheetWords
from plans.sheet_filling import reviewed_words, sheet_clinic, sheet_item, sheet_source, sources_of
from plans.typesetting import TypesettingError, render_education, render_pdf
from practice.models import Clinic
from therapies.care_pictures import PLACES, care_of, place_of
from therapies.dose import DOSE_FIELDS
from therapies.languages import ENGLISH
from therapies.models import InstructionText, InstructionVersion, Status, TherapyPage
from therapies.movement_cautions import condition_words
from therapies.page_pictures import pictures_of_page
from therapies.pictures import MAIN, Use
from therapies.reading_language import in_reading_language
from therapies.reviewing import Reviewed, language_for, reviewed_in
from therapies.sign_off import issuing_waits
from therapies.universal import universal


def instruction_pdf(version: InstructionVersion, *, language: str, paper: Paper, large: bool, clinic: Clinic) -> bytes:
    """One instruction with its own dose, whatever its status. Raises TypesettingError when it cannot be set."""
    spoken = language_for(language)
    with override(spoken):
        sheet = build_general_sheet([version], title=_("Home care"), about="", language=spoken, clinic=clinic)
        explained = tuple(_explained(version, spoken))
        return render_pdf(replace(sheet, explained=explained), paper=paper, large=large)


def programme_pdf(given: Given, *, language: str, paper: Paper, large: bool, clinic: Clinic) -> bytes:
    """What a programme gives as it is published now. Raises TypesettingError when that is nothing."""
    spoken = language_for(language)
    # A programme's own name is for staff, in English.
    about = given.programme.title if spoken == ENGLISH else ""
    with override(spoken):
        sheet = build_general_sheet(
            given.instructions, title=_("Home program"), about=about, language=spoken, clinic=clinic
        )
        return render_pdf(sheet, paper=paper, large=large)


def page_pdf(page: TherapyPage, *, paper: Paper, large: bool, clinic: Clinic) -> bytes:
    """The education page of a therapy, in its own language, or its English one while it is not approved in that.

    Raises TypesettingError when it cannot be set.
    """
    shown = _approved(page)
    with override(shown.language):
        return render_education(_education(shown, clinic), paper=paper, large=large)


def _approved(page: TherapyPage) -> TherapyPage:
    """What is not published is marked as not for patients anyway."""
    if page.status != Status.PUBLISHED or page.language == ENGLISH:
        return page
    beside = TherapyPage.objects.filter(therapy=page.therapy_id, language=ENGLISH, status=Status.PUBLISHED)
    english = beside.select_related("therapy").first()
    # The headings and the closing lines are the program's own words.
    approved = reviewed_in(page.language) if language_for(page.language) == page.language else Reviewed()
    shown = approved.page(page, english)
    if shown is None:
        raise TypesettingError(f"Nobody has approved “{page.title}” in its language, and there is no English page.")
    return shown


def build_general_sheet(
    versions: Sequence[InstructionVersion], *, title: str, about: str, language: str, clinic: Clinic
) -> Sheet:
    """In the language that is spoken, which is `language`."""
    lines, today = universal(language), clinic.today()
    printed = _("Printed %(day)s") % {"day": long_day_words(today)}
    reviewed = reviewed_in(language)
    alone = len(versions) == 1
    items = tuple(_item(version, language, reviewed, today, alone=alone) for version in versions)
    return Sheet(
        language=language,
        title=title,
        clinic=sheet_clinic(clinic),
        patient_name="",
        record_number="",
        version_words=f"{about} · {printed}" if about else printed,
        issued_by="",
        phases=(SheetPhase("", "", items),),
        universal_stop=lines.stop,
        emergency=lines.emergency_on_paper,
        emergency_first=lines.emergency_first,
        grid_days=tuple(_("Day %(number)s") % {"number": number} for number in range(1, GRID_DAYS + 1)),
        sources=sources_of(versions),
        reviewed=reviewed_words(versions),
        general=(*_marks(versions, clinic), *_not_a_plan()),
    )


def _not_a_plan() -> tuple[str, ...]:
    return (_("This is not a plan made for you. Ask us if it is right for you before you start."),)


def _marks(versions: Sequence[InstructionVersion], clinic: Clinic) -> Iterator[str]:
    """Why the sheet is not for patients; nothing where it is."""
    if any(version.status == Status.DRAFT for version in versions):
        yield _("Draft. Not for patients.")
    if any(version.status not in (Status.DRAFT, Status.PUBLISHED) for version in versions):
        yield _("An old text that is no longer in use. Not for patients.")
    if any(version.notices.exists() for version in versions):
        yield _("Blocked for safety. Not for patients.")
    if issuing_waits(clinic):
        yield _("The clinic has not signed its rules yet. Not for patients.")


def _item(version: InstructionVersion, language: str, reviewed: Reviewed, today: date, *, alone: bool) -> SheetItem:
    text = _text(version, language, reviewed)
    dose = {name: getattr(version, name) for name in DOSE_FIELDS}
    item = PlanItem(instruction_version=version, position=1, from_date=today, until_date=today, **dose)
    with override(text.language):
        cautions = tuple(_all_cautions(version.cautions, text.caution_notes))
        return sheet_item(item, text, cautions=cautions, alone=alone)


def _text(version: InstructionVersion, language: str, reviewed: Reviewed) -> InstructionText:
    texts = {text.language: text for text in version.texts.all()}
    return reviewed.instruction(version.instruction_id, texts.get(language), texts[ENGLISH])


def _explained(version: InstructionVersion, language: str) -> Iterator[SheetPictures]:
    """Where else the pack may lie than its own figure shows, the skin afterwards, and what is not allowed."""
    text = _text(version, language, reviewed_in(language))
    slug = version.instruction_id
    places = [each for each in PLACES if each != place_of(slug, version.figures.get(MAIN, {}), ())]
    with override(text.language):
        care = care_of(version.kind, slug, places, language=text.language, title=text.title, use=Use.PAPER)
        yield from explained_care(care, language=text.language)


def _all_cautions(cautions: Sequence[Mapping[str, str]], notes: Mapping[str, str]) -> Iterator[str]:
    """Each with its condition's name in front: nobody was asked whether it holds."""
    for condition in (each["condition"] for each in cautions if each["condition"] in notes):
        named = in_reading_language(condition_words(condition))
        yield f"{named[:1].upper()}{named[1:]}: {notes[condition]}"


def _education(page: TherapyPage, clinic: Clinic) -> Education:
    words, lines = SheetWords(), universal(page.language)
    month = formats.date_format(page.reviewed_on, "YEAR_MONTH_FORMAT")
    drafts = (_("Draft. Not for patients."),) if page.status != Status.PUBLISHED else ()
    return Education(
        language=page.language,
        title=page.title,
        summary=page.summary,
        clinic=sheet_clinic(clinic),
        made_words=_("Printed %(day)s") % {"day": long_day_words(clinic.today())},
        ask_title=_("Ask first, or do not use"),
        ask_first=tuple(page.ask_first),
        parts=tuple(_parts(page)),
        sources_title=in_reading_language(words.sources),
        sources=tuple(map(sheet_source, page.sources.all())),
        reviewed=_("Facts reviewed: %(month)s.") % {"month": month},
        closing=(*drafts, *_not_a_plan()),
        emergency_title=in_reading_language(words.all_signs),
        emergency=lines.emergency_on_paper,
        stop_title=in_reading_language(words.stop_and_call),
        stop=lines.stop,
        call_us=in_reading_language(words.call_us),
        after_hours=in_reading_language(words.after_hours),
        page_of=in_reading_language(words.page_of),
    )


def _parts(page: TherapyPage) -> Iterator[EducationPart]:
    """The pictures stand where they do on the screen."""
    drawn = pictures_of_page(page, use=Use.PAPER)
    patterns = (explained_patterns(drawn.patterns),) if drawn.patterns else ()
    for title, text, pictures in (
        (_("What it is"), page.what_it_is, patterns),
        (_("What it may help"), page.may_help, ()),
        (_("What to expect"), page.what_to_expect, tuple(explained_care(drawn.care))),
        (_("Who does it"), page.who_does_it, ()),
        (_("What is known"), page.known, ()),
        (_("What is not known"), page.not_known, ()),
    ):
        yield EducationPart(title, blocks_of(text), pictures)
