"""A patient or a proxy comes in: by a code from the paper, by e-mail, or with a passkey.

Each way ends here, at one access: whose plan this device shows is known from then on, also for a proxy of two people.
"""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from intake.models import PatientAccess
from intake.models_access import PatientAccessQuerySet
from practice import audit
from practice.models import User

BACKEND = "practice.backends.SteadyBackend"
# In the session: whose plan it shows, and as what a proxy sees it.
CHOSEN = "whose_plan"


def sign_in(request: HttpRequest, access: PatientAccess, *, by: str) -> None:
    """Sign the person in for 30 days on this device. `by` is the way: "code", "e-mail", "passkey"."""
    login(request, access.user, backend=BACKEND)
    request.session.set_expiry(settings.PATIENT_SESSION_AGE)
    choose(request, access)
    audit.record(audit.Action.SIGNED_IN, actor=access.user, patient_id=access.patient_id, request=request, detail=by)


def choose(request: HttpRequest, access: PatientAccess) -> None:
    """This device shows that patient's plan."""
    request.session[CHOSEN] = what_is_shown(access)


def what_is_shown(access: PatientAccess) -> dict[str, Any]:
    """What a session keeps of whom it shows."""
    return {
        "patient": str(access.patient_id),
        "called": access.patient.called,
        "as": access.stands_as,
        "until": access.until.isoformat() if access.until else "",
        "several": open_to_person(access.user_id).count() > 1,
    }


def open_to_person(user_id: UUID) -> PatientAccessQuerySet:
    """What this person may open today; what was given first comes first."""
    found = PatientAccess.objects.open_on(timezone.localdate()).filter(user=user_id)
    return found.select_related("patient").order_by("given_at")


def chosen_patient(request: HttpRequest) -> UUID | None:
    chosen = request.session.get(CHOSEN)
    if chosen and _is_over(chosen):
        chosen = _choose_another(request)
    return UUID(chosen["patient"]) if chosen else None


def _is_over(chosen: dict[str, Any]) -> bool:
    """Whether the last day has passed, in every zone: this is asked before the clinic's own is known."""
    until: str = chosen.get("until", "")
    return bool(until) and date.fromisoformat(until) < timezone.localdate() - timedelta(days=1)


def _choose_another(request: HttpRequest) -> dict[str, Any] | None:
    """A proxy whose time for one patient is over sees the next, and nobody's name when there is none."""
    assert isinstance(request.user, User)
    del request.session[CHOSEN]
    if other := open_to_person(request.user.pk).first():
        choose(request, other)
    return request.session.get(CHOSEN)


def proxy_on_the_page(request: HttpRequest) -> dict[str, Any]:
    """For each page: whose plan a proxy looks at, and as what. It costs no query; for the patient there is nothing."""
    chosen = request.session.get(CHOSEN) if is_patient(request.user) else None
    if not chosen or not chosen["as"]:
        return {}
    return {"proxy": chosen | {"stands_as": PatientAccess.StandsAs(chosen["as"]).label}}


def is_patient(user: object) -> bool:
    """Whether this is somebody from outside the clinic who is signed in."""
    return isinstance(user, User) and not user.works_here
