"""What every template may count on: the clinic, and whether this is the demo, and how long it may lie idle."""

from django.conf import settings
from django.http import HttpRequest

from practice.models import Clinic
from practice.sessions_limits import idle_time


def clinic(request: HttpRequest) -> dict[str, object]:
    # An address that leads nowhere has no view, and so no clinic from the middleware.
    return {"clinic": getattr(request, "clinic", None) or Clinic.load(), "demo": settings.DEMO}


def idle(request: HttpRequest) -> dict[str, object]:
    """After how many seconds without use a page of the desk closes itself."""
    row = getattr(getattr(request, "session", None), "row", None)
    locks_itself = row is not None and row.locks_itself
    return {"idle_seconds": round(idle_time(works_here=True, locks_itself=locks_itself).total_seconds())}
