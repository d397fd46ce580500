"""What the process that is killed does: one patient after the other, through the verbs that the pages use.

It says when it begins a deed, and after the verb has come back that it is done: that is what a page acknowledges.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path

from clinic_site.demo.story import says
from clinic_site.demo.telling import Team, issue, screen
from clinic_site.keeping.backing_up import back_up
from clinic_site.keeping.retention import Rule
from intake.models import Patient, Screening
from intake.registering import register_patient
from plans.building import add_item, change_draft, set_items, start_plan
from plans.checking import assess_draft
from plans.models import PlanVersion

ANSWERING, ISSUING, BACKING_UP = DEEDS = ("answering", "issuing", "backing_up")
ANSWERS = says(regions=["low_back"], onset_ago=30, recurrent="yes", area_tight="yes")
ITEM = "walking"
BORN = date(1970, 4, 12)
KEY = "the drill's own key, thrown away with it"
DAILY = Rule(days=10_000, weeks=0, months=0)


@dataclass(frozen=True)
class Said:
    """One line of the process: a deed that begins, or one that is done and what came of it."""

    deed: str
    made: str = ""

    def line(self) -> bytes:
        return f"{self.deed} {self.made}\n".encode()

    @classmethod
    def read(cls, line: bytes) -> "Said":
        deed, _, made = line.decode().strip().partition(" ")
        return cls(deed, made)


def work(say: Callable[[Said], None], team: Team, backups: Path) -> None:
    """Until it is killed."""
    for number in count(1):
        patient = _registered(number, team)
        say(Said(ANSWERING))
        say(Said(ANSWERING, str(_answered(patient, team).pk)))
        draft = _drafted(patient, team)
        say(Said(ISSUING))
        issue(draft, team)
        say(Said(ISSUING, str(draft.pk)))
        say(Said(BACKING_UP))
        say(Said(BACKING_UP, back_up(backups, key=KEY, rule=DAILY).name))


def _registered(number: int, team: Team) -> Patient:
    patient = Patient(given_name="Sam", family_name=f"Number {number}", birth_date=BORN)
    return register_patient(patient, by=team.desk)


def _answered(patient: Patient, team: Team) -> Screening:
    screen(patient, ANSWERS, team)
    return patient.screenings.get()


def _drafted(patient: Patient, team: Team) -> PlanVersion:
    draft = start_plan(patient, by=team.clinician)
    assessment = assess_draft(draft, clinic=team.clinic, today=team.today)
    with change_draft(draft, revision=draft.revision, by=team.clinician) as version:
        set_items(version, "", {})
        add_item(version, ITEM, assessment=assessment, today=team.today)
    return draft
