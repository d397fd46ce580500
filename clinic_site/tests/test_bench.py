"""The bench runs and says what design.md's performance table asks for."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from clinic_site.bench import load
from clinic_site.bench.assessing import PEOPLE, people
from clinic_site.bench.load import LoadFailed, percentile
from clinic_site.demo.serving import ROOT

# The bench takes long and is run once, by one worker.
pytestmark = pytest.mark.xdist_group("bench")


class Answering(BaseHTTPRequestHandler):
    """A server for the load client: /good answers, anything else is missing."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/good" else 404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


# Of the session: tests with a database are run first, and a module's own would be made a second time for the others.
@pytest.fixture(scope="session")
def printed() -> dict[str, Any]:
    """On the database that the suite runs on."""
    command = [sys.executable, str(ROOT / "manage.py"), "bench", "--quick", "--databases", connection.vendor]
    server = {"BENCH_POSTGRES_URL": os.environ["DATABASE_URL"]} if connection.vendor == "postgresql" else {}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=os.environ | server)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_the_bench_prints_one_json_object_that_names_its_client(printed: dict[str, Any]) -> None:
    assert printed["machine"]["client"]


def test_the_bench_says_how_long_assess_takes(printed: dict[str, Any]) -> None:
    assert printed["assess_10000_s"] > 0


def test_ten_thousand_varied_people_are_assessed_in_under_two_seconds(tmp_path: Path) -> None:
    # Processor time: what else the machine does is not this command's doing.
    file = tmp_path / "people.json"
    file.write_text(json.dumps(people(PEOPLE)))
    begun = process_time()
    call_command("assess", str(file), stdout=StringIO())
    assert process_time() - begun < 2


def test_a_round_holds_every_figure(printed: dict[str, Any]) -> None:
    assert {
        "plan_page",
        "bare_view",
        "plan_page_share_of_bare",
        "handout_over_http",
        "worker_memory_mb",
        "plan_page_queries",
        "plan_page_first_load",
        "handout_pdf",
        "figure_drawing",
        "search",
    } <= set(printed["rounds"][0]), printed["rounds"][0]


def test_the_measured_plan_page_needs_at_most_six_queries(printed: dict[str, Any]) -> None:
    assert printed["rounds"][0]["plan_page_queries"]["6_items"]["queries"] <= 6


# Marked so that it runs on PostgreSQL too; it asks the database of the bench, never the tests' own.
@pytest.mark.django_db
def test_no_write_is_lost_while_patients_tick_and_staff_work(printed: dict[str, Any]) -> None:
    at_work = printed["rounds"][0]["at_work"]
    assert {name: at_work[name] for name in ("first_errors", "lost_writes", "double_writes")} == {
        "first_errors": [],
        "lost_writes": 0,
        "double_writes": 0,
    }


def test_everybody_at_work_gets_something_done(printed: dict[str, Any]) -> None:
    written = printed["rounds"][0]["at_work"]["compared_writes"]
    assert written["ticked"] + written["taken_back"] > 0 < written["registered"]


def test_the_95th_percentile_leaves_a_twentieth_above_it() -> None:
    assert percentile(range(1, 101), 0.95) == 96


def test_our_own_client_counts_what_was_answered(address: str) -> None:
    assert load._by_threads(f"{address}/good", "", 1).requests_per_second > 0


def test_our_own_client_refuses_to_measure_a_missing_page(address: str) -> None:
    with pytest.raises(LoadFailed, match="404"):
        load._by_threads(f"{address}/missing", "", 1)
