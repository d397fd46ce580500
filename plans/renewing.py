"""renew_draft(): answers of an earlier day are no answers of today, so a draft that goes on later asks them again.

The day at the clinic counts. What it raised or holds stays. Looking at a page changes nothing: it shows the draft anew
(`seen_anew`), and the first answers that it sends renew what is stored.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from intake.asking import PLAIN_NOES, as_list
from intake.models import Screening
from intake.questions import QUESTIONS
from intake.questions_red_flags import HEALTH_CHANGED, PAIN_CHANGED
from plans.locking import lock_patient
from practice import audit
from practice.models import Clinic, User

# Kept among the typed answers until they are sent: the day they were begun, and the revision that asks again.
BEGUN_ON, RENEWED_AT = "begun_on", "renewed_at"
PLACE = ("regions", "side")
# A yes about "since then" stays true. A no does not: neither here nor about an illness that lasts.
LASTING = (*(question.name for question in QUESTIONS if question.lasting), HEALTH_CHANGED, PAIN_CHANGED)
RENEWED = "begun answers are asked again"
# What a page says of itself when it sends its answers: the day on which it was drawn.
DRAWN_ON = "drawn_on"


class BegunEarlier(Exception):
    """The draft, or the page that types into it, is from before today: what can change is asked again."""

    def __init__(self, draft: Screening) -> None:
        super().__init__("The questions were begun on an earlier day.")
        self.draft = draft


def begun_earlier(draft: Screening, today: date) -> bool:
    """Whether a stored draft was begun on an earlier day of the clinic."""
    return not draft._state.adding and _begun_on(draft) < today


def drawn_before_renewal(draft: Screening, revision: int | None) -> bool:
    """Whether a page of this revision shows the answers from before they were asked again."""
    renewed_at = draft.typed.get(RENEWED_AT)
    return renewed_at is not None and revision is not None and revision < renewed_at


def day_begun(draft: Screening) -> date | None:
    """The day on which a draft was begun whose answers are asked again today; None for any other."""
    begun_on = draft.typed.get(BEGUN_ON)
    return date.fromisoformat(begun_on) if begun_on else None


def drawn_today(posted: Mapping[str, str], today: date) -> bool:
    """Whether the page that sends this was drawn today, and so showed a draft of an earlier day anew."""
    return posted.get(DRAWN_ON) == today.isoformat()


def seen_anew(draft: Screening, today: date) -> Screening:
    """The draft as a page shows it today: a reload, or a browser that fetches ahead, stores nothing."""
    if begun_earlier(draft, today):
        _begin_anew(draft)
    return draft


def renew_draft(draft: Screening, *, by: User, today: date) -> Screening:
    """The draft as it may go on today: itself, or with the answers blanked that can change since it was begun."""
    if not begun_earlier(draft, today):
        return draft
    with transaction.atomic():
        lock_patient(draft.patient_id)
        stored = Screening.objects.drafts().select_for_update(of=("self",)).select_related("based_on", "patient")
        renewed = stored.filter(pk=draft.pk).first()
        if renewed is None:
            return draft
        if begun_earlier(renewed, today):
            blank(renewed, by=by)
    return renewed


def blank(draft: Screening, *, by: User) -> None:
    """Store the draft begun anew. The caller holds the patient's row."""
    _begin_anew(draft)
    draft.save()
    audit.record(audit.Action.CHANGED, actor=by, about=draft, patient_id=draft.patient_id, detail=RENEWED)


def _begin_anew(draft: Screening) -> None:
    """With what lasts of its answers."""
    draft.revision += 1
    begun_on = _begun_on(draft).isoformat()
    draft.typed = {**lasting_answers(draft.typed), BEGUN_ON: begun_on, RENEWED_AT: draft.revision}
    draft.page, draft.started_at = None, timezone.now()


def lasting_answers(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Where it hurts, and what is known for good: a plain no to an illness may have become a yes."""
    place = {name: typed[name] for name in PLACE if name in typed}
    known = {name: typed[name] for name in LASTING if typed.get(name)}
    return place | {name: said for name, said in known.items() if not PLAIN_NOES.issuperset(as_list(said))}


def _begun_on(draft: Screening) -> date:
    return timezone.localdate(draft.started_at, Clinic.load().zone)
