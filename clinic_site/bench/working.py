"""Two hundred patients who tick and ten of the staff who work, all at once: no error, and no write that gets lost.

Each patient opens the plan and ticks an item, or takes a tick back, every second to three; after each the page must
show it. Each of the staff finds somebody, registers somebody new, asks the questions, begins a plan and, if a
clinician, issues and prints it. What was answered is compared with the database afterwards (crowd.py).
"""

import random
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from clinic_site.bench.browsing import Form, Log, Page, Unanswered, Visitor
from clinic_site.bench.load import percentile
from clinic_site.demo.answers import typed_answers

TICKED, TAKEN_BACK = "ticked", "taken_back"
KINDS = ("searched", "registered", "screened", "issued", "printed")
# Seconds between what one person does and the next thing.
THINKING = (1.0, 3.0)
SEED = 11
NAMED_ERRORS = 5
TO_ADD = ("heat-pack", "walking")
ANSWERS = {"regions": ["low_back"], "onset_ago": "30", "recurrent": "yes", "area_tight": "yes"}


@dataclass
class Told:
    """The writes of one kind by what tells them apart: those that were asked for, and those that were answered."""

    asked: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)


@dataclass
class Shift:
    """One person's time at work: until when, and what they were told. `stands`: each item of a patient, and whether it
    was ticked or taken back last."""

    visitor: Visitor
    until: float
    chance: random.Random
    thinking: tuple[float, float]
    told: dict[str, Told] = field(default_factory=lambda: {kind: Told() for kind in KINDS})
    stands: dict[str, bool] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def think(self) -> None:
        time.sleep(max(0.0, min(self.chance.uniform(*self.thinking), self.until - time.monotonic())))

    def write(self, kind: str, key: str, send: Callable[[], Page]) -> Page:
        """Send what writes a row; it counts as done once it is answered."""
        self.told[kind].asked.append(key)
        page = send()
        self.told[kind].done.append(key)
        return page


def work(
    base: str, crowd: dict[str, Any], *, seconds: float, thinking: tuple[float, float] = THINKING
) -> tuple[dict[str, Any], dict[str, dict[str, list[str]]]]:
    """Let the crowd of crowd.py work at the server; the figures, and what it was told of its writes."""
    log, begun = Log(), time.monotonic()

    def shift(at: int, cookies: dict[str, str]) -> Shift:
        return Shift(Visitor(base, cookies, log), begun + seconds, random.Random(f"{SEED}-{at}"), thinking)

    patients = [(shift(at, cookies), tick_all_day) for at, cookies in enumerate(crowd["patients"])]
    staff = [(shift(-1 - at, each["cookies"]), _desk_of(each)) for at, each in enumerate(crowd["staff"])]
    threads = [threading.Thread(target=_work, args=(each, day, log)) for each, day in patients + staff]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = _together([each for each, _ in patients + staff])
    # What was asked for before the time was over is answered after it.
    took = round(time.monotonic() - begun, 1)
    people = {"patients": len(patients), "staff": len(staff), "seconds": took}
    return people | _figures(log, told, took), told


def _work(shift: Shift, day: Callable[[Shift], None], log: Log) -> None:
    """What one person meets ends their own day only."""
    try:
        shift.think()
        day(shift)
    except Exception as error:
        log.failed(error if isinstance(error, Unanswered) else repr(error))


# --- A patient --------------------------------------------------------------------------------------------


def tick_all_day(shift: Shift) -> None:
    page = shift.visitor.get("/me/", kind="plan page")
    while not shift.is_over:
        shift.think()
        form = shift.chance.choice([each for each in page.forms if "/me/done/" in each.action])
        item, undoes = _item(form), _undoes(form)
        # Until it is answered nobody knows.
        shift.stands.pop(item, None)
        page = shift.visitor.send(page, form, kind="tick", press=("undo", "1") if undoes else None)
        shift.stands[item] = not undoes
        if _undoes(page.form(form.action)) == undoes:
            raise Unanswered(f"{form.action} was answered, and the page does not show it")


def _item(form: Form) -> str:
    return form.action.rstrip("/").rpartition("/")[2]


def _undoes(form: Form) -> bool:
    return ("undo", "1") in form.buttons


# --- The staff --------------------------------------------------------------------------------------------


def _desk_of(person: dict[str, Any]) -> Callable[[Shift], None]:
    def day(shift: Shift) -> None:
        while not shift.is_over:
            serve_somebody(shift, user=person["user"], issues=person["issues"])

    return day


def serve_somebody(shift: Shift, *, user: str, issues: bool) -> None:
    """From the search to the printed sheet, as far as this person goes and the time lasts."""
    visitor, name = shift.visitor, f"Load {uuid4().hex[:12]}"
    found = visitor.get("/desk/patients/", kind="desk page")
    form = found.form("/desk/patients/")
    shift.write("searched", user, lambda: visitor.send(found, form, kind="search", text="Crowd 1"))
    shift.think()
    blank = visitor.get("/desk/patients/new/", kind="desk page")
    # All of them are alike.
    typed: dict[str, Any] = {
        "given_name": "Lou",
        "family_name": name,
        "birth_date": "3/14/1961",
        "somebody_else": "yes",
    }
    new = blank.form("/desk/patients/new/")
    patient = shift.write("registered", name, lambda: visitor.send(blank, new, kind="register", **typed))
    key = patient.path.rstrip("/").rpartition("/")[2]
    shift.think()
    asked = visitor.get(f"{patient.path}screening/", kind="screening page")
    answers: dict[str, Any] = typed_answers(ANSWERS)
    questions = asked.form("/screening/")
    patient = shift.write("screened", key, lambda: visitor.send(asked, questions, kind="screen", **answers))
    shift.think()
    draft = visitor.send(patient, patient.form("/plan/"), kind="begin a plan")
    for slug in TO_ADD:
        draft = visitor.send(draft, draft.form("/desk/drafts/"), kind="change a draft", press=("action", f"add:{slug}"))
        shift.think()
    if issues:
        _issue_and_print(shift, draft, key)


def _issue_and_print(shift: Shift, draft: Page, key: str) -> None:
    visitor, form = shift.visitor, draft.form("/desk/drafts/")
    read: dict[str, Any] = {"acknowledge": form.unticked.get("acknowledge", [])}
    press = ("action", "issue")
    version = shift.write("issued", key, lambda: visitor.send(draft, form, kind="issue", press=press, **read))
    shift.think()
    number = version.path.rstrip("/").rpartition("/")[2]
    sheet = version.form("/print/")
    pdf = shift.write("printed", number, lambda: visitor.send(version, sheet, kind="print"))
    if "application/pdf" not in pdf.kind:
        raise Unanswered(f"{sheet.action} printed nothing")


# --- What came of it --------------------------------------------------------------------------------------


def _together(shifts: Iterable[Shift]) -> dict[str, dict[str, list[str]]]:
    """Everybody's writes by their kind; and the items whose tick was taken back, of which no row may be left."""
    told: dict[str, dict[str, list[str]]] = {kind: {"asked": [], "done": []} for kind in (*KINDS, TICKED, TAKEN_BACK)}
    for shift in shifts:
        for kind, writes in shift.told.items():
            told[kind]["asked"] += writes.asked
            told[kind]["done"] += writes.done
        for item, ticked in shift.stands.items():
            for step in ("asked", "done"):
                told[TICKED if ticked else TAKEN_BACK][step].append(item)
    return told


def _figures(log: Log, told: dict[str, dict[str, list[str]]], seconds: float) -> dict[str, Any]:
    everything = [each for times in log.seconds.values() for each in times]
    return {
        "requests": len(everything),
        "requests_per_second": round(len(everything) / seconds, 1),
        "errors": len(log.errors),
        "first_errors": log.errors[:NAMED_ERRORS],
        **_times(everything),
        "by_kind": {kind: {"requests": len(times), **_times(times)} for kind, times in sorted(log.seconds.items())},
        "compared_writes": {kind: len(writes["done"]) for kind, writes in told.items()},
    }


def _times(seconds: list[float]) -> dict[str, float]:
    shares = {"p50_ms": 0.5, "p95_ms": 0.95, "p99_ms": 0.99}
    return {name: round(percentile(seconds, share) * 1000, 1) for name, share in shares.items() if seconds}
