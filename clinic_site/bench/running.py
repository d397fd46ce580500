"""One round of the bench: one database, one number of patients, everything measured."""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from clinic_site.bench.load import LoadFailed, measure
from clinic_site.bench.servers import gunicorn, postgresql_server, scratch_database, worker_memory_mb
from clinic_site.bench.working import THINKING, work
from clinic_site.demo.serving import NOT_HANDED_ON, ROOT

SQLITE, POSTGRESQL = "sqlite", "postgresql"
KEYS = ("SECRET_KEY", "CODE_KEY", "AUDIT_KEY", "MFA_KEY")
BARE = "clinic_site.bench.bare_wsgi"
# The better of two turns counts.
TURNS = 2


class RoundFailed(Exception):
    """The measuring process ended with an error; the message is what it wrote last."""


@dataclass(frozen=True)
class Working:
    """How many work at once, and for how long (clinic_site.bench.working)."""

    seconds: float
    patients: int = 200
    staff: int = 10
    thinking: tuple[float, float] = THINKING


def run_round(database: str, patients: int, *, seconds: int, working: Working | None = None) -> dict[str, Any]:
    """Everything for one database and size; with people at work, if `working` says so. Raises NotRun or RoundFailed."""
    with TemporaryDirectory(prefix="steady-bench-") as name, _database_url(database, Path(name)) as url:
        environment = _environment(Path(name), url)
        inside = _inside(environment, "--inside", str(patients))
        sign_in = inside.pop("sign_in")
        return {
            "database": database,
            "version": inside.pop("version"),
            "patients": patients,
            **_over_http(sign_in, environment, Path(name), seconds),
            **inside,
            **({"at_work": _at_work(working, environment, Path(name))} if working else {}),
        }


def _at_work(working: Working, environment: dict[str, str], folder: Path) -> dict[str, Any]:
    """What patients and staff met who were at work together, and what became of their writes."""
    crowd = _inside(environment, "--crowd", str(working.patients), str(working.staff))
    with gunicorn("clinic_site.wsgi", environment, folder) as (base, _):
        figures, told = work(base, crowd, seconds=working.seconds, thinking=working.thinking)
    file = folder / "told.json"
    file.write_text(json.dumps(told))
    return figures | _inside(environment, "--compare", str(file))


def _over_http(sign_in: dict[str, str], environment: dict[str, str], folder: Path, seconds: int) -> dict[str, Any]:
    """Both servers are up at once and asked in turn, so that a busy moment of the machine hits both alike."""
    cookie = sign_in["cookie"]
    ours, bare = gunicorn("clinic_site.wsgi", environment, folder), gunicorn(BARE, environment, folder)
    with ours as (base, master), bare as (bare_base, _):
        pages, bares = [], []
        for _turn in range(TURNS):
            pages.append(_load(base + sign_in["plan_page"], cookie, seconds))
            bares.append(_load(bare_base + sign_in["bare"], cookie, seconds))
        handout = _load(base + sign_in["handout"], cookie, seconds)
        memory = worker_memory_mb(master)
    page, bare_view = max(pages, key=_rate), max(bares, key=_rate)
    return {
        "plan_page": page,
        "bare_view": bare_view,
        "plan_page_share_of_bare": round(_rate(page) / _rate(bare_view), 3) if _rate(bare_view) else None,
        "handout_over_http": handout,
        "worker_memory_mb": memory if memory is not None else "not measured: no /proc here",
    }


def _rate(load: dict[str, Any]) -> float:
    """Requests a second; 0 for a load that failed."""
    return float(load.get("requests_per_second", 0))


def _load(url: str, cookie: str, seconds: int) -> dict[str, Any]:
    """One page's load; a page that fails says so, and the other figures stay."""
    try:
        return asdict(measure(url, cookie=cookie, seconds=seconds))
    except LoadFailed as failure:
        return {"not measured": str(failure)}


def _inside(environment: dict[str, str], *step: str) -> dict[str, Any]:
    """What needs the database, in a process of its own with the round's settings."""
    command = [sys.executable, str(ROOT / "manage.py"), "bench", *step]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise RoundFailed(done.stderr[-2000:] or done.stdout[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@contextmanager
def _database_url(database: str, folder: Path) -> Iterator[str]:
    if database == SQLITE:
        yield f"sqlite:///{folder / 'bench.sqlite3'}"
        return
    with postgresql_server() as server, scratch_database(server) as url:
        yield url


def _environment(folder: Path, url: str) -> dict[str, str]:
    """A clinic's own settings, DEBUG off, but for the encryption that a proxy adds."""
    kept = {name: value for name, value in os.environ.items() if name not in {*NOT_HANDED_ON, "DEMO"}}
    return {
        **kept,
        "DATABASE_URL": url,
        "STEADY_VAR": str(folder),
        **{name: secrets.token_urlsafe(48) for name in KEYS},
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "false",
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
    }
