"""Fills a Leaflet: the urgent card on paper, and what helps when neither ice nor heat fits (rules.md B05)."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from intake.models import Patient
from plans.cards import URGENT, Card, not_watched
from plans.days import long_day_words
from plans.footing import Footing, is_too_old
from plans.leaflet import Leaflet, LeafletPart, LeafletWords
from plans.minding import notes_for, notes_if_you_have
from plans.sheet import Paper
from plans.sheet_filling import sheet_clinic
from plans.typesetting import render_leaflet
from practice.models import Clinic
from therapies.languages import ENGLISH
from therapies.models import InstructionText, InstructionVersion
from therapies.movement_cautions import Caution, cautions_that_apply
from therapies.reading_language import all_in_reading_language, reading_language
from therapies.reviewing import Reviewed, language_for, reviewed_in
from therapies.suitability import Advice, Level, Verdict
from therapies.universal import universal

# What B05 offers, in its order. The last two are movement: only where the stretching advice allows it.
AT_REST = ("position-of-ease", "belly-breathing")
MOVING = ("pelvic-tilt", "walking")
SPECIFIC = frozenset({"B06", "B07", "B08", "B09", "B10"})


def card_pdf(card: Card, patient: Patient, *, clinic: Clinic) -> bytes:
    """The urgent card to hand over, in the language that `card` was made in."""
    lines = universal(reading_language()).emergency_on_paper
    parts = () if card.is_emergency else (LeafletPart(_("Call 911 if"), lines),)
    box = (*card.might_be, " ".join(card.to_do))
    number = not card.is_emergency
    return _set(patient, clinic, title=card.heading, box=box, parts=parts, closing=not_watched(), gives_number=number)


def neither_applies(footing: Footing | None, clinic: Clinic, today: date) -> bool:
    """Whether the sheet may be handed over: ice and heat are out, and nothing is urgent or could be.

    A review does not keep it back: the sheet then says first that a clinician looks at the answers.
    """
    if footing is None or _may_be_urgent(footing) or is_too_old(footing.screening, clinic, today):
        return False
    return {footing.advice.ice.verdict, footing.advice.heat.verdict} == {Verdict.NOT_SUITABLE}


def _may_be_urgent(footing: Footing) -> bool:
    urgent_flag = any(Level(flag.level) in URGENT for flag in footing.open_flags)
    return urgent_flag or footing.advice.level in URGENT or bool(footing.advice.unanswered or footing.begun)


def neither_pdf(footing: Footing, patient: Patient, *, clinic: Clinic) -> bytes:
    """The sheet for somebody with these answers: why, what eases, what to stop for. It names no dose."""
    advice = footing.advice
    language = language_for(patient.language)
    with override(language):
        lines = universal(language)
        held = (LeafletPart(_("First"), (_("A clinician looks at your answers first. Call us."),)),)
        parts = (
            *(held if _is_to_be_reviewed(footing) else ()),
            *_what_helps(footing, language),
            LeafletPart(_("Stop and call us if"), lines.stop),
            LeafletPart(_("Call 911 if"), lines.emergency_on_paper),
        )
        title, closing = _("No ice and no heat for now"), _("Not sure about any of this? Call us.")
        return _set(patient, clinic, title=title, box=why_neither(advice), parts=parts, closing=closing)


def why_neither(advice: Advice) -> tuple[str, ...]:
    """One line where a rule speaks of both, else one for ice and one for heat."""
    both = [note.patient_text for note in advice.pairing if note.rule in SPECIFIC]
    if both:
        return all_in_reading_language(both[:1])
    return all_in_reading_language(dict.fromkeys(each.reasons[0].patient_text for each in (advice.ice, advice.heat)))


def _is_to_be_reviewed(footing: Footing) -> bool:
    return footing.advice.level is Level.REVIEW or bool(footing.open_flags)


def _what_helps(footing: Footing, language: str) -> Iterator[LeafletPart]:
    may_move = not _is_to_be_reviewed(footing) and footing.advice.stretching.verdict is Verdict.SUITABLE
    slugs = (*AT_REST, *MOVING) if may_move else AT_REST
    reviewed = reviewed_in(language)
    versions = {
        each.instruction_id: each
        for each in InstructionVersion.objects.handed_out().filter(instruction__in=slugs).prefetch_related("texts")
    }
    for slug in slugs:
        version = versions.get(slug)
        cautions = cautions_that_apply(version.cautions, footing.findings) if version else ()
        if version and not any(caution.forbids for caution in cautions):
            text = _text(version, language, reviewed)
            with override(text.language):
                part = _part(version, cautions, text)
            yield part


def _part(version: InstructionVersion, applying: tuple[Caution, ...], text: InstructionText) -> LeafletPart:
    notes = text.caution_notes
    return LeafletPart(
        text.title, (*text.steps, *notes_for(applying, notes), *notes_if_you_have(version.cautions, notes))
    )


def _text(version: InstructionVersion, language: str, reviewed: Reviewed) -> InstructionText:
    by_language = {text.language: text for text in version.texts.all()}
    return reviewed.instruction(version.instruction_id, by_language.get(language), by_language[ENGLISH])


def _set(
    patient: Patient,
    clinic: Clinic,
    *,
    title: str,
    box: tuple[str, ...],
    parts: tuple[LeafletPart, ...],
    closing: str,
    gives_number: bool = True,
) -> bytes:
    leaflet = Leaflet(
        language=reading_language(),
        title=title,
        clinic=sheet_clinic(clinic),
        patient_name=patient.full_name,
        record_number=str(patient.record_number),
        made_words=long_day_words(clinic.today()),
        box=box,
        parts=parts,
        closing=closing,
        gives_number=gives_number,
        words=LeafletWords(),
    )
    large = patient.text_size == Patient.TextSize.LARGE
    return render_leaflet(leaflet, paper=Paper(clinic.paper), large=large)
