"""How long a session lasts, and why it does no longer. Pure rules; times are aware datetimes.

Staff: an hour without use, twelve hours in all (OWASP ASVS 5.0: 7.3.1, 7.3.2). Whoever has a PIN finds the screen
locked after five minutes instead; the PIN opens it until the twelve hours are over. Patients: 30 days, used or not,
since a phone is one person's own and a new code costs a walk to the clinic (SECURITY.md).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LOCKS_AFTER = timedelta(minutes=5)


@dataclass(frozen=True)
class Limits:
    """`noted_every`: how often a sign of life is written down."""

    idle: timedelta
    altogether: timedelta
    noted_every: timedelta


STAFF = Limits(timedelta(hours=1), timedelta(hours=12), timedelta(minutes=1))
PATIENTS = Limits(timedelta(days=30), timedelta(days=30), timedelta(hours=1))


class Over(StrEnum):
    """Why a cookie opens its session no longer."""

    LOCKED = "locked"
    IDLE = "idle"
    ALTOGETHER = "altogether"


def limits_of(*, works_here: bool) -> Limits:
    return STAFF if works_here else PATIENTS


def opens_until(now: datetime, *, ends_at: datetime, limits: Limits, locks_itself: bool) -> datetime:
    """Until when the cookie opens a session that was used now."""
    return min(ends_at, now + (LOCKS_AFTER if locks_itself else limits.idle))


def idle_time(*, works_here: bool, locks_itself: bool) -> timedelta:
    return LOCKS_AFTER if locks_itself else limits_of(works_here=works_here).idle


def why_over(now: datetime, *, ends_at: datetime, locks_itself: bool) -> Over:
    if ends_at <= now:
        return Over.ALTOGETHER
    return Over.LOCKED if locks_itself else Over.IDLE
