"""deploy/nginx.conf, run as it is but for its paths, its ports and how long it waits for a slow browser."""

import re
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from ipaddress import ip_address
from pathlib import Path
from socket import create_connection

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

from clinic_site.demo.serving import spare_port
from clinic_site.tests.production import HOST
from clinic_site.tests.programs import program

DEPLOY = Path(settings.BASE_DIR) / "deploy"
# Around what stands in conf.d: what Debian's own nginx.conf says, in a folder of the test.
AROUND = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  default_type application/octet-stream; types {{ text/html html; text/css css; }}
  {site}
}}
"""


@dataclass(frozen=True)
class Proxy:
    """A running nginx. `folder` holds its logs."""

    http: int
    https: int
    folder: Path

    def ask(self, method: str, path: str, *, body: bytes = b"", **headers: str) -> HTTPResponse:
        """Over TLS, as a browser that was given the clinic's name."""
        connection = Named("127.0.0.1", self.https, context=trusting_anybody(), timeout=10)
        sent = {"Host": HOST, **{name.replace("_", "-"): value for name, value in headers.items()}}
        connection.request(method, path, body=body or None, headers=sent)
        return connection.getresponse()

    def ask_without_tls(self, path: str) -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.http, timeout=10)
        connection.request("GET", path, headers={"Host": HOST})
        return connection.getresponse()

    def logged(self) -> str:
        return (self.folder / "steady.log").read_text(encoding="utf-8")


class Named(HTTPSConnection):
    """Asks for the clinic's name in the handshake, though it connects to a number."""

    def connect(self) -> None:
        plain = create_connection((self.host, self.port), self.timeout)
        self.sock = trusting_anybody().wrap_socket(plain, server_hostname=HOST)


def trusting_anybody() -> ssl.SSLContext:
    """The certificate is made for this test, and nobody vouches for it."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


@contextmanager
def proxy_before(backend: int, folder: Path) -> Iterator[Proxy]:
    proxy = Proxy(spare_port(), spare_port(), folder)
    write_certificate(folder)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, site=site(proxy, backend)), encoding="utf-8")
    server = subprocess.Popen([program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf")])
    try:
        _wait(server, proxy)
        yield proxy
    finally:
        server.terminate()
        server.wait(timeout=10)


def site(proxy: Proxy, backend: int) -> str:
    """The example with this test's paths and ports. A browser is slow after one second instead of ten."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r" *listen \[::\].*\n", "", text)
    text = re.sub(r"\blisten 80\b", f"listen 127.0.0.1:{proxy.http}", text)
    text = re.sub(r"\blisten 443\b", f"listen 127.0.0.1:{proxy.https}", text)
    for written, ours in {
        "/var/log/nginx": str(proxy.folder),
        f"/etc/letsencrypt/live/{HOST}": str(proxy.folder),
        "/opt/steady/app/deploy": str(DEPLOY),
        "127.0.0.1:8000": f"127.0.0.1:{backend}",
        "_timeout 10s": "_timeout 1s",
    }.items():
        assert written in text
        text = text.replace(written, ours)
    return text


def write_certificate(folder: Path) -> None:
    key, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    names = x509.SubjectAlternativeName([x509.DNSName(HOST), x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(names, critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    (folder / "fullchain.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(private)


def _wait(server: "subprocess.Popen[bytes]", proxy: Proxy) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and server.poll() is None:
        try:
            create_connection(("127.0.0.1", proxy.https), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise AssertionError((proxy.folder / "error.log").read_text(encoding="utf-8"))
