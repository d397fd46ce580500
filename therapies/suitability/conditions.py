"""The "If" column of the tables: conditions on findings, joined by | (or), & (and) and ~ (not)."""

from collections.abc import Callable
from dataclasses import dataclass

from therapies.suitability.findings import Findings
from therapies.suitability.truth import NO, UNKNOWN, YES, Truth, truth_of


@dataclass(frozen=True)
class Condition:
    """`keys`: the findings it reads. `truth`: its answer for one person. `found`: what made it a yes.

    `sparks`: without one of these among a person's notable answers it cannot be a yes. None: it may always be one.
    """

    keys: frozenset[str]
    truth: Callable[[Findings], Truth]
    found: Callable[[Findings], tuple[str, ...]]
    sparks: frozenset[str] | None

    def __or__(self, other: "Condition") -> "Condition":
        def either(findings: Findings) -> Truth:
            first = self.truth(findings)
            return first if first is YES else first | other.truth(findings)

        def found(findings: Findings) -> tuple[str, ...]:
            return self.found(findings) + other.found(findings)

        sparks = None if self.sparks is None or other.sparks is None else self.sparks | other.sparks
        return Condition(self.keys | other.keys, either, found, sparks)

    def __and__(self, other: "Condition") -> "Condition":
        def both(findings: Findings) -> Truth:
            first = self.truth(findings)
            return first if first is NO else first & other.truth(findings)

        def found(findings: Findings) -> tuple[str, ...]:
            if both(findings) is not YES:
                return ()
            return self.found(findings) + other.found(findings)

        return Condition(self.keys | other.keys, both, found, _rarer(self.sparks, other.sparks))

    def __invert__(self) -> "Condition":
        return Condition(self.keys, lambda findings: ~self.truth(findings), nothing_found, None)

    def unless(self, stricter: "Condition") -> "Condition":
        """This, but silent when a stricter row speaks already. One that is only unknown silences nothing."""

        def truth(findings: Findings) -> Truth:
            first = self.truth(findings)
            return first if first is NO or stricter.truth(findings) is not YES else NO

        return Condition(self.keys | stricter.keys, truth, self.found, self.sparks)


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

    return Condition(wanted, truth, lambda findings: tuple(key for key in keys if key in findings.yes), wanted)


def at_least(count: int, *keys: str) -> Condition:
    """So many of these findings are a yes, or more."""
    wanted = frozenset(keys)

    def truth(findings: Findings) -> Truth:
        certain = len(wanted & findings.yes)
        if certain >= count:
            return YES
        return NO if certain + len(wanted & findings.unknown) < count else UNKNOWN

    return Condition(wanted, truth, has(*keys).found, wanted)


def chosen(key: str, *choices: str) -> Condition:
    """The answer to a choice is one of these."""

    def truth(findings: Findings) -> Truth:
        choice = findings.choice(key)
        return UNKNOWN if choice is None else truth_of(choice in choices)

    return _about(key, truth)


def number(key: str, within: Callable[[int | float], bool]) -> Condition:
    """A number that was given lies within these bounds; one that is absent is a no, null is unknown."""

    def truth(findings: Findings) -> Truth:
        value = findings.values.get(key)
        if isinstance(value, int | float):
            return truth_of(within(value))
        return UNKNOWN if key in findings.unknown else NO

    return _about(key, truth)


def maybe(key: str, condition: Condition) -> Condition:
    """The condition on this key is a yes, or an unknown answer leaves it possible."""
    return _about(key, lambda findings: truth_of(condition.truth(findings) is not NO))


def not_measured(key: str) -> Condition:
    """No number was given."""
    return Condition(frozenset([key]), lambda findings: truth_of(findings.values.get(key) is None), nothing_found, None)


def _about(key: str, truth: Callable[[Findings], Truth]) -> Condition:
    def found(findings: Findings) -> tuple[str, ...]:
        return (key,) if truth(findings) is YES else ()

    return Condition(frozenset([key]), truth, found, frozenset([key]))


def _rarer(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """Of two sets of sparks that must both be met, the one that fewer people have: everybody has an onset."""
    if one is None or other is None:
        return one if other is None else other
    return min(one, other, key=lambda sparks: ("onset_days" in sparks, len(sparks)))
