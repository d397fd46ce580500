"""Deeds at the same moment, each in a thread with a connection of its own, on either database.

Another connection sees only what is committed. SQLite's rows are copied into a file for it: emptying its tables after
the test would be refused by the triggers that keep rows. So a test that uses this, or lets another process write,
asks for `RACING`: PostgreSQL's tables are emptied after it.
"""

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from clinic_site.tests.elsewhere import copy_rows_to

RACING = pytest.mark.django_db(transaction=connection.vendor == "postgresql")
# Where the others have to wait for a lock, whoever has it waits so long for them, and then goes on.
PATIENCE_SECONDS = 0.3
Deed = Callable[[], Any]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Callable[..., list[Any]]:
    """Does the deeds at once; what each answered or raised, in their order. The shared rows are then looked at by
    a last deed, which is done alone."""
    told = dict(connection.settings_dict)
    if connection.vendor == "sqlite":
        told["NAME"] = str(tmp_path / "shared.sqlite3")

    def at_once(*deeds: Deed, then: Deed) -> list[Any]:
        if connection.vendor == "sqlite":
            copy_rows_to(told["NAME"])
        answers: list[Any] = [None] * len(deeds)
        threads = [threading.Thread(target=_do, args=(told, deed, answers, at)) for at, deed in enumerate(deeds)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        last: list[Any] = [None]
        after = threading.Thread(target=_do, args=(told, then, last, 0))
        after.start()
        after.join()
        return [*answers, *last]

    return at_once


def _do(told: dict[str, Any], deed: Deed, answers: list[Any], at: int) -> None:
    own = type(connections["default"])(told, "default")
    connections["default"] = own
    try:
        answers[at] = deed()
    except Exception as raised:
        answers[at] = raised
    finally:
        own.close()


class Meeting:
    """Where those who race wait for each other: past the look, before the deed."""

    def __init__(self, people: int) -> None:
        self.barrier = threading.Barrier(people)
        self.came = 0

    def wait(self) -> None:
        self.came += 1
        with suppress(threading.BrokenBarrierError):
            self.barrier.wait(PATIENCE_SECONDS)

    def after(self, look: Callable[..., Any]) -> Callable[..., Any]:
        """The look itself; whoever has looked waits here."""

        def looked(*args: Any, **kwargs: Any) -> Any:
            found = look(*args, **kwargs)
            self.wait()
            return found

        return looked
