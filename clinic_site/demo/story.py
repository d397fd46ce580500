"""What a story of the demo says: who somebody is, what they answered, how far the clinic got, and who helps them."""

from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any

from intake.models import PatientAccess
from therapies.languages import ENGLISH


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
class Helper:
    """Somebody who opens the patient's plan under their own name, for half a year. One name is one person."""

    name: str
    stands_as: PatientAccess.StandsAs
    email: str


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
    language: str = ENGLISH
    printed: bool = False
    restricted: bool = False
    helper: Helper | None = None

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


def says(**answers: Any) -> MappingProxyType[str, Any]:
    return MappingProxyType(answers)
