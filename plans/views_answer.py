"""The patient's own screening, on a phone or on the desk's tablet: one page a group, then "Check and send".

Each answer is kept at once, and a red flag among them shows its card before anything else is asked.
"""

from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intake.asking import Group
from intake.forms_screening import ScreeningForm
from intake.loading import note_opening
from intake.models import Patient, RedFlag, Screening, TabletVisit
from intake.questions import GROUP_BY_SLUG
from intake.tablet import hold_card
from plans.answering import Sitting, answering_patient, changed_elsewhere, keep_page, revision_of, sit_down
from plans.cards import URGENT, Card, card_of, card_of_patient
from plans.days import day_words
from plans.leading import see_other
from plans.receiving import DraftElsewhere, ScreeningGone, receive_answers
from plans.renewing import BegunEarlier, day_begun, drawn_today
from plans.speaking import speak
from plans.tablet_session import Door, finish, on_the_tablet
from practice.access import StaffRequest, patient_only

# Beside the groups of questions.py: the two pages that asking again puts together.
SLUGS = frozenset({*GROUP_BY_SLUG, "again", "now"})
# In the session: the urgent flags whose card this device has shown.
SEEN = "seen_flags"
CHANGED = gettext_lazy("These answers changed meanwhile. Please look at each of them again.")
ASKED_AGAIN = gettext_lazy("These questions were begun on an earlier day. Please answer again what may have changed.")


@on_the_tablet(Door.QUESTIONS)
@patient_only
@never_cache
@require_safe
def answer(request: StaffRequest) -> HttpResponse:
    """Begin, or go on where something is still open."""
    sitting = _sit_down(request)
    still_open = sitting.open_pages
    return see_other("answer_page", still_open[0].slug) if still_open else see_other("answer_check")


@on_the_tablet(Door.QUESTIONS)
@patient_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: StaffRequest, page: str) -> HttpResponse:
    """One group of questions. What is posted is kept first, then checked: nothing is lost to an error."""
    if page not in SLUGS:
        raise Http404
    try:
        sitting = _sit_down(request, looks=request.method != "POST")
        group = next((each for each in sitting.pages if each.slug == page), None)
        if request.method == "POST":
            return _next(request, sitting, group) if group else _look_again(request, sitting)
        return _page(request, sitting, group, sitting.form(group)) if group else see_other("answer")
    except ScreeningGone:
        return _sent_already(request)
    except BegunEarlier:
        return _asked_again(request)


@on_the_tablet(Door.QUESTIONS)
@patient_only
@never_cache
@require_POST
def answer_keep(request: StaffRequest, page: str) -> HttpResponse:
    """What the page sends by itself: 204, or 409 when it is not kept; with 200 the address of the card that an answer
    called for, or what the desk had answered otherwise."""
    if page not in SLUGS:
        raise Http404
    try:
        sitting = _sit_down(request, looks=False)
        group = next((each for each in sitting.pages if each.slug == page), None)
        if group is None:
            return _not_kept()
        elsewhere = changed_elsewhere(sitting, group, request.POST, page_id=_page_id(request))
        sitting = _keep(request, sitting, group)
    except BegunEarlier:
        return JsonResponse({"card": reverse("answer_card")}) if _shows_card(request, sitting) else _not_kept()
    except ScreeningGone:
        return _not_kept()
    if _shows_card(request, sitting):
        return JsonResponse({"card": reverse("answer_card")})
    if elsewhere:
        return JsonResponse({"said": _told(elsewhere)})
    return HttpResponse(status=204, headers={"Not-Asked": " ".join(sitting.not_asked(group))})


@on_the_tablet(Door.QUESTIONS)
@patient_only
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_check(request: StaffRequest) -> HttpResponse:
    """What was answered, to read once more; sending it is the last step."""
    try:
        sitting = _sit_down(request)
    except ScreeningGone:
        return _sent_already(request)
    if request.method == "POST" and not sitting.private_only and not sitting.open_pages:
        if _shows_card(request, sitting):
            return see_other("answer_card")
        # What is sent is what was read: answers that came meanwhile are read first.
        if revision_of(request.POST) == sitting.draft.revision:
            return _send(request, sitting)
        messages.warning(request, CHANGED)
    context = _context(request, sitting) | {"answers": sitting.to_read(), "open_pages": sitting.open_pages}
    return render(request, "plans/answer_check.html", context)


@on_the_tablet(Door.CARD)
@patient_only
@never_cache
@require_safe
def answer_card(request: StaffRequest) -> HttpResponse:
    """The card that an answer called for. On the tablet it stays until staff dismiss it."""
    visit = _visit(request)
    card = _card_of_visit(visit) if visit else card_of_patient(_patient(request))
    if card is None or (visit and not visit.holds_card):
        return see_other("answer")
    _note_seen(request)
    return render(request, "plans/answer_card.html", {"card": card, "tablet": visit, "next_page": reverse("answer")})


@patient_only
@never_cache
@require_safe
def answer_again(request: StaffRequest) -> HttpResponse:
    """What can change, asked once more: the first page; nothing is stored before it holds an answer."""
    sitting = _sit_down(request, again=True)
    if not sitting.draft._state.adding or sitting.draft.based_on is None:
        return see_other("answer")
    group = sitting.pages[0]
    return _page(request, sitting, group, sitting.form(group), again=True)


@patient_only
@never_cache
@require_safe
def answer_wrong(request: StaffRequest) -> HttpResponse:
    """ "Something is wrong": when to call 911 first, then the questions."""
    return render(request, "plans/answer_wrong.html", {"patient": _patient(request)})


def _next(request: StaffRequest, sitting: Sitting, group: Group) -> HttpResponse:
    elsewhere = changed_elsewhere(sitting, group, request.POST, page_id=_page_id(request))
    sitting = _keep(request, sitting, group)
    if _shows_card(request, sitting):
        return see_other("answer_card")
    form = sitting.form(group, request.POST)
    if not form.is_valid() or elsewhere:
        return _page(request, sitting, group, form, again=bool(request.POST.get("again")), elsewhere=elsewhere)
    pages = sitting.pages
    following = pages[pages.index(_same(pages, group)) + 1 :]
    return see_other("answer_page", following[0].slug) if following else see_other("answer_check")


def _look_again(request: StaffRequest, sitting: Sitting) -> HttpResponse:
    """The questions changed under a page that is not among them any more: its answers are kept, and read again."""
    sitting = _keep(request, sitting, None)
    if _shows_card(request, sitting):
        return see_other("answer_card")
    messages.warning(request, CHANGED)
    return see_other("answer")


def _asked_again(request: StaffRequest) -> HttpResponse:
    """The page or the draft is from an earlier day: the card of what it raised, then the questions again."""
    sitting = _sit_down(request)
    if _shows_card(request, sitting):
        return see_other("answer_card")
    messages.warning(request, ASKED_AGAIN)
    return see_other("answer")


def _not_kept() -> HttpResponse:
    return HttpResponse(status=409)


def _same(pages: tuple[Group, ...], group: Group) -> Group:
    """The page as it stands after its answers: asking again may have put questions into it."""
    return next((each for each in pages if each.slug == group.slug), pages[-1])


def _keep(request: StaffRequest, sitting: Sitting, group: Group | None) -> Sitting:
    return keep_page(
        sitting,
        group,
        request.POST,
        by=request.user,
        channel=_channel(request),
        page_id=_page_id(request) or uuid4(),
    )


def _shows_card(request: StaffRequest, sitting: Sitting) -> bool:
    """Whether an urgent card comes before the next question; the tablet holds it.

    What counts is that this device has shown it, not that the flag is new: the page may have sent the answer by
    itself a moment before "Next" was pressed, and then nobody has read that answer's card.
    """
    if not _unseen(request, sitting.draft):
        return False
    if visit := _visit(request):
        hold_card(visit)
    return True


def _note_seen(request: StaffRequest) -> None:
    drafts = Screening.objects.drafts().filter(patient=_patient(request))
    unseen = [pk for draft in drafts for pk in _unseen(request, draft)]
    if unseen:
        request.session[SEEN] = [*request.session.get(SEEN, []), *unseen]


def _told(elsewhere: tuple[tuple[str, str], ...]) -> str:
    answers = "; ".join(f"{question} {answer}" for question, answer in elsewhere)
    return _("The front desk answered here too. They had: %(answers)s") % {"answers": answers}


def _unseen(request: StaffRequest, draft: Screening) -> set[str]:
    raised = RedFlag.objects.urgent().open().filter(screening=draft.pk).values_list("pk", flat=True)
    return {str(pk) for pk in raised} - set(request.session.get(SEEN, []))


def _send(request: StaffRequest, sitting: Sitting) -> HttpResponse:
    cleaned = sitting.whole_form.cleaned_data
    try:
        receive_answers(sitting.draft, cleaned, by=request.user, today=sitting.today, channel=_channel(request))
    except ScreeningGone:
        return _sent_already(request)
    except BegunEarlier:
        return _asked_again(request)
    except DraftElsewhere:
        messages.warning(request, CHANGED)
        return see_other("answer_check")
    if visit := _visit(request):
        return finish(request, visit)
    messages.success(request, _("Thank you. Your answers are sent."))
    return see_other("me")


def _sent_already(request: StaffRequest) -> HttpResponse:
    if visit := _visit(request):
        return finish(request, visit)
    messages.info(request, _("Your answers were sent already. To change one, answer again or call us."))
    return see_other("me")


def _page(request: StaffRequest, sitting: Sitting, group: Group, form: ScreeningForm, **shown: Any) -> HttpResponse:
    pages = sitting.pages
    at = pages.index(_same(pages, group))
    context = _context(request, sitting) | {
        "group": group,
        "form": form,
        "not_asked": sitting.not_asked(group),
        "page": _page_id(request) or uuid4(),
        "number": at + 1,
        "count": len(pages) + 1,
        "before": pages[at - 1].slug if at else "",
        **shown,
    }
    status = 409 if shown.get("elsewhere") else 422 if form.errors else 200
    return render(request, "plans/answer_page.html", context, status=status)


def _context(request: StaffRequest, sitting: Sitting) -> dict[str, Any]:
    return {
        "patient": sitting.patient,
        "draft": sitting.draft,
        "private_only": sitting.private_only,
        "tablet": _visit(request),
        "urgent": _open_urgent(sitting.patient),
        "begun_on": _day_begun(sitting),
    }


def _day_begun(sitting: Sitting) -> str:
    """The earlier day on which a draft was begun that is seen anew; empty for one of today."""
    begun = day_begun(sitting.draft)
    return day_words(begun) if begun else ""


def _open_urgent(patient: Patient) -> Card | None:
    card = card_of_patient(patient)
    return card if card and card.level in URGENT else None


def _sit_down(request: StaffRequest, *, again: bool = False, looks: bool = True) -> Sitting:
    visit = _visit(request)
    patient = _patient(request)
    note_opening(request, patient)
    return sit_down(
        patient,
        by=request.user,
        today=request.clinic.today(),
        draft_id=request.POST.get("draft", ""),
        again=again or bool(request.POST.get("again")),
        private_only=bool(visit and visit.private_only),
        looks=looks,
        goes_on=drawn_today(request.POST, request.clinic.today()),
    )


def _patient(request: StaffRequest) -> Patient:
    visit = _visit(request)
    patient = visit.access.patient if visit else answering_patient(request.user)
    if patient is None:
        raise Http404
    speak(request, patient)
    return patient


def _card_of_visit(visit: TabletVisit) -> Card | None:
    """What was open in this visit, also when a clinician was quick to close it: only staff take the card away.

    What was raised before, on a phone or in an earlier visit, is in it: a card is held for that too (`_unseen`).
    """
    flags = RedFlag.objects.urgent().filter(patient=visit.access.patient_id)
    return card_of(flags.open_since(visit.started_at or visit.opened_at))


def _visit(request: StaffRequest) -> TabletVisit | None:
    return cast("TabletVisit | None", getattr(request, "tablet_visit", None))


def _channel(request: StaffRequest) -> Screening.Channel:
    return Screening.Channel.TABLET if _visit(request) else Screening.Channel.PHONE


def _page_id(request: StaffRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("page", ""))
    except ValueError:
        return None
