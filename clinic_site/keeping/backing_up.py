"""back_up(): one encrypted, proven file. It has its name only once it has been read back whole."""

import os
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from clinic_site.keeping import postgresql_copies, sqlite_copies
from clinic_site.keeping.places import flush_folder, in_a_sentence, scratch
from clinic_site.keeping.refusals import KeepingRefused
from clinic_site.keeping.retention import Rule, to_remove
from clinic_site.keeping.schema import applied, refuse_newer
from clinic_site.keeping.sealed_files import Facts, is_key_of, opened, read_facts, seal
from practice import audit, sealing

STAMP = "%Y%m%dT%H%M%S.%fZ"
NAMED = re.compile(r"steady-(\d{8}T\d{6}\.\d{6}Z)\.backup")
UNFINISHED = ".part"


def back_up(to: Path, *, key: str, rule: Rule) -> Path:
    """Write a backup of the database into the folder, and remove those that the rule does not keep.

    Raises KeepingRefused, and then nothing is left of it.
    """
    with in_a_sentence(), scratch() as folder:
        to.mkdir(mode=0o700, parents=True, exist_ok=True)
        _remove_unfinished(to)
        now = datetime.now(UTC)
        path = _write(to / f"steady-{now:{STAMP}}.backup", _facts(now), key, folder)
        surplus = _surplus(to, rule, besides=path)
        for old in surplus:
            old.unlink()
        audit.record(audit.Action.BACKED_UP, actor=None, detail=f"{path.name}, {len(surplus)} older ones removed")
    return path


def check(path: Path, *, key: str) -> Facts:
    """Read all of a backup and prove its content; answers what it says of itself. Raises KeepingRefused."""
    with in_a_sentence(), scratch() as folder:
        return _prove(path, key, folder)


def facts_of(path: Path) -> Facts:
    with in_a_sentence(), path.open("rb") as source:
        return read_facts(source)


def backups_in(folder: Path) -> dict[datetime, Path]:
    """The backups of a folder by the moment at which they were made."""
    named = ((NAMED.fullmatch(path.name), path) for path in folder.iterdir())
    return {datetime.strptime(match[1], STAMP).replace(tzinfo=UTC): path for match, path in named if match}


def of_another_key(folder: Path, *, key: str) -> list[Path]:
    """The backups of a folder that another key opens; what is damaged opens with none."""
    found = []
    for path in backups_in(folder).values():
        with suppress(KeepingRefused):
            found += [] if is_key_of(facts_of(path), key) else [path]
    return found


def _facts(now: datetime) -> dict[str, Any]:
    schema = applied(connection)
    refuse_newer(schema, whose="The database")
    # With the newest seal outside of the database, a record whose end was cut off or made anew shows (sealing.py).
    sealing.seal()
    newest = sealing.newest_seal()
    return {
        "made_at": now.isoformat(),
        "kind": connection.vendor,
        "schema": schema,
        "newest_seal": newest.written() if newest else "",
    }


def _write(path: Path, facts: dict[str, Any], key: str, folder: Path) -> Path:
    unfinished = path.with_name(path.name + UNFINISHED)
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            seal(_content(folder), target, facts=facts, key=key)
            target.flush()
            os.fsync(target.fileno())
        _prove(unfinished, key, folder)
        unfinished.rename(path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)
    return path


def _content(folder: Path) -> Iterator[bytes]:
    if connection.vendor == postgresql_copies.KIND:
        return postgresql_copies.dump(connection)
    return sqlite_copies.dump(connection, folder)


def _prove(path: Path, key: str, folder: Path) -> Facts:
    with path.open("rb") as source:
        facts, content = opened(source, key=key)
        ways: dict[str, Callable[[Iterator[bytes]], None]] = {
            postgresql_copies.KIND: postgresql_copies.prove,
            sqlite_copies.KIND: lambda pieces: sqlite_copies.prove(pieces, folder),
        }
        if facts.get("kind") not in ways:
            raise KeepingRefused(f"This program does not know databases of the kind “{facts.get('kind')}”.")
        ways[facts["kind"]](content)
    return facts


def _surplus(folder: Path, rule: Rule, *, besides: Path) -> list[Path]:
    """`besides` was made just now: it stays, also where a clock that was set back calls another one newer."""
    kept = backups_in(folder)
    return [kept[at] for at in sorted(to_remove(kept, rule)) if kept[at] != besides]


def _remove_unfinished(folder: Path) -> None:
    for path in folder.glob(f"steady-*.backup{UNFINISHED}"):
        path.unlink()
