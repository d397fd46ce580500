"""One sheet of each kind, made up and always the same, for tests of how they look and of how they are read out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from plans.education import Block, Education, EducationPart
from plans.leaflet import Leaflet, LeafletPart
from plans.sheet import Paper, Sheet, SheetItem, SheetPhase, SheetPicture, SheetPictures, SheetSource, SheetWords
from plans.tests.figure_thumbnails import thumbnails
from plans.tests.test_typesetting import CLINIC, CODES, make_item, make_sheet, make_slip
from plans.typesetting import render_booklet, render_code_slip, render_education, render_leaflet, render_pdf

SIGNS = tuple(f"This is sign number {number}, which means that you must not wait." for number in range(1, 13))
STOPS = ("You get a sharp pain.", "Pain moves further down your leg.", "You feel dizzy or faint.")


def picture(x: int, alt: str) -> SheetPicture:
    """A person who lies down, as plain shapes."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
        '<path d="M0 46h100" stroke="#9aa" stroke-width="3"/>'
        f'<circle cx="12" cy="36" r="8" fill="#c96"/><path d="M20 38h36" stroke="#288073" stroke-width="12"/>'
        f'<path d="M56 38L{x} 14L90 40" fill="none" stroke="#246" stroke-width="9"/></svg>'
    )
    return SheetPicture(svg, alt, 0.5)


PAIR = (picture(72, "A person lies on the back with bent knees."), picture(60, "One knee is drawn in."))


def illustrated(title: str = "One knee to chest", **changes: object) -> SheetItem:
    return make_item(**{"title": title, "figures": PAIR, "cautions": (), "not_now_if": (), "times_a_day": 2} | changes)


def care_item() -> SheetItem:
    lines = tuple(f"Reason number {number} not to do this now." for number in range(1, 9))
    return make_item(title="Ice pack", kind="ice", figures=PAIR * 2, not_now_if=lines, times_a_day=3)


def plan_of(*items: SheetItem, **changes: object) -> Sheet:
    phase = SheetPhase("Now", "Fri, Nov 20 to Thu, Dec 3", items or (illustrated(), illustrated("Bridge")))
    held: dict[str, object] = {
        "phases": (phase,),
        "emergency": SIGNS,
        "emergency_first": SIGNS[:4],
        "universal_stop": STOPS,
        "reviewed": "Facts reviewed: November 2026.",
        "grid_days": tuple(f"Fri {day}" for day in range(1, 15)),
    }
    return make_sheet(**held | changes)


def general_sheet(language: str = "en") -> Sheet:
    about = {"patient_name": "", "record_number": "", "issued_by": "", "title": "Home care", "language": language}
    return plan_of(care_item(), general=("This is not a plan made for you.",), **about)


def education(language: str = "en") -> Education:
    blocks = (Block(is_list=False, lines=("Ice means a cold pack.",)), Block(is_list=True, lines=("One.", "Two.")))
    words = SheetWords()
    explained = SheetPictures("Where it goes", PAIR, "How to read it.", source="From the list below.")
    return Education(
        language=language,
        title="Ice",
        summary="A cold pack may ease pain.",
        clinic=CLINIC,
        made_words="Printed Fri, Nov 20, 2026",
        ask_title="Ask first, or do not use",
        ask_first=("The skin there is numb.",),
        parts=(EducationPart("What it is", blocks, (explained,)), EducationPart("What is known", blocks[:1])),
        sources_title=words.sources,
        sources=(SheetSource("NHS inform", "Back problems"),),
        reviewed="Facts reviewed: November 2026.",
        closing=("Ask us first.",),
        emergency_title=words.all_signs,
        emergency=SIGNS,
        stop_title=words.stop_and_call,
        stop=STOPS,
        call_us=words.call_us,
        after_hours=words.after_hours,
        page_of=words.page_of,
    )


def card(language: str = "en") -> Leaflet:
    return Leaflet(
        language=language,
        title="Call 911 now",
        clinic=CLINIC,
        patient_name="Mara Lindqvist",
        record_number="10042",
        made_words="Fri, Nov 20, 2026",
        box=("Do not wait for the clinic.",),
        parts=(LeafletPart("Call 911 if", SIGNS[:3]),),
        closing="Nobody is watching this page.",
    )


@dataclass(frozen=True)
class Look:
    """One approved picture: which page of which sheet; in gray, as a black-and-white printer prints it, or in color."""

    pdf: Callable[[], bytes]
    page: int = 1
    in_color: bool = False

    @property
    def mode(self) -> str:
        return "RGB" if self.in_color else "L"


THREE = (illustrated(), illustrated("Bridge", times_a_day=1), illustrated("Cat and camel", times_a_day=3))
LOOKS: Mapping[str, Look] = {
    "plan-letter": Look(lambda: render_pdf(plan_of(*THREE))),
    "plan-letter-color": Look(lambda: render_pdf(plan_of(*THREE)), in_color=True),
    "plan-letter-overleaf": Look(lambda: render_pdf(plan_of(*THREE, *THREE)), page=2),
    "plan-three-pictures": Look(lambda: render_pdf(plan_of(illustrated(figures=(*PAIR, PAIR[0])), *THREE[1:]))),
    "plan-a4": Look(lambda: render_pdf(plan_of(*THREE), paper=Paper.A4)),
    "plan-large": Look(lambda: render_pdf(plan_of(*THREE), large=True), page=2),
    "care-letter": Look(lambda: render_pdf(plan_of(care_item(), *THREE[:2]))),
    "general-large-a4": Look(lambda: render_pdf(general_sheet(), paper=Paper.A4, large=True)),
    "education-letter": Look(lambda: render_education(education())),
    # As they are shipped, so that none gets worse unseen. Few to a page: what changes in one must show in the whole.
    "figures-care": Look(lambda: thumbnails("care")),
    **{f"figures-{part + 1}": Look(lambda part=part: thumbnails("movements", part, 4)) for part in range(4)},
}


def booklet(language: str) -> bytes:
    sheet = plan_of(language=language)
    return render_booklet([(sheet, False), (sheet, True)], title="Home plans")


# Each by the language that it is to be in.
KINDS: Mapping[str, Callable[[str], bytes]] = {
    "plan": lambda language: render_pdf(
        plan_of(codes=CODES, medicines=("Ask about your medicine.",), note="Go slowly.", language=language)
    ),
    "plan in large print": lambda language: render_pdf(plan_of(codes=CODES, language=language), large=True),
    "ice": lambda language: render_pdf(plan_of(care_item(), language=language)),
    "general sheet": lambda language: render_pdf(general_sheet(language)),
    "booklet": booklet,
    "education page": lambda language: render_education(education(language)),
    "card": lambda language: render_leaflet(card(language)),
    "slip": lambda language: render_code_slip(make_slip(language=language)),
}
