"""What every template may count on: the clinic, and whether this is the demo."""

from django.conf import settings
from django.http import HttpRequest

from practice.models import Clinic


def clinic(request: HttpRequest) -> dict[str, object]:
    # An error page may be shown before the middleware could load the clinic.
    return {"clinic": getattr(request, "clinic", None) or Clinic(), "demo": settings.DEMO}
