"""The languages that patients read: what was reviewed, and the page on which somebody who knows one reviews a part."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from practice.access import StaffRequest, staff_may
from practice.roles import May
from practice.stepping_up import freshly_signed_in
from therapies.forms_reviews import ReviewForm
from therapies.languages import LanguageFile
from therapies.models import TextReview
from therapies.review_list import Part, other_languages, parts_in
from therapies.reviewing import ReviewError, review_text
from therapies.wordings import Wording


@require_safe
@staff_may(May.SEE_LIBRARY)
def review_languages(request: StaffRequest) -> HttpResponse:
    """Each language with its parts and how it stands with them; the address may narrow it to what is to review."""
    context = {
        "languages": [parts_in(language) for language in other_languages()],
        "only": request.GET.get("show") == "to-review",
    }
    return render(request, "therapies/review_languages.html", context)


@require_safe
@staff_may(May.SEE_LIBRARY)
def review_part(request: StaffRequest, language: str, part: str) -> HttpResponse:
    """The words beside the English, what was found before and, for who may, the form."""
    read_in, shown, wording = _find(language, part)
    return _page(request, read_in, shown, _form(request, wording))


@require_POST
@staff_may(May.REVIEW_TEXT)
@freshly_signed_in()
def review_save(request: StaffRequest, language: str, part: str) -> HttpResponse:
    read_in, shown, wording = _find(language, part)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, read_in, shown, form, status=422)
    said = form.cleaned_data
    try:
        review_text(
            wording,
            TextReview.Outcome(said["outcome"]),
            by=request.user,
            read_hash=said["read"],
            qualification=said["qualification"],
            note=said["note"],
        )
    except ReviewError as error:
        # What was typed stays; the page now shows the words as they are.
        form = ReviewForm(request.POST.dict() | {"read": wording.hash})
        form.add_error(None, str(error))
        return _page(request, read_in, shown, form, status=409)
    messages.success(request, f"Your review of “{shown.title}” is kept.")
    return redirect("review_languages")


def _find(language: str, part: str) -> tuple[LanguageFile, Part, Wording]:
    """The language, its part and the part's words; 404 when there are none."""
    for each in other_languages():
        for found in parts_in(each).parts if each.code == language else ():
            if found.key == part and found.wording:
                return each, found, found.wording
    raise Http404("There is no such text to review.")


def _form(request: StaffRequest, wording: Wording) -> ReviewForm:
    """An empty form. How the person knows the language was said once and need not be typed for each part."""
    earlier = TextReview.objects.filter(by=request.user, language=wording.language).first()
    initial = {"read": wording.hash, "qualification": earlier.qualification if earlier else ""}
    return ReviewForm(initial=initial)


def _page(
    request: StaffRequest, language: LanguageFile, part: Part, form: ReviewForm, *, status: int = 200
) -> HttpResponse:
    earlier = TextReview.objects.filter(language=language.code, part=part.key).select_related("by")
    context = {"language": language, "part": part, "form": form, "reviews": earlier}
    return render(request, "therapies/review_part.html", context, status=status)
