"""The load test itself: its browser reads pages as one does, and a lost or doubled write is noticed."""

import json
import random
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from clinic_site.bench.browsing import Log, Page, Unanswered, Visitor
from clinic_site.bench.crowd import compare
from clinic_site.bench.judging import faults_of
from clinic_site.bench.working import KINDS, TAKEN_BACK, TICKED, Shift, tick_all_day
from intake.tests.factories import make_patient
from plans.models import DoneToday
from plans.tests.factories import make_issued

FORM = """
<form action="/first/"><input name="q" value="1"></form>
<form action="/tick/" method="post">
  <input type="hidden" name="token" value="t&amp;t"><input name="name" value="Ana"><textarea name="note">
So.</textarea>
  <select name="paper"><option value="a4">A4</option><option value="letter" selected>Letter</option></select>
  <input type="checkbox" name="seen" value="yes" checked><input type="radio" name="side" value="left">
  <input name="off" value="x" disabled><input type="submit" name="go" value="Go">
  <button name="undo" value="1">Undo</button>
</form>
"""


class Answering(BaseHTTPRequestHandler):
    """/page shows a form, /tick/ leads back to it, /lies/ shows what was there before; all else is missing."""

    def do_GET(self) -> None:
        self._say(200 if self.path in ("/page", "/me/") else 404)

    def do_POST(self) -> None:
        self._say(303)

    def _say(self, status: int) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(status)
        if status == 303:
            self.send_header("Location", "/page#there")
            self.send_header("Set-Cookie", "seen=1; Path=/")
        self.end_headers()
        self.wfile.write(b'<form action="/me/done/1/"><button>Done today</button></form>' + FORM.encode())

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(address: str) -> Visitor:
    return Visitor(address, {"session": "s"}, Log())


# --- the browser ------------------------------------------------------------------------------------------


def test_a_form_sends_what_a_browser_would_send() -> None:
    assert Page("/page", FORM, "").form("/tick/").fields == {
        "token": ["t&t"],
        "name": ["Ana"],
        "note": ["So."],
        "paper": ["letter"],
        "seen": ["yes"],
    }


def test_boxes_that_are_not_ticked_and_buttons_are_known() -> None:
    form = Page("/page", FORM, "").form("/tick/")
    assert (form.unticked, form.buttons) == ({"side": ["left"]}, [("undo", "1")])


def test_a_page_without_the_form_is_an_error() -> None:
    with pytest.raises(Unanswered, match="no form that leads to /print/"):
        Page("/page", FORM, "").form("/print/")


def test_a_redirect_is_followed(visitor: Visitor) -> None:
    page = visitor.get("/page", kind="page")
    assert visitor.send(page, page.form("/tick/"), kind="tick").path == "/page"


def test_a_cookie_is_kept(visitor: Visitor) -> None:
    page = visitor.get("/page", kind="page")
    visitor.send(page, page.form("/tick/"), kind="tick")
    assert visitor._cookies == {"session": "s", "seen": "1"}


def test_a_refusal_is_an_error(visitor: Visitor) -> None:
    with pytest.raises(Unanswered, match="GET /missing: 404"):
        visitor.get("/missing", kind="page")


def test_a_server_that_is_gone_is_an_error() -> None:
    with pytest.raises(Unanswered, match="refused"):
        Visitor("http://127.0.0.1:1", {}, Log()).get("/page", kind="page")


def test_a_tick_that_the_page_does_not_show_is_an_error(visitor: Visitor) -> None:
    shift = Shift(visitor, time.monotonic() + 30, random.Random(1), (0.0, 0.0))
    with pytest.raises(Unanswered, match="the page does not show it"):
        tick_all_day(shift)


# --- the comparison ---------------------------------------------------------------------------------------


def found(folder: Path, **told: tuple[list[str], list[str]]) -> dict[str, int]:
    """What is found amiss when these writes, (asked for, answered), were told of."""
    every: dict[str, Any] = {kind: {"asked": [], "done": []} for kind in (*KINDS, TICKED, TAKEN_BACK)}
    every |= {kind: {"asked": asked, "done": done} for kind, (asked, done) in told.items()}
    file = folder / "told.json"
    file.write_text(json.dumps(every))
    return compare(file)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "asked", "done", "lost", "twice"),
    [(1, 1, 1, 0, 0), (0, 1, 1, 1, 0), (2, 1, 1, 0, 1), (1, 1, 0, 0, 0), (0, 1, 0, 0, 0), (1, 2, 2, 1, 0)],
    ids=["as told", "lost", "twice", "kept unanswered", "never kept", "one of two lost"],
)
def test_what_was_written_is_compared_with_what_was_told(
    rows: int, asked: int, done: int, lost: int, twice: int, tmp_path: Path
) -> None:
    for _ in range(rows):
        make_patient(family_name="Load")
    said = found(tmp_path, registered=(["Load"] * asked, ["Load"] * done))
    assert said == {"lost_writes": lost, "double_writes": twice}


@pytest.mark.django_db
def test_a_tick_that_was_taken_back_and_is_there_still_is_a_lost_write(tmp_path: Path) -> None:
    version = make_issued()
    item = version.items.get()
    DoneToday.objects.create(item=item, day=version.issued_on, by=version.issued_by)
    assert found(tmp_path, taken_back=([str(item.pk)], [str(item.pk)]))["lost_writes"] == 1


@pytest.mark.parametrize("name", ["errors", "lost_writes", "double_writes"])
def test_the_bench_fails_where_something_went_wrong_while_people_were_at_work(name: str) -> None:
    well = {"errors": 0, "lost_writes": 0, "double_writes": 0}
    rounds = [
        {"database": "sqlite", "patients": 1000, "at_work": well},
        {"database": "postgresql", "patients": 1000, "at_work": well | {name: 2}},
        {"database": "postgresql", "patients": 100000},
        {"database": "postgresql", "patients": 10, "not run": "not installed"},
    ]
    assert faults_of(rounds) == [f"postgresql, 1000 patients: 2 {name.replace('_', ' ')}"]
