"""Yes, no and unknown: the three answers a question can have, and how they combine (Kleene's logic)."""

from enum import Enum


class Truth(Enum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __and__(self, other: "Truth") -> "Truth":
        if Truth.NO in (self, other):
            return Truth.NO
        return Truth.UNKNOWN if Truth.UNKNOWN in (self, other) else Truth.YES

    def __or__(self, other: "Truth") -> "Truth":
        if Truth.YES in (self, other):
            return Truth.YES
        return Truth.UNKNOWN if Truth.UNKNOWN in (self, other) else Truth.NO

    def __invert__(self) -> "Truth":
        if self is Truth.UNKNOWN:
            return self
        return Truth.NO if self is Truth.YES else Truth.YES

    @property
    def readings(self) -> tuple[bool, ...]:
        """What the truth may turn out to be: one value when known, both when unknown."""
        return (False, True) if self is Truth.UNKNOWN else (self is Truth.YES,)


def truth_of(value: object) -> Truth:
    """YES for anything true, NO for anything false; never UNKNOWN."""
    return Truth.YES if value else Truth.NO
