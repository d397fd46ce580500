"""What plans know of an instruction of the library: who has it now, and how a patient would read it."""

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from plans.models import PlanItem
from plans.phases import USUAL_DAYS
from plans.today_plan import ReadableItem
from plans.using import uses_of
from practice import audit
from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.dose import DOSE_FIELDS
from therapies.languages import ENGLISH, languages
from therapies.models import Instruction, InstructionText, InstructionVersion


@staff_may(May.SEE_PATIENTS)
@require_safe
def library_uses(request: StaffRequest, slug: str) -> HttpResponse:
    """The patients whose plan has the instruction, those with an older version of it first."""
    instruction = get_object_or_404(Instruction, pk=slug)
    detail = f"list of plans with {instruction.pk}"[:200]
    audit.record(audit.Action.OPENED, actor=request.user, request=request, detail=detail)
    text = InstructionText.objects.filter(version__instruction=instruction, language=ENGLISH)
    title = text.order_by("-version__number").values_list("title", flat=True).first() or instruction.pk
    context = {
        "instruction": instruction,
        "title": title,
        "uses": uses_of(instruction, request.user),
    }
    return render(request, "plans/library_uses.html", context)


@staff_may(May.SEE_LIBRARY)
@require_safe
def library_preview(request: StaffRequest, version_id: UUID) -> HttpResponse:
    """A version as an item of a plan on a phone, in each of its languages; nobody is given it by that."""
    versions = InstructionVersion.objects.select_related("instruction__therapy").prefetch_related("texts")
    version = get_object_or_404(versions, pk=version_id)
    texts = {text.language: text for text in version.texts.all()}
    chosen = _chosen(request, texts)
    context = {
        "version": version,
        "language": chosen,
        "languages": [file for code, file in languages().items() if code in texts],
        "text": texts.get(chosen),
        "phone": _on_a_phone(version, texts[chosen], request.clinic.today()) if chosen in texts else "",
    }
    return render(request, "plans/library_preview.html", context)


def _chosen(request: HttpRequest, texts: dict[str, InstructionText]) -> str:
    wanted = request.GET.get("language", ENGLISH)
    return wanted if wanted in texts else ENGLISH


def _on_a_phone(version: InstructionVersion, text: InstructionText, today: date) -> str:
    """The item's part of the plan page, in the language of the words. The template escapes all of them."""
    dose = {name: getattr(version, name) for name in DOSE_FIELDS}
    last = today + timedelta(days=USUAL_DAYS - 1)
    item = PlanItem(instruction_version=version, position=1, from_date=today, until_date=last, **dose)
    with translation.override(text.language):
        each = ReadableItem(item, text, tuple(text.caution_notes.values()))
        return mark_safe(render_to_string("plans/me_item.html", {"each": each}))
