"""What every template may count on: the clinic, and whether this is the demo."""

from django.conf import settings
from django.http import HttpRequest

from practice.models import Clinic


def clinic(request: HttpRequest) -> dict[str, object]:
    # An address that leads nowhere has no view, and so no clinic from the middleware.
    return {"clinic": getattr(request, "clinic", None) or Clinic.load(), "demo": settings.DEMO}
