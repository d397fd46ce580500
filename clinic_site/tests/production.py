"""A clinic's own settings and server in a process of its own: gunicorn with DEBUG off, on a scratch database."""

import os
import secrets
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from django.conf import settings

from clinic_site.demo.serving import spare_port

HOST = "steady.example.org"
KEYS = ("SECRET_KEY", "CODE_KEY", "MFA_KEY", "AUDIT_KEY", "BACKUP_KEY")


def clinic(folder: Path) -> dict[str, str]:
    """What a clinic sets, as the README says."""
    return {
        **{key: secrets.token_urlsafe(64) for key in KEYS},
        "ALLOWED_HOSTS": HOST,
        "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
        "BEHIND_TLS_PROXY": "true",
        "TRUSTED_PROXIES": "1",
        "STEADY_VAR": str(folder),
    }


def start(command: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run it to its end with these settings and no others."""
    return subprocess.run(
        command, env=only(environment), cwd=settings.BASE_DIR, capture_output=True, text=True, timeout=120
    )


def only(environment: dict[str, str]) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    return kept | environment


@contextmanager
def serving(command: str, environment: dict[str, str]) -> Iterator[int]:
    """gunicorn by this command, on a spare port instead of 8000; stopped at the end."""
    port = spare_port()
    words = command.replace("127.0.0.1:8000", f"127.0.0.1:{port}").split()
    log = Path(environment["STEADY_VAR"]) / "gunicorn.log"
    with log.open("wb") as written:
        server = subprocess.Popen(words, env=only(environment), cwd=settings.BASE_DIR, stdout=written, stderr=written)
    try:
        _wait_for(server, port, log)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait_for(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(log.read_text(errors="replace"))
