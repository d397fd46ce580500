"""The figures and pictures of the library, and the editor in which a figure is posed."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.drawing_figures import CLINIC, FigureError, beginnings, figure_to_begin_from, keep_figure
from therapies.figures.files import read_figure
from therapies.figures.poses import PoseError
from therapies.forms_posing import PoseForm
from therapies.models import ClinicFigure
from therapies.picture_choices import PictureChoice, picture_choices
from therapies.pictures import MAIN, Picture, pictures_of

ON_A_PAGE = 24
BEGINNING = "stance:standing"


@require_safe
@staff_may(May.SEE_LIBRARY)
def library_figures(request: StaffRequest) -> HttpResponse:
    """The clinic's own figures and pictures, and those of published instructions; the address may narrow them."""
    text = request.GET.get("text", "").strip()
    found = [each for each in picture_choices() if text.lower() in each.title.lower()]
    page = Paginator(found, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "therapies/library_figures.html", {"text": text, "page": page, "count": len(found)})


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_figure_new(request: StaffRequest) -> HttpResponse:
    """Pose a figure, begun from another or from a stance; "show" draws it, "keep" stores it."""
    base = _base(request)
    form = PoseForm(request.POST or None, base=base)
    if request.method == "POST" and form.is_valid() and "keep" in request.POST:
        try:
            kept = _keep(form, request)
        except FigureError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"“{kept}” is stored. It can be chosen for a draft now.")
            return redirect("library_figures")
    context = {
        "form": form,
        "base": base,
        "is_ours": _is_ours(base),
        "pictures": _pictures(form, base),
        "beginnings": beginnings(),
    }
    return render(request, "therapies/pose_editor.html", context)


@require_POST
@staff_may(May.PUBLISH)
def library_figure_preview(request: StaffRequest) -> HttpResponse:
    """The figure as it would be now, for the page that is being filled in; nothing is stored."""
    base = _base(request)
    form = PoseForm(request.POST, base=base)
    return render(request, "therapies/pose_preview.html", {"form": form, "pictures": _pictures(form, base)})


def _base(request: StaffRequest) -> PictureChoice:
    key = request.POST.get("from") or request.GET.get("from") or BEGINNING
    try:
        base = figure_to_begin_from(key)
        read_figure(base.data, "figure")
    except (KeyError, PoseError) as error:
        raise Http404 from error
    return base


def _is_ours(base: PictureChoice) -> bool:
    return base.key.startswith(f"{CLINIC}:")


def _keep(form: PoseForm, request: StaffRequest) -> ClinicFigure:
    key, cleaned = form.base.key, form.cleaned_data
    replaces = UUID(key.partition(":")[2]) if cleaned["replaces"] and _is_ours(form.base) else None
    about = {"title": cleaned["title"], "words": form.words, "made_from": key}
    return keep_figure(form.figure, **about, replaces=replaces, by=request.user)


def _pictures(form: PoseForm, base: PictureChoice) -> tuple[Picture, ...]:
    """What the form draws; what it was begun from before anything is sent; nothing where it cannot be drawn."""
    form.is_valid()
    data = getattr(form, "figure", None) if form.is_bound else base.data
    if data is None:
        return ()
    words = [f"Picture {number}" for number in range(1, len(data["panel"]) + 1)]
    return pictures_of({MAIN: data}, {MAIN: words}, title="Preview", ids="preview")
