"""A dose as data, and its limits; dose_in_words.py says it.

Pure Python. Units: minutes for a session, seconds for a hold, minutes for the least gap between two sessions.
Limits: rules.md section 1 (`ICE_MAX_MIN`, `HEAT_MAX_MIN`) and the limits under sections 5 and 6; facts.md 2.2, 3.2
and section 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Self


class DoseError(ValueError):
    """A dose that must not be given; `field` is the number at fault, the message says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, kw_only=True)
class Dose:
    """How much and how often. `None` means that the number does not apply to this instruction."""

    minutes: int | None = None
    hold_seconds: int | None = None
    repetitions: int | None = None
    sets: int | None = None
    times_a_day: int | None = None
    least_gap_minutes: int | None = None
    each_side: bool = False

    @classmethod
    def of(cls, holder: object) -> Self:
        """The dose of anything that carries the seven fields (a model row, a form's cleaned data object)."""
        return cls(**{name: getattr(holder, name) for name in DOSE_FIELDS})

    def as_dict(self) -> dict[str, int | bool | None]:
        return {name: getattr(self, name) for name in DOSE_FIELDS}


DOSE_FIELDS = tuple(field.name for field in fields(Dose))
NUMBERS = tuple(name for name in DOSE_FIELDS if name != "each_side")

# (least, most) for each number, by kind. A kind that is not named uses "movement".
LIMITS: dict[str, dict[str, tuple[int, int]]] = {
    "ice": {"minutes": (1, 20), "times_a_day": (1, 4), "least_gap_minutes": (120, 720)},
    "heat": {"minutes": (1, 20), "times_a_day": (1, 3), "least_gap_minutes": (120, 720)},
    "movement": {
        "minutes": (1, 60),
        "hold_seconds": (1, 60),
        "repetitions": (1, 30),
        "sets": (1, 5),
        "times_a_day": (1, 6),
        "least_gap_minutes": (15, 720),
    },
}
NAMES = {
    "minutes": "Minutes",
    "hold_seconds": "Hold (seconds)",
    "repetitions": "Repetitions",
    "sets": "Sets",
    "times_a_day": "Times a day",
    "least_gap_minutes": "Least gap (minutes)",
}
WITH_A_PACK = ("minutes", "times_a_day", "least_gap_minutes")
NEEDED = {"ice": WITH_A_PACK, "heat": WITH_A_PACK}
# A longer wait between is the gentler one: an instruction's own most is no bound for it.
GROWING = tuple(name for name in NUMBERS if name != "least_gap_minutes")


def limits_for(kind: str) -> dict[str, tuple[int, int]]:
    return LIMITS.get(kind, LIMITS["movement"])


def most_of(name: str, kind: str, most: Mapping[str, int]) -> int:
    """The highest value of a number: its kind's limit, or what the instruction itself goes to (`dose_most`)."""
    limit = limits_for(kind)[name][1]
    return min(limit, most.get(name, limit)) if name in GROWING else limit


def check_dose(dose: Dose, kind: str, *, most: Mapping[str, int] | None = None) -> None:
    """Raise DoseError for the first number that is missing, does not belong or is out of range.

    `most`: the numbers that the instruction's dose may grow to (`dose_most`); it can be stricter than its kind.
    """
    limits = limits_for(kind)
    for name in NUMBERS:
        value = getattr(dose, name)
        if value is None:
            _check_missing(name, kind)
        elif name not in limits:
            raise DoseError(name, f"{NAMES[name]} does not apply to {kind}.")
        elif not limits[name][0] <= value <= limits[name][1]:
            least, highest = limits[name]
            raise DoseError(name, f"{NAMES[name]} must be from {least} to {highest}.")
        elif value > (own := most_of(name, kind, most or {})):
            raise DoseError(name, f"At most {own} here: this instruction goes no higher.")
    if dose.minutes is None and dose.repetitions is None:
        raise DoseError("repetitions", "Give either minutes or repetitions.")


def check_most(dose: Dose, most: Mapping[str, int], kind: str) -> None:
    """Raise DoseError for the first number that a dose cannot grow to: not in it, below it or past its kind's limit."""
    limits = limits_for(kind)
    for name, value in most.items():
        least = getattr(dose, name, None)
        if least is None or name not in GROWING:
            raise DoseError(name, f"{NAMES.get(name, name)} is not in the dose to begin with.")
        if value < least:
            raise DoseError(name, f"Must not be below the dose to begin with, {least}.")
        if value > limits[name][1]:
            raise DoseError(name, f"{NAMES[name]} must be at most {limits[name][1]}.")


def _check_missing(name: str, kind: str) -> None:
    if name == "times_a_day" or name in NEEDED.get(kind, ()):
        raise DoseError(name, f"{NAMES[name]} is needed.")
