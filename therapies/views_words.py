"""How published words read: the list of all texts, and one text's page to tick or to give leave for."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from therapies.forms_pemat import PematForm
from therapies.models import InstructionText, Status, TherapyPage
from therapies.pemat import AIM
from therapies.reading_gate import LONGEST_REASON, LeaveError, give_leave
from therapies.text_lines import Text
from therapies.ticking import TickError, pemat_of, tick
from therapies.words_list import grade_words, words_rows
from therapies.words_report import report_of

KINDS: dict[str, type[Text]] = {"instruction": InstructionText, "page": TherapyPage}


@require_safe
@staff_may(May.SEE_LIBRARY)
def words_list(request: StaffRequest) -> HttpResponse:
    rows = list(words_rows())
    context = {"rows": rows, "open": sum(row.open > 0 for row in rows), "aim": AIM}
    return render(request, "therapies/words_list.html", context)


@require_safe
@staff_may(May.SEE_LIBRARY)
def words_text(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    return _page(request, _find(kind, pk))


@require_POST
@staff_may(May.TICK_WORDS)
def words_tick(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    text = _find(kind, pk)
    form = PematForm(pemat_of(text).for_people, request.POST)
    if not form.is_valid():
        return _page(request, text, form, status=422)
    try:
        kept = tick(text, form.answers, by=request.user, at=timezone.now())
    except TickError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{len(kept)} tick{'' if len(kept) == 1 else 's'} kept under your name.")
    return redirect("words_text", kind, pk)


@require_POST
@staff_may(May.PUBLISH_HARD)
@freshly_signed_in()
def words_leave(request: StaffRequest, kind: str, pk: int) -> HttpResponse:
    reason, read_hash = (request.POST.get(name, "").replace("\0", "") for name in ("reason", "read"))
    try:
        give_leave(_find(kind, pk), reason=reason, read_hash=read_hash, by=request.user, at=timezone.now())
    except LeaveError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Your leave is kept. An editor can publish it now.")
    return redirect("words_text", kind, pk)


def _find(kind: str, pk: int) -> Text:
    if kind not in KINDS:
        raise Http404("There is no such text.")
    if kind == "page":
        return get_object_or_404(TherapyPage.objects.select_related("therapy"), pk=pk)
    return get_object_or_404(InstructionText.objects.select_related("version"), pk=pk)


def _page(request: StaffRequest, text: Text, form: PematForm | None = None, *, status: int = 200) -> HttpResponse:
    pemat, held = pemat_of(text), text if isinstance(text, TherapyPage) else text.version
    context = {
        "text": text,
        "held": held,
        "report": report_of(text),
        "grade": grade_words(getattr(text, "reading_grade", None)) if held.status != Status.DRAFT else "",
        "pemat": pemat,
        "form": form or PematForm(pemat.for_people),
        "aim": AIM,
        "longest_reason": LONGEST_REASON,
    }
    return render(request, "therapies/words_text.html", context, status=status)
