"""What the bench starts and stops: gunicorn, and a PostgreSQL cluster that is thrown away."""

import os
import pwd
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from clinic_site.demo.serving import ROOT, answers, spare_port

WORKERS = 2
START_SECONDS = 60
DEBIAN = Path("/usr/lib/postgresql")


class NotRun(Exception):
    """This part of the bench cannot run here; the message says why."""


@contextmanager
def gunicorn(application: str, environment: Mapping[str, str], folder: Path) -> Iterator[tuple[str, int]]:
    """`application` served by 2 sync workers; yields the base URL and the master's process id."""
    port, log = spare_port(), folder / f"{application}.log"
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"]
    with log.open("ab") as written:
        server = subprocess.Popen(
            [*command, "--workers", str(WORKERS), "--worker-class", "sync"],
            env=dict(environment),
            cwd=ROOT,
            stdout=written,
            stderr=written,
        )
    try:
        _wait(server, port, log)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=30)


def worker_memory_mb(master: int) -> float | None:
    """Resident memory of the largest worker in MB; None where the system does not tell (no /proc)."""
    children = Path(f"/proc/{master}/task/{master}/children")
    if not children.exists():
        return None
    sizes = [_resident_kb(Path(f"/proc/{pid}/status")) for pid in children.read_text().split()]
    return round(max(sizes) / 1024, 1) if sizes else None


@contextmanager
def postgresql_server() -> Iterator[str]:
    """The URL of a PostgreSQL server: BENCH_POSTGRES_URL, or a cluster of our own. Raises NotRun."""
    given = os.environ.get("BENCH_POSTGRES_URL", "")
    if given:
        yield given
        return
    with _own_cluster() as url:
        yield url


@contextmanager
def scratch_database(server_url: str) -> Iterator[str]:
    """The URL of a new database on that server; dropped afterwards."""
    name = f"steady_bench_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name))
        )
        try:
            yield urlsplit(server_url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def _own_cluster() -> Iterator[str]:
    programs, as_user = _programs(), _as_user()
    port = spare_port()
    with TemporaryDirectory(prefix="steady-pg-") as name:
        data = Path(name) / "data"
        if as_user:
            shutil.chown(name, "postgres")
        _run([*as_user, str(programs / "initdb"), "-D", str(data), "-U", "steady", "-A", "trust", "-E", "UTF8"])
        options = f"-p {port} -k {name} -c listen_addresses=127.0.0.1"
        control = [*as_user, str(programs / "pg_ctl"), "-D", str(data), "-w"]
        _run([*control, "-l", f"{name}/server.log", "-o", options, "start"])
        try:
            yield f"postgres://steady@127.0.0.1:{port}/postgres"
        finally:
            _run([*control, "-m", "immediate", "stop"])


def _programs() -> Path:
    """The folder of the newest installed PostgreSQL's programs."""
    folders = sorted(DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name))
    for folder in reversed(folders):
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    on_path = shutil.which("initdb")
    if on_path and shutil.which("pg_ctl"):
        return Path(on_path).resolve().parent
    raise NotRun("PostgreSQL's server programs (initdb, pg_ctl) were not found and BENCH_POSTGRES_URL is not set")


def _as_user() -> list[str]:
    """PostgreSQL refuses to run as root: then the Debian user postgres runs it."""
    if os.geteuid() != 0:
        return []
    names = {entry.pw_name for entry in pwd.getpwall()}
    runuser = shutil.which("runuser")
    if "postgres" not in names or runuser is None:
        raise NotRun("root cannot run a PostgreSQL cluster, and there is no user postgres to run it as")
    return [runuser, "-u", "postgres", "--"]


def _run(command: list[str]) -> None:
    # pg_ctl leaves a server behind that would hold a pipe open, so nothing is read from it.
    done = subprocess.run(command, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode:
        raise NotRun(f"{Path(command[-1]).name if len(command) == 1 else ' '.join(command)} failed")


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            break
        if answers(port):
            return
        time.sleep(0.1)
    raise NotRun(f"gunicorn did not answer:\n{log.read_text(errors='replace')[-2000:]}")


def _resident_kb(status: Path) -> int:
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1])
