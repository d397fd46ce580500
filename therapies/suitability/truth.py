"""Yes, no and unknown: the three answers a question can have, and how they combine (Kleene's logic)."""

from enum import Enum
from typing import Final


class Truth(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    __hash__ = object.__hash__  # there are only these three; the enum's own hash is slow

    def __and__(self, other: "Truth") -> "Truth":
        if self is NO or other is NO:
            return NO
        return UNKNOWN if self is UNKNOWN or other is UNKNOWN else YES

    def __or__(self, other: "Truth") -> "Truth":
        if self is YES or other is YES:
            return YES
        return UNKNOWN if self is UNKNOWN or other is UNKNOWN else NO

    def __invert__(self) -> "Truth":
        if self is UNKNOWN:
            return self
        return NO if self is YES else YES

    @property
    def readings(self) -> tuple[bool, ...]:
        """What the truth may turn out to be: one value when known, both when unknown."""
        return (False, True) if self is UNKNOWN else (self is YES,)


YES: Final = Truth.YES
NO: Final = Truth.NO
UNKNOWN: Final = Truth.UNKNOWN


def truth_of(value: object) -> Truth:
    """YES for anything true, NO for anything false; never UNKNOWN."""
    return YES if value else NO
