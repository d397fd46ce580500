"""Measures what design promises about speed and size, and prints it as one JSON object."""

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import django
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.urls import reverse

from clinic_site.bench.assessing import assess_seconds
from clinic_site.bench.bare import BARE_PATH
from clinic_site.bench.clinic import cookie_of, prepare, signed_in
from clinic_site.bench.crowd import compare, gather_crowd
from clinic_site.bench.figures import in_process_figures
from clinic_site.bench.judging import faults_of
from clinic_site.bench.load import CONNECTIONS, client_name
from clinic_site.bench.running import POSTGRESQL, SQLITE, RoundFailed, Working, run_round
from clinic_site.bench.servers import WORKERS, NotRun

ASSESS_TURNS = 5
QUICK = Working(seconds=3, patients=6, staff=2, thinking=(0.05, 0.2))


class Command(BaseCommand):
    help = (
        "Measure pages, handout and search in scratch databases: SQLite, and PostgreSQL where its programs "
        "are installed or BENCH_POSTGRES_URL names a server. Prints one JSON object; progress goes to stderr."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000], metavar="N", help="patients")
        parser.add_argument("--seconds", type=int, default=3, help="how long each page is asked for (default 3)")
        parser.add_argument("--databases", nargs="+", choices=[SQLITE, POSTGRESQL], default=[SQLITE, POSTGRESQL])
        parser.add_argument("--working", type=int, default=60, help="how long patients and staff work (default 60)")
        parser.add_argument("--quick", action="store_true", help="100 patients, 1 second: does it run?")
        # The steps that need the round's own settings and database: running.py starts this command again for each.
        parser.add_argument("--inside", type=int, metavar="N", help=argparse.SUPPRESS)
        parser.add_argument("--crowd", type=int, nargs=2, metavar="N", help=argparse.SUPPRESS)
        parser.add_argument("--compare", type=Path, help=argparse.SUPPRESS)

    def handle(self, *args: Any, **options: Any) -> None:
        if step := _step(options):
            self.stdout.write(json.dumps(step()))
            return
        sizes, databases, seconds = options["sizes"], options["databases"], options["seconds"]
        working = Working(options["working"]) if options["working"] else None
        if options["quick"]:
            sizes, seconds, working = [100], 1, QUICK
        # People are at work in the smallest clinic of each database.
        rounds = [
            self._round(name, size, seconds=seconds, working=working if size == sizes[0] else None)
            for name in databases
            for size in sizes
        ]
        assess = assess_seconds(turns=1 if options["quick"] else ASSESS_TURNS)
        told = {"machine": _machine(), "assess_10000_s": assess, "rounds": rounds}
        self.stdout.write(json.dumps(told, indent=2))
        if faults := faults_of(rounds):
            raise CommandError("\n".join(faults))

    def _round(self, database: str, patients: int, *, seconds: int, working: Working | None) -> dict[str, Any]:
        self.stderr.write(f"{database}, {patients} patients ...", ending="\n")
        try:
            return run_round(database, patients, seconds=seconds, working=working)
        except (NotRun, RoundFailed) as reason:
            return {"database": database, "patients": patients, "not run": str(reason)}


def _step(options: dict[str, Any]) -> Callable[[], dict[str, Any]] | None:
    if options["inside"] is not None:
        return partial(_measure_inside, options["inside"])
    if options["crowd"]:
        patients, staff = options["crowd"]
        return partial(gather_crowd, patients=patients, staff=staff)
    return partial(compare, options["compare"]) if options["compare"] else None


def _measure_inside(patients: int) -> dict[str, Any]:
    """Run by running.py in the round's own settings; the sign-in is for the requests over HTTP."""
    clinic = prepare(patients)
    sign_in = {
        "cookie": cookie_of(signed_in(clinic.six)),
        "plan_page": reverse("me"),
        "handout": reverse("me_print", args=[clinic.version.pk]),
        "bare": BARE_PATH,
    }
    version = ".".join(str(part) for part in connection.get_database_version())
    return {"version": version, "sign_in": sign_in, **in_process_figures(clinic)}


def _machine() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "ms_for_a_million_additions": round(_milliseconds_to_count(), 1),
        "python": sys.version.split()[0],
        "django": django.get_version(),
        "system": platform.platform(),
        "client": client_name(),
        "connections": CONNECTIONS,
        "workers": f"{WORKERS} gunicorn sync workers",
    }


def _milliseconds_to_count() -> float:
    """How fast this machine is just now, by a plain loop: figures of two runs compare by it."""
    begun = time.perf_counter()
    total = 0
    for number in range(1_000_000):
        total += number
    return (time.perf_counter() - begun) * 1000
