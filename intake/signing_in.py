"""A patient or a proxy comes in: by a code from the paper, by e-mail, or with a passkey.

Each way ends here, at one access: whose plan this device shows is known from then on, also for a proxy of two people.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from intake.models import PatientAccess
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
    request.session[CHOSEN] = {
        "patient": str(access.patient_id),
        "called": access.patient.called,
        "as": access.stands_as,
        "several": PatientAccess.objects.open_on(timezone.localdate()).filter(user=access.user_id).count() > 1,
    }


def chosen_patient(request: HttpRequest) -> UUID | None:
    chosen = request.session.get(CHOSEN)
    return UUID(chosen["patient"]) if chosen else None


def proxy_on_the_page(request: HttpRequest) -> dict[str, Any]:
    """For each page: whose plan a proxy looks at, and as what. It costs no query; for the patient there is nothing."""
    chosen = request.session.get(CHOSEN) if is_patient(request.user) else None
    if not chosen or not chosen["as"]:
        return {}
    return {"proxy": chosen | {"stands_as": PatientAccess.StandsAs(chosen["as"]).label}}


def is_patient(user: object) -> bool:
    """Whether this is somebody from outside the clinic who is signed in."""
    return isinstance(user, User) and not user.works_here
