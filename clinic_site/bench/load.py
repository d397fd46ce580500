"""Asking a server for one page over and over: by wrk where it is installed, else by our own client."""

import shutil
import subprocess
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

CONNECTIONS = 8
WARM_UP_REQUESTS = 12
TIMEOUT = "30s"
# wrk prints no 95th percentile by itself.
WRK_SCRIPT = """
done = function(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), e.connect + e.read + e.write + e.timeout, e.status))
end
"""


class LoadFailed(Exception):
    """The page did not answer as it should, so a rate would mean nothing."""


@dataclass(frozen=True)
class Load:
    requests_per_second: float
    p50_ms: float
    p95_ms: float


def client_name() -> str:
    return "wrk" if shutil.which("wrk") else "own client (http.client in threads)"


def measure(url: str, *, cookie: str, seconds: int) -> Load:
    """The rate and the times of GET `url` at 8 connections, after a warm-up. Raises LoadFailed."""
    ask = _by_wrk if shutil.which("wrk") else _by_threads
    # By count, not by time: both workers have then read their templates, however slow the machine is.
    for _ in range(WARM_UP_REQUESTS):
        _ask_once(url, cookie)
    return ask(url, cookie, seconds)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that `share` of the values (0 to 1) do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _by_wrk(url: str, cookie: str, seconds: int) -> Load:
    with TemporaryDirectory(prefix="steady-bench-") as folder:
        script = Path(folder) / "p95.lua"
        script.write_text(WRK_SCRIPT)
        command = [
            "wrk",
            "-t1",
            f"-c{CONNECTIONS}",
            f"-d{seconds}s",
            "--timeout",
            TIMEOUT,
            "-s",
            str(script),
            "-H",
            f"Cookie: {cookie}",
        ]
        done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    requests, microseconds, p50, p95, broken, refused = map(int, line.split()[1:])
    if broken or refused or not requests:
        raise LoadFailed(f"{url}: of {requests} requests {broken} broke off and {refused} were refused.")
    return Load(round(requests / (microseconds / 1e6), 1), p50 / 1000, p95 / 1000)


def _by_threads(url: str, cookie: str, seconds: int) -> Load:
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        each = [pool.submit(_ask_until, url, cookie, deadline) for _ in range(CONNECTIONS)]
        taken = [time_taken for future in each for time_taken in future.result()]
    return Load(
        round(len(taken) / seconds, 1),
        round(percentile(taken, 0.5) * 1000, 2),
        round(percentile(taken, 0.95) * 1000, 2),
    )


def _ask_until(url: str, cookie: str, deadline: float) -> list[float]:
    """Seconds taken by each request; at least one is made."""
    taken: list[float] = []
    while not taken or time.monotonic() < deadline:
        begun = time.monotonic()
        _ask_once(url, cookie)
        taken.append(time.monotonic() - begun)
    return taken


def _ask_once(url: str, cookie: str) -> None:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=30)
    try:
        connection.request("GET", parts.path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise LoadFailed(f"{url} answered {answer.status}.")
    finally:
        connection.close()
