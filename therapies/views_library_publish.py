"""Publishing what waits in the library."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from therapies.loading import OFFERED
from therapies.models import InstructionVersion, Programme, TherapyPage
from therapies.publishing import PublishingError, adopt_programme, publish_page, publish_version


@require_POST
@staff_may(May.PUBLISH)
@freshly_signed_in()
def library_publish(request: StaffRequest, slug: str, version: UUID) -> HttpResponse:
    return _publish_version(request, slug, version)


@require_POST
@staff_may(May.LOOSEN_CAUTION)
@freshly_signed_in()
def library_loosen(request: StaffRequest, slug: str, version: UUID) -> HttpResponse:
    """A clinician publishes what loosens a caution, with a reason; everything else is an editor's to publish."""
    return _publish_version(request, slug, version, reason=_reason(request))


def _publish_version(request: StaffRequest, slug: str, version: UUID, *, reason: str = "") -> HttpResponse:
    draft = get_object_or_404(InstructionVersion, pk=version, instruction=slug)
    now, seen = timezone.now(), _seen(request)
    _tell(request, lambda: publish_version(draft, by=request.user, at=now, reason=reason, seen=seen))
    return redirect("library_instruction", slug=slug)


@require_POST
@staff_may(May.PUBLISH)
@freshly_signed_in()
def library_page_publish(request: StaffRequest, slug: str, page: int) -> HttpResponse:
    return _publish_page(request, slug, page)


@require_POST
@staff_may(May.LOOSEN_CAUTION)
@freshly_signed_in()
def library_page_loosen(request: StaffRequest, slug: str, page: int) -> HttpResponse:
    """The same of a page, for what it drops or words anew under "Ask first"."""
    return _publish_page(request, slug, page, reason=_reason(request))


def _publish_page(request: StaffRequest, slug: str, page: int, *, reason: str = "") -> HttpResponse:
    draft = get_object_or_404(TherapyPage, pk=page, therapy=slug)
    now, seen = timezone.now(), _seen(request)
    _tell(request, lambda: publish_page(draft, by=request.user, at=now, reason=reason, seen=seen))
    return redirect("library_page", slug=slug)


@require_POST
@staff_may(May.PUBLISH)
@freshly_signed_in()
def library_programme_publish(request: StaffRequest, slug: str) -> HttpResponse:
    """Replace the clinic's programme `slug` by the newer shipped one."""
    kept = get_object_or_404(Programme, pk=slug)
    offered = Programme.objects.filter(pk=slug + OFFERED).first()
    if offered:
        _tell(request, lambda: adopt_programme(offered, into=kept, by=request.user))
    else:
        messages.error(request, "This programme is no longer offered.")
    return redirect("library")


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "")


def _seen(request: HttpRequest) -> str:
    """What the page showed whose button was pressed; nothing is published unseen."""
    return request.POST.get("seen", "")


def _tell(request: HttpRequest, publish: Callable[[], object]) -> None:
    """Publish, and say on the next page how it went."""
    try:
        publish()
    except PublishingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Published.")
