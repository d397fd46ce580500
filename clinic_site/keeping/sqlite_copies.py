"""SQLite: a copy that is consistent while others write, packed; unpacked, proven, and put into a database."""

import sqlite3
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

from django.db.backends.base.base import BaseDatabaseWrapper

from clinic_site.keeping.refusals import Damaged, KeepingRefused

KIND = "sqlite"
PIECE = 1 << 20
PATIENCE_SECONDS = 60


def dump(connection: BaseDatabaseWrapper, scratch: Path) -> Iterator[bytes]:
    """The database's content, packed. A plain copy lies in `scratch` meanwhile: SQLite's own way to copy needs one."""
    plain = scratch / "copy.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(plain)) as copy:
        # In one step: in several, each write of somebody else would begin it anew.
        connection.connection.backup(copy, pages=-1, progress=_patience())
    with plain.open("rb") as source:
        yield from _packed(source)
    plain.unlink()


def prove(content: Iterable[bytes], scratch: Path) -> None:
    """Unpack all of it and let SQLite look through every page. Raises Damaged."""
    unpack(content, scratch).unlink()


def unpack(content: Iterable[bytes], scratch: Path) -> Path:
    """A proven plain database in `scratch`. Raises Damaged."""
    plain = scratch / "unpacked.sqlite3"
    with plain.open("wb") as target:
        for piece in _unpacked(content):
            target.write(piece)
    _look_through(plain)
    return plain


def put(plain: Path, connection: BaseDatabaseWrapper) -> None:
    """Everything of the plain database in place of what is there, in one transaction of SQLite's own."""
    connection.ensure_connection()
    with closing(sqlite3.connect(plain)) as source:
        source.backup(connection.connection, pages=-1, progress=_patience())
    connection.close()


def _patience() -> Callable[[int, int, int], None]:
    """SQLite asks for a busy database again and again; somebody has to say when it is enough."""
    end = time.monotonic() + PATIENCE_SECONDS

    def asked_again(status: int, remaining: int, total: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise KeepingRefused("Somebody else is writing into the database, and does not end.")

    return asked_again


def _look_through(plain: Path) -> None:
    try:
        with closing(sqlite3.connect(plain)) as database:
            said = [row[0] for row in database.execute("PRAGMA integrity_check")]
            orphans = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"SQLite cannot read the content: {error}.") from error
    if said != ["ok"] or orphans:
        raise Damaged(
            f"SQLite finds the content damaged: {said[0] if said != ['ok'] else 'rows without their parent'}."
        )


def _packed(source: BinaryIO) -> Iterator[bytes]:
    packer = zlib.compressobj()
    while piece := source.read(PIECE):
        yield packer.compress(piece)
    yield packer.flush()


def _unpacked(content: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for piece in content:
            yield unpacker.decompress(piece)
    except zlib.error as error:
        raise Damaged("The content cannot be unpacked.") from error
    if not unpacker.eof:
        raise Damaged("The content ends too early.")
