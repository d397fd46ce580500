"""Whoever signed in twenty minutes ago is asked again before what counts: a journey does not wait for that."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from time import time

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.utils import timezone

from practice.sessions_store import SessionStore

LONG_AGO = timedelta(minutes=20)


def grow_old(path: Path, username: str) -> None:
    """In this SQLite file, this person's sessions were signed in twenty minutes earlier."""
    with closing(sqlite3.connect(path, timeout=20)) as database, database:
        whose = "SELECT id FROM practice_user WHERE username = ?"
        theirs = f"SELECT session_key, session_data FROM practice_devicesession WHERE user_id = ({whose})"
        for key, data in database.execute(theirs, [username]).fetchall():
            values = (_grown_old(data), str(timezone.now() - LONG_AGO)[:26], key)
            database.execute(
                "UPDATE practice_devicesession SET session_data = ?, signed_in_at = ? WHERE session_key = ?", values
            )


def _grown_old(data: str) -> str:
    store = SessionStore()
    held = store.decode(data)
    for record in held.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
        record["at"] = time() - LONG_AGO.total_seconds()
    return store.encode(held)
