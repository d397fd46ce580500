"""Choosing a picture for a draft."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from practice.access import StaffRequest, staff_may
from practice.roles import May
from therapies.content import token_of
from therapies.library import text_in
from therapies.library_read import figures_of
from therapies.models import InstructionVersion
from therapies.picture_choices import NAMES, PictureChoice, picture_choices
from therapies.pictures import DRAWN
from therapies.views_library_write import SAVED, open_draft, parts_of
from therapies.writing import Overtaken, WritingError, save_picture

NONE = "none"
# Each is drawn into the page.
MOST_NEAR = 18
CHOSEN_ANEW = "Somebody else chose another picture meanwhile: it is shown here. Choose again if you want yours."


@staff_may(May.PUBLISH)
@require_http_methods(["GET", "HEAD", "POST"])
def library_draft_picture(request: StaffRequest, slug: str, name: str) -> HttpResponse:
    """The pictures that may stand for `name` (main, easier, harder); the address may narrow them."""
    draft = open_draft(slug)
    if name not in DRAWN:
        raise Http404
    choices = picture_choices()
    if request.method == "POST":
        _choose(request, draft, name, choices)
        return redirect("library_draft_picture", slug, name)
    text, english = request.GET.get("text", "")[:80], text_in(draft)
    found = [choice for choice in choices if choice.is_called(text)]
    found.sort(key=lambda choice: choice.nearness(draft.instruction_id, draft.regions))
    shown = found if text or "all" in request.GET else found[:MOST_NEAR]
    context = {
        "name": name,
        "names": [(each, NAMES[each]) for each in DRAWN],
        "what": NAMES[name],
        "now": [each for each in figures_of(draft, english) if each["name"] == name] if english else [],
        "seen": token_of(draft.figures.get(name, {})),
        "choices": shown,
        "count": len(choices),
        "text": text,
    }
    return render(request, "therapies/library_picture.html", context | parts_of(draft, "pictures"))


def _choose(request: StaffRequest, draft: InstructionVersion, name: str, choices: list[PictureChoice]) -> None:
    """Take the picture that was chosen, and say on the next page how it went."""
    by_key: dict[str, PictureChoice | None] = {choice.key: choice for choice in choices}
    chosen = request.POST.get("picture", "")
    if chosen not in {*by_key, NONE}:
        messages.error(request, "Choose one of the pictures.")
        return
    try:
        save_picture(draft, name, by_key.get(chosen), by=request.user, seen=request.POST.get("seen", ""))
    except Overtaken:
        messages.error(request, CHOSEN_ANEW)
    except WritingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"{SAVED} Now read what the picture shows, in each language.")
