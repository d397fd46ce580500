"""The folders that a backup touches, one at a time: where it is written, and the scratch folder beside the database."""

import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EDQUOT, EFBIG, ENOSPC
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError

from clinic_site.keeping.refusals import KeepingRefused

NO_ROOM = {ENOSPC, EFBIG, EDQUOT}


@contextmanager
def scratch() -> Iterator[Path]:
    """An empty folder of our own beside the database. What a process that was killed left there is removed."""
    folder = Path(settings.VAR_DIR) / "keeping"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _locked(folder):
        _empty(folder)
        try:
            yield folder
        finally:
            _empty(folder)


def clear_scratch() -> None:
    """Remove what a process that was killed left there in the clear. Whoever is at work does that himself."""
    with suppress(KeepingRefused), scratch():
        pass


@contextmanager
def in_a_sentence() -> Iterator[None]:
    """A full disk, a folder that is missing or closed, a lost database: each as KeepingRefused."""
    try:
        yield
    except OSError as error:
        full = error.errno in NO_ROOM
        raise KeepingRefused(
            f"There is no room left for it: {error.strerror}." if full else f"{error.strerror}: {error.filename}."
        ) from error
    except (DatabaseError, sqlite3.Error) as error:
        raise KeepingRefused(f"The database could not be read or written: {str(error).splitlines()[0]}.") from error


def flush_folder(folder: Path) -> None:
    """A new name in a folder outlasts a power cut only once the folder itself is on the disk."""
    held = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(held)
    finally:
        os.close(held)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Nothing in the folder is touched before the lock is ours: somebody else may be at work there."""
    held = os.open(folder, os.O_RDONLY)
    try:
        _lock(held)
        yield
    finally:
        os.close(held)


def _lock(held: int) -> None:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise KeepingRefused("Another backup or restore is running on this machine.") from error


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()
