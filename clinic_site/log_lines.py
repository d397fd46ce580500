"""How a line of the program's own log looks: one line for each thing, in UTC, and no words of anybody's.

What an exception says may quote what somebody typed, and a database that refuses a row quotes the whole row. So the
log keeps what kind of fault it was and where in the program, and leaves out what it said. (OWASP ASVS 5.0: 16.2, 16.4)
"""

import logging
import traceback
from datetime import UTC, datetime
from types import TracebackType

from practice.one_line import one_line

ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class LogLine(logging.Formatter):
    """2026-11-21T19:30:00+00:00 WARNING django.request Not Found: /learn/nothing/"""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return one_line(super().formatMessage(record))

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802
        return "\n".join(f"  {line}" for line in kinds_and_places(ei[1]))


def kinds_and_places(error: BaseException | None) -> list[str]:
    """The exception, and each that led to it: its class, and the lines of the program that it came through."""
    lines: list[str] = []
    while error is not None:
        lines += [f"{type(error).__module__}.{type(error).__qualname__}"]
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return lines
