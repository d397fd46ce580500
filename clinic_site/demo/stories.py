"""The demo's patients: invented people, each in another state of the clinic's work.

A story says who somebody is, what they answered, and how far the clinic got with them; telling.py makes it so
through the same verbs that the pages use.
"""

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any


class Reached(Enum):
    """How far the clinic got."""

    REGISTERED = "registered only"
    SCREENING_DRAFT = "the screening is begun"
    SCREENED = "the screening is sent, no plan yet"
    PLAN_DRAFT = "a draft plan"
    ISSUED = "a plan at home"
    SECOND_VERSION = "a second version of the plan"
    STOPPED = "newer answers stopped the plan"
    HELD = "newer answers put an item on hold"
    ENDED = "the plan is over"


@dataclass(frozen=True)
class Story:
    """One patient. `answers` are what the screening got beside "no"; every day count is from today back.

    What the proposed `phases` offer of these modalities comes first, then `programme`, then `items`; with
    `issued_days_ago` all of it as of that day. `later_items` come with the second version; after a stopped plan or a
    held item the questions were asked again, with `later_answers` beside its `answers`. `done` are ticked today. A
    review is `cleared` with those words. A story with `codes` has its sign-in codes shown when the demo starts; a
    `printed` one has been handed its sheet. A `restricted` record is open to its clinician alone.
    """

    slug: str
    given_name: str
    family_name: str
    age: int
    about: str
    reached: Reached
    answers: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    programme: str = ""
    phases: tuple[str, ...] = ()
    issued_days_ago: int = 0
    items: tuple[str, ...] = ()
    note: str = ""
    later_items: tuple[str, ...] = ()
    later_note: str = ""
    later_answers: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    done: tuple[str, ...] = ()
    cleared: str = ""
    codes: bool = False
    large_print: bool = False
    printed: bool = False
    restricted: bool = False

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def says(**answers: Any) -> MappingProxyType[str, Any]:
    return MappingProxyType(answers)


STORIES: tuple[Story, ...] = (
    Story(
        "stuck-for-weeks",
        "Nathan",
        "Ferrell",
        38,
        "Spasms for 30 days, again and again, getting better: heat fits, ice does not.",
        Reached.ISSUED,
        says(
            regions=["low_back", "hip_crest"],
            onset_ago=30,
            brought_on_by="Hard training before it had settled; the first squats of the day",
            how_often="now_and_then",
            recurrent="yes",
            area_painful="yes",
            area_tight="yes",
        ),
        items=("heat-pack", "hamstring-stretch-with-towel", "kneeling-hip-flexor-stretch", "walking"),
        note=(
            "You are on the mend. Go slowly this time. Because of the shoulder surgery this summer, "
            "leave out anything that puts weight on the arms."
        ),
        done=("walking",),
        codes=True,
        printed=True,
    ),
    Story(
        "fresh-sprain",
        "Amara",
        "Okafor",
        29,
        "A sprain two days ago, warm and swollen: ice fits, heat does not.",
        Reached.ISSUED,
        says(
            regions=["low_back"],
            onset_ago=2,
            brought_on_by="Lifted a washing machine",
            how_often="all_the_time",
            new_injury="yes",
            area_warm="yes",
            area_swollen="yes",
            area_painful="yes",
        ),
        programme="first-48-hours",
        note="Short and gentle for now. Call us if it is not easing in a few days.",
        codes=True,
    ),
    Story(
        "swollen-ten-days",
        "Walter",
        "Lindqvist",
        57,
        "Ten days old and still swollen: ice fits, heat does not; screened, no plan yet.",
        Reached.SCREENED,
        says(regions=["low_back"], onset_ago=10, new_injury="yes", area_swollen="yes", area_painful="yes"),
    ),
    Story(
        "poor-circulation",
        "Rosalind",
        "Achterberg",
        68,
        "Five weeks, with poor blood flow: ice is out, heat with care.",
        Reached.ISSUED,
        says(
            regions=["low_back", "buttock"],
            onset_ago=5,
            onset_unit="weeks",
            how_often="every_day",
            area_tight="yes",
            poor_circulation="yes",
        ),
        items=("heat-pack", "seated-rotation", "walking"),
        note="Test the pack on your forearm first. Ten minutes is enough.",
        large_print=True,
        printed=True,
    ),
    Story(
        "no-feeling",
        "Desmond",
        "Tavares",
        61,
        "Diabetes with loss of feeling: neither ice nor heat.",
        Reached.ISSUED,
        says(
            regions=["low_back"],
            onset_ago=6,
            area_painful="yes",
            diabetes="yes",
            diabetes_neuropathy="yes",
        ),
        items=("knee-rolls", "pelvic-tilt", "walking"),
        note="No ice and no heat for you, because of the feeling in your feet. Moving is your medicine.",
        printed=True,
    ),
    Story(
        "grey-zone",
        "Ingrid",
        "Solheim-Vance",
        44,
        "Day 17, between “recent” and “old”: either may be tried, with a clinician’s word.",
        Reached.ISSUED,
        says(regions=["low_back"], onset_ago=17, how_often="some_days", area_tight="yes", area_painful="yes"),
        items=("heat-pack", "hamstring-stretch-with-towel", "standing-side-bend"),
    ),
    Story(
        "plan-over",
        "Marguerite",
        "D’Aubrey",
        50,
        "Better: the plan is over and still readable.",
        Reached.ENDED,
        says(regions=["neck", "shoulder"], onset_ago=8, onset_unit="weeks", recurrent="yes", area_tight="yes"),
        programme="neck-and-shoulder",
        note="Well done. Keep the chin tucks going at your desk.",
        codes=True,
        printed=True,
    ),
    Story(
        "second-version",
        "Tomás",
        "Villaseñor",
        35,
        "Went on to version 2; version 1 is still there to read. Takes a pain drug and drinks wine: to ask about.",
        Reached.SECOND_VERSION,
        says(
            regions=["low_back", "hip_front"],
            onset_ago=4,
            onset_unit="weeks",
            how_often="every_day",
            recurrent="yes",
            area_tight="yes",
            taking_nsaid="yes",
            alcohol_with_medicine="yes",
        ),
        programme="over-3-weeks",
        note="Start with these four.",
        later_items=("kneeling-hip-flexor-stretch",),
        later_note="That went well, so one stretch more.",
        done=("heat-pack", "walking"),
        codes=True,
        printed=True,
    ),
    Story(
        "stopped-emergency",
        "Gordon",
        "Mbeki-Hale",
        52,
        "Had a plan at home; then the skin between the legs went numb. The plan is stopped: 911.",
        Reached.STOPPED,
        says(regions=["low_back", "buttock"], onset_ago=7, new_injury="yes", area_painful="yes"),
        items=("ice-pack", "walking"),
        later_answers=says(saddle_numbness="yes"),
        codes=True,
        printed=True,
    ),
    Story(
        "stopped-review",
        "Celeste",
        "Fontaine",
        63,
        "Had a plan at home; then told of a cancer years ago. The plan is on hold until a clinician decides.",
        Reached.STOPPED,
        says(regions=["low_back"], onset_ago=5, onset_unit="weeks", recurrent="yes", area_tight="yes"),
        items=("heat-pack", "walking"),
        later_answers=says(cancer_history="yes"),
        codes=True,
    ),
    Story(
        "review-cleared",
        "Beatriz",
        "Holloway",
        56,
        "Told of a cancer years ago; a clinician looked, cleared the review and issued the plan.",
        Reached.ISSUED,
        says(regions=["low_back"], onset_ago=4, onset_unit="weeks", area_tight="yes", cancer_history="yes"),
        items=("heat-pack", "walking"),
        cleared="Breast cancer 12 years ago, discharged. No night pain, no weight loss, normal examination.",
    ),
    Story(
        "half-screened",
        "Priya",
        "Raghunathan",
        31,
        "Had to leave in the middle of the questions.",
        Reached.SCREENING_DRAFT,
        says(regions=["low_back"], onset_ago=3, brought_on_by="A long drive", area_tight="yes"),
        codes=True,
    ),
    Story(
        "plan-to-issue",
        "Caleb",
        "Windermere",
        47,
        "The desk prepared a plan; a clinician has yet to issue it.",
        Reached.PLAN_DRAFT,
        says(
            regions=["low_back"],
            onset_ago=9,
            new_injury="yes",
            area_painful="yes",
            area_swollen="yes",
            diabetes="yes",
        ),
        programme="day-3-to-13",
        phases=("heat",),
    ),
    Story(
        "just-registered",
        "Suharni",
        "",
        26,
        "Has one name only; just came in, and has codes but no plan yet.",
        Reached.REGISTERED,
        codes=True,
    ),
    Story(
        "large-print",
        "Eleanor",
        "Hawthorne-Abernathy",
        82,
        "Reads large print; not sure about one of the questions.",
        Reached.ISSUED,
        says(
            regions=["low_back"],
            onset_ago=3,
            onset_unit="weeks",
            recurrent="yes",
            area_cold="yes",
            area_tight="yes",
            hip_replacement="yes",
            bleeding_risk="unknown",
        ),
        items=("heat-pack", "seated-cat-cow", "walking"),
        note="Sit on a firm chair with arms for the seated ones.",
        large_print=True,
        printed=True,
    ),
    Story(
        "expecting",
        "Yasmin",
        "Al-Rashid",
        33,
        "24 weeks pregnant: warmth on the back only, gentle moves.",
        Reached.ISSUED,
        says(
            regions=["low_back", "buttock"],
            onset_ago=4,
            onset_unit="weeks",
            area_tight="yes",
            pregnant="yes",
            pregnant_weeks=24,
        ),
        items=("heat-pack", "cat-camel", "walking"),
        note="Lie on your side with a pillow between your knees to rest.",
    ),
    Story(
        "another-script",
        "ليلى",
        "الحدّاد",
        40,
        "Her name is written from right to left; the sheet shows the record number.",
        Reached.ISSUED,
        says(regions=["low_back"], onset_ago=5, area_painful="yes", how_often="every_day"),
        programme="day-3-to-13",
    ),
    Story(
        "ice-then-heat",
        "Ruben",
        "Castellanos",
        41,
        "Day 4: ice until day 13; heat is approved in advance for day 22, and he is to call about it.",
        Reached.ISSUED,
        says(regions=["low_back"], onset_ago=4, new_injury="yes", area_painful="yes", how_often="every_day"),
        phases=("ice", "heat"),
        items=("knee-rolls", "walking"),
        codes=True,
        printed=True,
    ),
    Story(
        "heat-waits",
        "Annika",
        "Strömberg",
        37,
        "Day 25: the heat that was approved in advance is due, and opens when the questions are asked again.",
        Reached.ISSUED,
        says(regions=["low_back"], onset_ago=25, area_painful="yes", area_tight="yes"),
        phases=("heat",),
        issued_days_ago=13,
        items=("knee-rolls", "walking"),
        codes=True,
    ),
    Story(
        "ice-on-hold",
        "Leopold",
        "Marchetti",
        59,
        "Had ice at home; then told of poor blood flow. The ice is on hold, the rest goes on.",
        Reached.HELD,
        says(regions=["low_back"], onset_ago=6, new_injury="yes", area_painful="yes"),
        phases=("ice",),
        items=("knee-rolls", "walking"),
        later_answers=says(poor_circulation="yes"),
        codes=True,
        printed=True,
    ),
    Story(
        "a-colleague",
        "Delphine",
        "Marchbanks",
        41,
        "Works here: the record is restricted. The front desk had to open it once, and the owner was told.",
        Reached.SCREENED,
        says(regions=["low_back"], onset_ago=12, area_tight="yes"),
        restricted=True,
    ),
    Story(
        "long-name",
        "Maximiliana Theodora Wilhelmina",
        "von Hohenstetten-Rautenberg zu Altwiesenfelden",
        54,
        "Has a very long name, and is not sure when it began.",
        Reached.SCREENED,
        says(regions=["low_back", "buttock"], onset_unknown="on", recurrent="yes", area_tight="yes"),
    ),
)
STORY_BY_SLUG = MappingProxyType({story.slug: story for story in STORIES})
