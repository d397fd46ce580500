"""Two processes at once, on the same database: one wins, the other is told, and nothing blocked is issued."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from clinic_site.tests.elsewhere import copy_rows_to
from intake.tests.factories import make_clinician
from plans.models import PlanVersion
from plans.tests.factories import make_ready_draft
from practice.models import Clinic, User

# Another process sees only what is committed. SQLite's rows are copied into a file instead: emptying its tables after
# the test would be refused by the triggers that keep rows.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
ROUNDS = 12
# A deed takes some hundredths of a second: whoever says nothing for so long waits.
PATIENCE_SECONDS = 0.5


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

    def do(self, verb: str, *arguments: object) -> Any:
        self.tell(verb, *arguments)
        return self.hear()

    def stop_with_the_lock(self, verb: str, *arguments: object) -> None:
        """Begin a deed, and stop it where it has the patient."""
        assert self.do("hold") == "holds"
        assert self.do(verb, *arguments) == "locked"

    def go_on(self) -> Any:
        self.tell("go")
        return self.hear()

    @property
    def waits(self) -> bool:
        assert self.process.stdout
        return not select.select([self.process.stdout], [], [], PATIENCE_SECONDS)[0]

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
    copy_rows_to(str(path))
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


# --- each order, forced: the first stops with the lock in hand, the second has to wait for it ---------------


def in_this_order(first: Racer, deed: tuple[object, ...], second: Racer, other_deed: tuple[object, ...]) -> list[Any]:
    """What both are told. The second begins while the first holds the patient, and says nothing until it lets go."""
    first.stop_with_the_lock(*map(str, deed))
    second.tell(*map(str, other_deed))
    assert second.waits
    return [first.go_on(), second.hear()]


@pytest.fixture(params=["one", "other"])
def ordered(request: pytest.FixtureRequest, racers: tuple[Racer, Racer]) -> tuple[Racer, Racer]:
    return racers if request.param == "one" else (racers[1], racers[0])


def test_who_issues_first_wins_and_the_second_is_told_so(
    ordered: tuple[Racer, Racer], drafts: list[PlanVersion], clinician: User
) -> None:
    first, second = ordered
    deed = ("issue", drafts[0].pk, clinician.pk)
    assert in_this_order(first, deed, second, deed) == ["issued", "already issued"]


def test_an_emergency_that_waits_for_the_issue_stops_the_plan(
    ordered: tuple[Racer, Racer], drafts: list[PlanVersion], clinician: User
) -> None:
    first, second = ordered
    answer = ("answer", drafts[0].plan.patient_id, clinician.pk)
    assert in_this_order(first, ("issue", drafts[0].pk, clinician.pk), second, answer) == ["issued", "answered"]
    assert first.do("state", drafts[0].pk) == {"issued": True, "running": False}


def test_an_issue_that_waits_for_an_emergency_is_refused_by_its_red_flag(
    ordered: tuple[Racer, Racer], drafts: list[PlanVersion], clinician: User
) -> None:
    first, second = ordered
    answer = ("answer", drafts[0].plan.patient_id, clinician.pk)
    answered, told = in_this_order(first, answer, second, ("issue", drafts[0].pk, clinician.pk))
    assert answered == "answered"
    assert "A red flag is open (R01)" in told
    assert first.do("state", drafts[0].pk) == {"issued": False, "running": False}


def test_who_sends_the_answers_first_wins_and_the_second_is_told_so(
    ordered: tuple[Racer, Racer], drafts: list[PlanVersion], clinician: User
) -> None:
    first, second = ordered
    deed = ("send", drafts[0].plan.patient_id, clinician.pk)
    first.do("begin", drafts[0].plan.patient_id, clinician.pk)
    assert in_this_order(first, deed, second, deed) == ["sent", "sent already"]
