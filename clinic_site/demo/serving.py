"""served_demo(): a whole demo on a spare port with a scratch database of its own, for pictures and journeys.

    with served_demo() as demo:
        page.goto(demo.base_url)
        desk = demo.sign_ins.member("desk")          # user name and password
        forum = demo.sign_ins.patient("stuck-for-weeks").codes[0]

Starting takes a few seconds, so a test run should share one: make it a session fixture. Each test registers
its own patient, or uses a story that it alone changes: the codes work once, also here.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from clinic_site.demo.sign_ins import SignIns, read_sign_ins

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
# Settings of the outer process that must not reach the scratch demo: it has its own database and keys.
NOT_HANDED_ON = (
    "DATABASE_URL",
    "DEBUG",
    "ALLOWED_HOSTS",
    "SECRET_KEY",
    "CODE_KEY",
    "MFA_KEY",
    "DJANGO_SETTINGS_MODULE",
)


class DemoDidNotStart(Exception):
    """The demo's server ended or did not answer in time; the message holds what it wrote."""


@dataclass(frozen=True)
class ServedDemo:
    """`base_url` has no slash at its end; `folder` is the scratch folder, removed afterwards."""

    base_url: str
    sign_ins: SignIns
    folder: Path


@contextmanager
def served_demo() -> Iterator[ServedDemo]:
    """Make and serve a demo; stop it and remove its data at the end. Raises DemoDidNotStart."""
    with TemporaryDirectory(prefix="steady-demo-") as name:
        folder, port = Path(name), spare_port()
        with _serving(folder, port) as base_url:
            yield ServedDemo(base_url, read_sign_ins(folder / "sign-ins.json"), folder)


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _serving(folder: Path, port: int) -> Iterator[str]:
    log = folder / "server.log"
    command = [sys.executable, str(ROOT / "manage.py"), "demo", "--sign-ins", str(folder / "sign-ins.json")]
    with log.open("wb") as written:
        server = subprocess.Popen(command, env=_environment(folder, port), cwd=ROOT, stdout=written, stderr=written)
    try:
        _wait_until_it_answers(server, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in NOT_HANDED_ON}
    return {**kept, "DEMO": "true", "STEADY_VAR": str(folder), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


def _wait_until_it_answers(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise DemoDidNotStart(f"The demo ended by itself:\n{log.read_text(errors='replace')}")
        if answers(port):
            return
        time.sleep(0.2)
    raise DemoDidNotStart(f"No answer within {START_SECONDS} seconds:\n{log.read_text(errors='replace')}")


def answers(port: int) -> bool:
    """Whether something serves /healthz on this port of this machine."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
