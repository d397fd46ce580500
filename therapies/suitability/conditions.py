"""The "If" column of the tables: conditions on findings, joined by | (or), & (and) and ~ (not)."""

from collections.abc import Callable
from dataclasses import dataclass

from therapies.suitability.findings import Findings
from therapies.suitability.truth import NO, UNKNOWN, YES, Truth, truth_of


@dataclass(frozen=True)
class Condition:
    """`keys`: the findings it reads. `truth`: its answer for one person. `found`: what made it a yes."""

    keys: frozenset[str]
    truth: Callable[[Findings], Truth]
    found: Callable[[Findings], tuple[str, ...]]

    def __or__(self, other: "Condition") -> "Condition":
        def either(findings: Findings) -> Truth:
            first = self.truth(findings)
            return first if first is YES else first | other.truth(findings)

        def found(findings: Findings) -> tuple[str, ...]:
            return self.found(findings) + other.found(findings)

        return Condition(self.keys | other.keys, either, found)

    def __and__(self, other: "Condition") -> "Condition":
        def both(findings: Findings) -> Truth:
            first = self.truth(findings)
            return first if first is NO else first & other.truth(findings)

        def found(findings: Findings) -> tuple[str, ...]:
            if both(findings) is not YES:
                return ()
            return self.found(findings) + other.found(findings)

        return Condition(self.keys | other.keys, both, found)

    def __invert__(self) -> "Condition":
        return Condition(self.keys, lambda findings: ~self.truth(findings), nothing_found)

    def unless(self, stricter: "Condition") -> "Condition":
        """This, but silent when a stricter row speaks already. One that is only unknown silences nothing."""

        def truth(findings: Findings) -> Truth:
            first = self.truth(findings)
            return first if first is NO or stricter.truth(findings) is not YES else NO

        return Condition(self.keys | stricter.keys, truth, self.found)


def nothing_found(findings: Findings) -> tuple[str, ...]:
    """For a condition that is no finding a reason could name."""
    return ()


def has(*keys: str) -> Condition:
    """Any of these findings is a yes."""
    wanted = frozenset(keys)

    def truth(findings: Findings) -> Truth:
        if not wanted.isdisjoint(findings.yes):
            return YES
        return NO if wanted.isdisjoint(findings.unknown) else UNKNOWN

    return Condition(wanted, truth, lambda findings: tuple(key for key in keys if key in findings.yes))


def chosen(key: str, *choices: str) -> Condition:
    """The answer to a choice is one of these."""

    def truth(findings: Findings) -> Truth:
        choice = findings.choice(key)
        return UNKNOWN if choice is None else truth_of(choice in choices)

    def found(findings: Findings) -> tuple[str, ...]:
        return (key,) if truth(findings) is YES else ()

    return Condition(frozenset([key]), truth, found)


def at_least(count: int, *keys: str) -> Condition:
    """So many of these findings are a yes, or more."""
    wanted = frozenset(keys)

    def truth(findings: Findings) -> Truth:
        certain = len(wanted & findings.yes)
        if certain >= count:
            return YES
        return NO if certain + len(wanted & findings.unknown) < count else UNKNOWN

    return Condition(wanted, truth, has(*keys).found)


def maybe(condition: Condition) -> Condition:
    """The condition is a yes, or an unknown answer leaves it possible."""

    def found(findings: Findings) -> tuple[str, ...]:
        return tuple(condition.keys) if condition.truth(findings) is not NO else ()

    return Condition(condition.keys, lambda findings: truth_of(condition.truth(findings) is not NO), found)


def number(key: str, within: Callable[[int | float], bool]) -> Condition:
    """A number that was given lies within these bounds; one that is absent is a no, null is unknown."""

    def truth(findings: Findings) -> Truth:
        value = findings.values.get(key)
        if isinstance(value, int | float):
            return truth_of(within(value))
        return UNKNOWN if key in findings.unknown else NO

    def found(findings: Findings) -> tuple[str, ...]:
        return (key,) if truth(findings) is YES else ()

    return Condition(frozenset([key]), truth, found)


def not_measured(key: str) -> Condition:
    """No number was given."""
    return Condition(frozenset([key]), lambda findings: truth_of(findings.values.get(key) is None), nothing_found)
