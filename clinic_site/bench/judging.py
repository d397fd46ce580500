"""What must not have happened while people were at work: the bench fails where it did."""

from collections.abc import Iterable, Mapping
from typing import Any

NONE_ALLOWED = ("errors", "lost_writes", "double_writes")


def faults_of(rounds: Iterable[Mapping[str, Any]]) -> list[str]:
    """A sentence for each figure that is not 0. A round in which nobody worked has none."""
    return [
        f"{one['database']}, {one['patients']} patients: {found} {name.replace('_', ' ')}"
        for one in rounds
        for name in NONE_ALLOWED
        if (found := one.get("at_work", {}).get(name, 0))
    ]
