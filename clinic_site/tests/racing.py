"""One of two processes that race for the same patient (test_races.py): does what it is told, one line at a time.

A line is a verb, the milliseconds to wait first, and the verb's arguments; the answer is one line of JSON. After
"hold" the next deed stops where it has the patient's lock, says "locked", and goes on at the next line.
"""

import json
import sys
import time
from collections.abc import Callable
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402

from intake.models import Patient, Screening  # noqa: E402
from intake.tests.factories import cleaned_answers  # noqa: E402
from plans import assigning, receiving  # noqa: E402
from plans.assigning import AlreadyIssued, IssueRefused, issue_plan  # noqa: E402
from plans.models import Plan, PlanVersion  # noqa: E402
from plans.receiving import ScreeningGone, keep_draft, open_draft, receive_answers  # noqa: E402
from practice.models import Clinic, User  # noqa: E402

held: list[str] = []


def hold() -> str:
    held.append("next")
    return "holds"


def stopping(lock: Callable[[UUID], None]) -> Callable[[UUID], None]:
    """The lock itself, and once after "hold" a stop with it in hand."""

    def locked(pk: UUID) -> None:
        lock(pk)
        if held:
            held.clear()
            print(json.dumps("locked"), flush=True)
            sys.stdin.readline()

    return locked


assigning.lock_patient_of = stopping(assigning.lock_patient_of)  # type: ignore[assignment]
receiving.lock_patient = stopping(receiving.lock_patient)  # type: ignore[assignment]


def issue(version_id: str, by: str) -> str:
    clinic = Clinic.load()
    version = PlanVersion.objects.get(pk=version_id)
    try:
        issue_plan(version.pk, revision=0, by=User.objects.get(pk=by), clinic=clinic, today=clinic.today())
    except AlreadyIssued:
        return "already issued"
    except IssueRefused as refused:
        return f"refused: {refused}"
    return "issued"


def answer(patient_id: str, by: str) -> str:
    """The patient says that the skin between the legs is numb."""
    person = User.objects.get(pk=by)
    draft = open_draft(Patient.objects.get(pk=patient_id), by=person)
    keep_draft(draft, {"saddle_numbness": "yes"}, by=person, today=Clinic.load().today())
    return "answered"


def begin(patient_id: str, by: str) -> str:
    """Answers are begun, with nothing wrong so far."""
    person = User.objects.get(pk=by)
    keep_draft(open_draft(Patient.objects.get(pk=patient_id), by=person), {}, by=person, today=Clinic.load().today())
    return "begun"


def send(patient_id: str, by: str) -> str:
    """The begun answers as they stood when this process looked, with nothing wrong."""
    today = Clinic.load().today()
    draft = Screening.objects.drafts().get(patient=patient_id)
    try:
        receive_answers(draft, cleaned_answers(today=today), by=User.objects.get(pk=by), today=today)
    except ScreeningGone:
        return "sent already"
    return "sent"


def state(version_id: str) -> dict[str, bool]:
    version = PlanVersion.objects.get(pk=UUID(version_id))
    running = Plan.objects.running().filter(pk=version.plan_id).exists()
    return {"issued": not version.is_draft, "running": running}


VERBS: dict[str, Callable[..., object]] = {
    "hold": hold,
    "issue": issue,
    "answer": answer,
    "begin": begin,
    "send": send,
    "state": state,
}


def main() -> None:
    connection.ensure_connection()
    print(json.dumps("ready"), flush=True)
    # Not "for line in sys.stdin": what comes after "locked" is read elsewhere.
    for line in iter(sys.stdin.readline, ""):
        verb, wait, *arguments = line.split()
        time.sleep(int(wait) / 1000)
        print(json.dumps(VERBS[verb](*arguments)), flush=True)


if __name__ == "__main__":
    main()
