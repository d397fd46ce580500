"""secure_site(): the program as a clinic runs it, on https://localhost with a certificate of its own.

Passkeys work by TLS only, and nothing of the demo is on: two steps to sign in, `__Host-` cookies, a clinic that an
owner has filled in. Whoever plays a path makes their own people: by `shell()`, which runs lines of Python in it.
"""

import os
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPSConnection
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from clinic_site.demo.serving import NOT_HANDED_ON, ROOT, spare_port

KEYS = ("SECRET_KEY", "CODE_KEY", "MFA_KEY", "AUDIT_KEY")
START_SECONDS = 60
# In one process: each start of Django takes seconds.
READY = """
from django.core.management import call_command
from practice.models import Clinic
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
call_command("make_roles", verbosity=0)
Clinic.objects.update_or_create(id=1, defaults={
    "phone": "(312) 555-0142", "hours": "8 am to 5 pm", "after_hours": "Call (312) 555-0177."})
"""


@dataclass(frozen=True)
class SecureSite:
    """`base_url` has no slash at its end; `log` is what the server wrote."""

    base_url: str
    environment: dict[str, str]
    log: Path

    @property
    def database(self) -> Path:
        return self.log.parent / "steady.sqlite3"

    def manage(self, *command: str) -> str:
        """What a command of manage.py writes."""
        return run(self.environment, *command)

    def shell(self, lines: str) -> str:
        """What these lines of Python write, run with the site's settings and database."""
        return self.manage("shell", "--no-imports", "-c", lines)


@contextmanager
def secure_site() -> Iterator[SecureSite]:
    with TemporaryDirectory(prefix="steady-tls-") as name:
        folder, port = Path(name), spare_port()
        environment = _environment(folder, port)
        run(environment, "shell", "--no-imports", "-c", READY)
        with _serving(environment, folder, port) as log:
            yield SecureSite(f"https://localhost:{port}", environment, log)


def run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command], env=environment, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in {*NOT_HANDED_ON, "DEMO"}}
    return {
        **kept,
        **{name: token_urlsafe(48) for name in KEYS},
        "DJANGO_SETTINGS_MODULE": "clinic_site.settings",
        "STEADY_VAR": str(folder),
        "ALLOWED_HOSTS": "localhost",
        "CSRF_TRUSTED_ORIGINS": f"https://localhost:{port}",
    }


@contextmanager
def _serving(environment: dict[str, str], folder: Path, port: int) -> Iterator[Path]:
    certificate, key, log = folder / "certificate.pem", folder / "key.pem", folder / "server.log"
    _make_certificate(certificate, key)
    command = ["-m", "gunicorn", "clinic_site.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket"]
    command += ["--access-logfile", "-"]
    # A handshake that stalls half-way holds its thread for ever, also when the server is to stop. A clinic has a proxy
    # before the program, which sees to that; here some may stall.
    tls = ["--certfile", str(certificate), "--keyfile", str(key), "--threads", "24", "--graceful-timeout", "5"]
    with log.open("wb") as written:
        server = subprocess.Popen(
            [sys.executable, *command, *tls], env=environment, cwd=ROOT, stdout=written, stderr=written
        )
    try:
        _wait(server, port, log)
        yield log
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(server: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        if _answers(port):
            return
        time.sleep(0.1)
    raise AssertionError(f"The site did not start:\n{log.read_text(errors='replace')}")


def _answers(port: int) -> bool:
    connection = HTTPSConnection("localhost", port, timeout=5, context=ssl._create_unverified_context())
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def _make_certificate(certificate: Path, key: Path) -> None:
    """For localhost, signed by itself, for a day."""
    own, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(own.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(hours=1))
    made = made.not_valid_after(now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    certificate.write_bytes(made.sign(own, SHA256()).public_bytes(Encoding.PEM))
    key.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
