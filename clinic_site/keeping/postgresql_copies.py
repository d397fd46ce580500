"""PostgreSQL: its own programs pg_dump and pg_restore, fed and read through pipes: nothing lies in the clear."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import make_conninfo

from clinic_site.keeping.refusals import Damaged, KeepingRefused

KIND = "postgresql"
PIECE = 1 << 20
ANOTHER_OWNER = ("--no-owner", "--no-privileges")
TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey")


def dump(connection: BaseDatabaseWrapper) -> Iterator[bytes]:
    """The database's content in pg_dump's own packed format, as it was at one moment."""
    command = [_program("pg_dump"), "--format=custom", *ANOTHER_OWNER, *_where(connection)]
    with _started(command, connection, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        assert process.stdout
        while piece := process.stdout.read(PIECE):
            yield piece
        _refuse_unless_done(process, "pg_dump")


def prove(content: Iterable[bytes]) -> None:
    """Let pg_restore read all of it, and write it nowhere. Raises Damaged."""
    process = _started([_program("pg_restore"), "--file=/dev/null"], None, stdin=subprocess.PIPE)
    try:
        _feed(process, content)
        _refuse_unless_done(process, "pg_restore")
    except KeepingRefused as error:
        raise Damaged(f"PostgreSQL finds the content damaged: {error}") from error


def put(content: Iterable[bytes], connection: BaseDatabaseWrapper) -> None:
    """Everything of the content in place of what is there, in one transaction."""
    connection.close()
    restore = [_program("pg_restore"), "--single-transaction", "--exit-on-error", "--clean", "--if-exists"]
    process = _started([*restore, *ANOTHER_OWNER, *_where(connection)], connection, stdin=subprocess.PIPE)
    _feed(process, content)
    _refuse_unless_done(process, "pg_restore")


def _feed(process: "subprocess.Popen[bytes]", content: Iterable[bytes]) -> None:
    assert process.stdin
    try:
        for piece in content:
            process.stdin.write(piece)
        process.stdin.close()
    except BrokenPipeError:
        # The program ended by itself: what it said stands in its last words.
        return
    except BaseException:
        # Half a content must not look like all of it: ended so, pg_restore takes everything back.
        process.kill()
        process.wait()
        raise


def _refuse_unless_done(process: "subprocess.Popen[bytes]", program: str) -> None:
    assert process.stderr
    said = process.stderr.read().decode(errors="replace").strip().splitlines()
    if process.wait():
        raise KeepingRefused(f"{program} ended with an error: {said[0][:200] if said else 'it did not say which'}")


def _started(
    command: list[str], connection: BaseDatabaseWrapper | None, *, stdin: int, stdout: int = subprocess.DEVNULL
) -> "subprocess.Popen[bytes]":
    environment = os.environ | (_password(connection.settings_dict) if connection else {})
    return subprocess.Popen(command, env=environment, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE)


def _where(connection: BaseDatabaseWrapper) -> list[str]:
    """As the program itself connects, with what DATABASE_URL asks of TLS."""
    said = connection.settings_dict
    named = {"host": said["HOST"], "port": said["PORT"], "user": said["USER"], "dbname": said["NAME"]}
    tls = {name: said["OPTIONS"].get(name) for name in TLS}
    return [
        "--no-password",
        "--dbname=" + make_conninfo(**{name: value for name, value in (named | tls).items() if value}),
    ]


def _password(said: dict[str, Any]) -> dict[str, str]:
    """In the environment: everybody on a machine may read the words of a command."""
    return {"PGPASSWORD": said["PASSWORD"]} if said["PASSWORD"] else {}


def _program(name: str) -> str:
    found = shutil.which(name)
    if not found:
        raise KeepingRefused(f"{name} is missing on this machine: install PostgreSQL's client programs.")
    return found
