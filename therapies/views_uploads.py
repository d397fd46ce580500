"""Uploading a picture, and the address of an uploaded one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.forms_uploads import UploadForm
from therapies.models import UploadedPicture
from therapies.photos import LARGE_PHOTO, SMALL_PHOTO
from therapies.reencoding import UploadError
from therapies.uploads import keep_upload

A_YEAR = 365 * 24 * 60 * 60


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_upload(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            picture = keep_upload(form.made, title=form.cleaned_data["title"], words=form.words, by=request.user)
        except UploadError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, f"“{picture.title}” is stored. It can be chosen for a draft now.")
            return redirect("library_figures")
    return render(request, "therapies/upload.html", {"form": form})


@require_safe
def uploaded_picture(request: StaffRequest, picture_id: UUID, size: str) -> HttpResponse:
    """The picture's bytes, as a PNG or a JPEG of our own making; they never change."""
    if size not in (LARGE_PHOTO, SMALL_PHOTO):
        raise Http404
    row = UploadedPicture.objects.filter(pk=picture_id).values_list(size, f"{size}_format").first()
    if row is None:
        raise Http404
    response = HttpResponse(bytes(row[0]), content_type=f"image/{row[1]}")
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=A_YEAR, immutable=True)
    return response


# Patients see it as well as staff: who is signed in no more is shown the patients' way in.
uploaded_picture.login_url = "start"  # type: ignore[attr-defined]
# It is nobody's own: no patient is in it.
uploaded_picture.needs_no_clinic = True  # type: ignore[attr-defined]
