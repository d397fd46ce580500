"""A movement's frames, for the pages that play it. Nothing in them is about a patient."""

from dataclasses import asdict
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from practice.access import StaffRequest
from therapies.figures.poses import PoseError
from therapies.models import InstructionVersion, Status
from therapies.pictures import mirrored, motion_of

A_DAY = 24 * 60 * 60


@require_safe
def figure_motion(request: StaffRequest, version_id: UUID, name: str) -> HttpResponse:
    """The shapes of every path at each moment, of the other side where the address asks for that; 404 for what is not
    drawn or does not move."""
    version = get_object_or_404(InstructionVersion.objects.shown_to(request.user), pk=version_id)
    try:
        figure = version.figures[name]
        frames = motion_of(mirrored(figure) if request.GET.get("side") == "other" else figure)
    except (KeyError, PoseError) as error:
        raise Http404 from error
    response = JsonResponse(asdict(frames))
    # A published version stays as it is; a draft may be filled anew.
    patch_cache_control(response, private=True, max_age=0 if version.status == Status.DRAFT else A_DAY)
    return response


# Patients see it as well as staff: who is signed in no more is shown the patients' way in.
figure_motion.login_url = "start"  # type: ignore[attr-defined]
# Nothing of the clinic is in it and nothing private, so that a browser may keep it.
figure_motion.needs_no_clinic = True  # type: ignore[attr-defined]
