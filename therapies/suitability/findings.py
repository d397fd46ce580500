"""What was found, read strictly: a name or value the vocabulary does not know is refused, never guessed."""

import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from therapies.suitability.constants import FEVER_C
from therapies.suitability.truth import NO, UNKNOWN, YES, Truth
from therapies.suitability.vocabulary import GROUPS, RED_FLAG_KEYS, VOCABULARY, Finding, Kind

__all__ = [
    "GROUPS",
    "RED_FLAG_KEYS",
    "VOCABULARY",
    "Finding",
    "Findings",
    "FindingsError",
    "Kind",
    "Value",
    "label_of",
    "read_findings",
]

MOST_DAYS_IN_A_YEAR = 366
Value = int | float | str | None

# The first choice is the "no". A number is never one: a pregnancy of 0 weeks is a yes.
PLAIN_NOS = frozenset(finding.choices[0] for finding in VOCABULARY.values() if finding.choices)
ORDER = {key: place for place, key in enumerate(VOCABULARY)}
YES_NO_KEYS = frozenset(key for key, finding in VOCABULARY.items() if finding.kind is Kind.YES_NO)


class FindingsError(ValueError):
    """A finding that cannot be read. The message names it and says in a sentence what is wrong."""


@dataclass(frozen=True)
class Findings:
    """One person's answers, immutable. Build them with `read_findings`.

    `yes` and `unknown` are what the rules read: a temperature of 38.0 C or more is a yes to `fever`, any
    number of weeks a yes to `pregnant_weeks`, and a day count that is not given is unknown. `values` holds
    the answers that are neither true nor false, by key.
    """

    yes: frozenset[str]
    unknown: frozenset[str]
    values: Mapping[str, Value]
    onset_days: int | None  # whole days since this episode began; None when unknown
    notable: frozenset[str]  # all but the plain "no"s: a rule that reads none of it cannot apply

    def truth(self, key: str) -> Truth:
        """The answer to a yes/no finding (or to "pregnant?" for `pregnant_weeks`)."""
        if key in self.yes:
            return YES
        return UNKNOWN if key in self.unknown else NO

    def choice(self, key: str) -> str | None:
        """The chosen value; the vocabulary's first choice ("none") when absent; None when unknown."""
        value = self.values.get(key, VOCABULARY[key].choices[0])
        return value if isinstance(value, str) else None

    def unanswered(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Those of `keys` whose answer is unknown, in the vocabulary's order."""
        still_open = self.unknown.intersection(keys)
        return tuple(sorted(still_open, key=ORDER.__getitem__)) if still_open else ()


def read_findings(raw: Mapping[str, object]) -> Findings:
    """Findings from plain values, by the vocabulary of rules.md section 2.

    True or false, a number or a choice is an answer; None is asked and not known; an absent key is asked
    and answered "no". Two exceptions: `temperature_c` None or absent is not measured, never unknown; and an
    absent `onset_days` is unknown like None, because no count of days could be a "no".

    Raises FindingsError for an unknown name, a wrong type or an unbelievable number, and for two answers of which
    one must be wrong: pain that began before birth. A normal temperature beside a fever is no contradiction (it comes
    and goes), nor is "at least" beside a day count that is not known (the band is unknown, section 4).
    """
    if not isinstance(raw, Mapping):
        raise FindingsError(f"findings: must be names with values, not {_shown(raw)}")
    # A plain yes or no is by far the commonest answer and needs no closer look.
    values = {
        key: _checked(key, value)
        for key, value in raw.items()
        if (value is not False and value is not True) or key not in YES_NO_KEYS
    }
    _refuse_before_birth(values)
    yes, unknown = _yes(raw, values), _unknown(values)
    days = values.get("onset_days")
    return Findings(
        yes,
        unknown,
        MappingProxyType(values),
        onset_days=days if isinstance(days, int) else None,
        notable=yes.union(unknown, [key for key, value in values.items() if value not in PLAIN_NOS]),
    )


def label_of(key: str) -> str:
    return VOCABULARY[key].label


def _yes(raw: Mapping[str, object], values: Mapping[str, Value]) -> frozenset[str]:
    yes = {key for key, value in raw.items() if value is True}
    if values.get("pregnant_weeks") is not None:
        yes.add("pregnant_weeks")
    if _measured_fever(values):
        yes.add("fever")
    return frozenset(yes)


def _unknown(values: Mapping[str, Value]) -> frozenset[str]:
    unknown = {key for key, value in values.items() if value is None}
    unknown.discard("temperature_c")
    if values.get("onset_days") is None:
        unknown.add("onset_days")
    if _measured_fever(values):
        unknown.discard("fever")
    return frozenset(unknown)


def _measured_fever(values: Mapping[str, Value]) -> bool:
    temperature = values.get("temperature_c")
    return isinstance(temperature, int | float) and temperature >= FEVER_C


def _refuse_before_birth(values: Mapping[str, Value]) -> None:
    days, age = values.get("onset_days"), values.get("age")
    if isinstance(days, int) and isinstance(age, int) and days >= (age + 1) * MOST_DAYS_IN_A_YEAR:
        raise FindingsError(f"onset_days, age: {days} days ago is before the birth of somebody aged {age}")


def _checked(key: str, value: object) -> Value:
    finding = VOCABULARY.get(key)
    if finding is None:
        raise FindingsError(f"{_shown(key)}: no finding has this name")
    if value is None:
        return None
    if finding.kind is Kind.CHOICE and isinstance(value, str) and value in finding.choices:
        return value
    number = _number(finding.kind, value)
    if number is not None and finding.least <= number <= finding.most:
        return number
    raise FindingsError(f"{key}: must be {_wanted(finding)}, not {_shown(value)}")


def _number(kind: Kind, value: object) -> int | float | None:
    # Python counts True as 1; a day count of `true` is a mistake, not one day.
    if isinstance(value, bool):
        return None
    if isinstance(value, int) and kind in (Kind.WHOLE_NUMBER, Kind.NUMBER):
        return value
    return value if isinstance(value, float) and kind is Kind.NUMBER else None


def _wanted(finding: Finding) -> str:
    if finding.kind is Kind.YES_NO:
        return "true, false or null"
    if finding.kind is Kind.CHOICE:
        return f"one of {', '.join(finding.choices)}, or null"
    number = "a whole number" if finding.kind is Kind.WHOLE_NUMBER else "a number"
    return f"{number} of {finding.unit}, {finding.least:g} to {finding.most:g}"


def _shown(value: object) -> str:
    # Shortened, and control characters escaped: the message ends up in a terminal or a log.
    return reprlib.repr(value)
