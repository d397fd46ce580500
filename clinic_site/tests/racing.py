"""One of two processes that race for the same patient (test_races.py): does what it is told, one line at a time.

A line is a verb, the milliseconds to wait first, and the verb's arguments; the answer is one line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from uuid import UUID

import django

django.setup()

from django.db import connection  # noqa: E402

from intake.models import Patient  # noqa: E402
from plans.assigning import AlreadyIssued, IssueRefused, issue_plan  # noqa: E402
from plans.models import Plan, PlanVersion  # noqa: E402
from plans.receiving import keep_draft, open_draft  # noqa: E402
from practice.models import Clinic, User  # noqa: E402


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


def state(version_id: str) -> dict[str, bool]:
    version = PlanVersion.objects.get(pk=UUID(version_id))
    running = Plan.objects.running().filter(pk=version.plan_id).exists()
    return {"issued": not version.is_draft, "running": running}


VERBS: dict[str, Callable[..., object]] = {"issue": issue, "answer": answer, "state": state}


def main() -> None:
    connection.ensure_connection()
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        verb, wait, *arguments = line.split()
        time.sleep(int(wait) / 1000)
        print(json.dumps(VERBS[verb](*arguments)), flush=True)


if __name__ == "__main__":
    main()
