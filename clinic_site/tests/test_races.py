"""Two processes at once, on the same database: one wins, the other is told, and nothing blocked is issued."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from intake.tests.factories import make_clinician
from plans.models import PlanVersion
from plans.tests.factories import make_ready_draft
from practice.models import Clinic, User

# Another process sees only what is committed. SQLite's rows are copied into a file instead: emptying its tables after
# the test would be refused by the triggers that keep rows.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
ROUNDS = 12


@pytest.fixture
def clinician() -> User:
    Clinic.load()
    return make_clinician()


@pytest.fixture
def drafts(clinician: User) -> list[PlanVersion]:
    """One draft for each round, each of its own patient, with nothing against it."""
    return [make_ready_draft(items=[{}], by=clinician) for _ in range(ROUNDS)]


class Racer:
    """A process of its own on the shared database."""

    def __init__(self, url: str) -> None:
        environment = os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "clinic_site.tests.settings"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "clinic_site.tests.racing"],
            cwd=settings.BASE_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, verb: str, *arguments: object, wait: int = 0) -> None:
        assert self.process.stdin
        self.process.stdin.write(" ".join(map(str, (verb, wait, *arguments))) + "\n")
        self.process.stdin.flush()

    def hear(self) -> Any:
        assert self.process.stdout
        return json.loads(self.process.stdout.readline())

    def close(self) -> None:
        self.process.communicate(timeout=20)


@pytest.fixture
def racers(drafts: list[PlanVersion], tmp_path: Path) -> Iterator[tuple[Racer, Racer]]:
    url = database_url(tmp_path)
    with ExitStack() as stack:
        both = Racer(url), Racer(url)
        for each in both:
            stack.enter_context(closing(each))
        assert [each.hear() for each in both] == ["ready", "ready"]
        yield both


def database_url(folder: Path) -> str:
    if connection.vendor == "postgresql":
        told = connection.settings_dict
        return f"postgres://{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT']}/{told['NAME']}"
    path = folder / "shared.sqlite3"
    with closing(sqlite3.connect(path)) as copy:
        copy.executescript("\n".join(connection.connection.iterdump()))
    return f"sqlite:///{path}"


def test_of_two_who_issue_the_same_draft_one_wins_and_the_other_is_told(
    racers: tuple[Racer, Racer], drafts: list[PlanVersion], clinician: User
) -> None:
    told = []
    for draft in drafts:
        for racer in racers:
            racer.tell("issue", draft.pk, clinician.pk)
        told.append(sorted(racer.hear() for racer in racers))
    assert told == [["already issued", "issued"]] * ROUNDS


def test_no_plan_is_issued_and_runs_past_an_emergency_that_arrives_meanwhile(
    racers: tuple[Racer, Racer], drafts: list[PlanVersion], clinician: User
) -> None:
    one, other = racers
    running = []
    for wait, draft in enumerate(drafts):
        one.tell("issue", draft.pk, clinician.pk, wait=ROUNDS // 2)
        other.tell("answer", draft.plan.patient_id, clinician.pk, wait=wait)
        issued, answered = one.hear(), other.hear()
        one.tell("state", draft.pk)
        state = one.hear()
        assert answered == "answered"
        assert state["issued"] == (issued == "issued")
        running.append(state["running"])
    assert running == [False] * ROUNDS
