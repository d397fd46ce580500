"""The "If" column of the tables: conditions on findings, joined by | (or), & (and) and ~ (not)."""

from collections.abc import Callable
from dataclasses import dataclass

from therapies.suitability.findings import Findings
from therapies.suitability.truth import Truth, truth_of


@dataclass(frozen=True)
class Condition:
    """`keys`: the findings it reads. `truth`: its answer for one person. `found`: what made it a yes."""

    keys: frozenset[str]
    truth: Callable[[Findings], Truth]
    found: Callable[[Findings], tuple[str, ...]]

    def __or__(self, other: "Condition") -> "Condition":
        return Condition(
            self.keys | other.keys,
            lambda findings: self.truth(findings) | other.truth(findings),
            lambda findings: self._found_if_yes(findings) + other._found_if_yes(findings),
        )

    def __and__(self, other: "Condition") -> "Condition":
        return Condition(
            self.keys | other.keys,
            lambda findings: self.truth(findings) & other.truth(findings),
            lambda findings: self.found(findings) + other.found(findings),
        )

    def __invert__(self) -> "Condition":
        return Condition(self.keys, lambda findings: ~self.truth(findings), lambda findings: ())

    def _found_if_yes(self, findings: Findings) -> tuple[str, ...]:
        return self.found(findings) if self.truth(findings) is Truth.YES else ()


def has(*keys: str) -> Condition:
    """Any of these findings is a yes."""
    wanted = frozenset(keys)

    def truth(findings: Findings) -> Truth:
        if not wanted.isdisjoint(findings.yes):
            return Truth.YES
        return Truth.NO if wanted.isdisjoint(findings.unknown) else Truth.UNKNOWN

    return Condition(wanted, truth, lambda findings: tuple(key for key in keys if key in findings.yes))


def chosen(key: str, *choices: str) -> Condition:
    """The answer to a choice is one of these."""

    def truth(findings: Findings) -> Truth:
        choice = findings.choice(key)
        return Truth.UNKNOWN if choice is None else truth_of(choice in choices)

    return Condition(frozenset([key]), truth, lambda findings: (key,))
