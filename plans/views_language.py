"""The language switch."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBadRequest, HttpResponseBase
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from plans.tablet_session import Door, on_the_tablet
from therapies.languages import LanguageError, language_called

LONGEST_CODE = 20


# Public: who cannot read the page has no other way to one that they can.
@on_the_tablet(Door.CARD)
@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponseBase:
    """Keep the choice on this device, and show the same page again (Django goes back to where the form stood)."""
    try:
        language_called(request.POST.get("language", "")[:LONGEST_CODE])
    except LanguageError as error:
        return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
    return set_language(request)
