"""Which reasons still stand against a modality once clinicians have spoken, and what a clinician may do about each.

An override is merged with the reasons here; it never edits them (rules.md 3.7).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from plans.models import OVERRIDABLE
from therapies.suitability import Advice, Modality, ModalityAdvice, Reason, Verdict

# (modality, rule) of each override that holds.
Overridden = frozenset[tuple[str, str]]
NONE_OVERRIDDEN: Overridden = frozenset()


@dataclass(frozen=True)
class ToAcknowledge:
    """One caution reason that a clinician must have read; `key` names it in a form."""

    modality: Modality
    reason: Reason
    done: bool

    @property
    def key(self) -> str:
        return reason_key(self.modality, self.reason)


@dataclass(frozen=True)
class ToOverride:
    """One reason of a timing rule that a clinician may override; `done` when it is."""

    modality: Modality
    reason: Reason
    done: bool

    @property
    def key(self) -> str:
        return f"{self.modality.value}:{self.reason.rule}"


def reason_key(modality: Modality, reason: Reason) -> str:
    """A short stable name of a reason: its rule and its words (a rule may give several reasons)."""
    words = sha256(reason.text.encode()).hexdigest()[:8]
    return f"{modality.value}:{reason.rule}:{words}"


def bars_left(one: ModalityAdvice, overridden: Overridden = NONE_OVERRIDDEN) -> tuple[Reason, ...]:
    """The reasons that bar the modality and are not overridden; the deciding one first."""
    return _left(one, Verdict.NOT_SUITABLE, overridden)


def cautions_left(one: ModalityAdvice, overridden: Overridden = NONE_OVERRIDDEN) -> tuple[Reason, ...]:
    """The reasons for caution that are not overridden: each needs a clinician who read it."""
    return _left(one, Verdict.CAUTION, overridden)


def to_override(advice: Advice, overridden: Overridden) -> tuple[ToOverride, ...]:
    """Every reason of today that could be overridden.

    A modality that another bar keeps out all the same offers none: overriding would change nothing.
    """
    return tuple(
        ToOverride(modality, reason, (modality.value, reason.rule) in overridden)
        for modality in Modality
        for reason in _timing_reasons(advice.for_modality(modality))
        if not hard_bars(advice.for_modality(modality))
    )


def hard_bars(one: ModalityAdvice) -> tuple[Reason, ...]:
    """The bars that nobody can override."""
    return tuple(reason for reason in bars_left(one) if reason.rule not in OVERRIDABLE)


def _timing_reasons(one: ModalityAdvice) -> Iterable[Reason]:
    return (reason for reason in one.reasons if reason.rule in OVERRIDABLE and reason.verdict is not Verdict.SUITABLE)


def _left(one: ModalityAdvice, verdict: Verdict, overridden: Overridden) -> tuple[Reason, ...]:
    return tuple(
        reason
        for reason in one.reasons
        if reason.verdict is verdict and (one.modality.value, reason.rule) not in overridden
    )
