"""What only asking can say: the conditions of a movement that no screening question tells of (facts.md section 5).

A clinician confirms, item by item, that they were asked about. It is kept like an acknowledged caution.
"""

from collections.abc import Iterable

from plans.models import PlanItem
from therapies.movement_cautions import conditions_not_asked, words_for
from therapies.suitability import Modality, Reason, Verdict

CONFIRMED_RULE = "movement"
TO_CONFIRM = "{title}: asked about {conditions}, and it may be given."
SOURCE = "The movement's own cautions"


def to_confirm(items: Iterable[PlanItem]) -> tuple[tuple[Modality, Reason], ...]:
    """One sentence for each item that has such conditions; an item approved in advance has them too."""
    return tuple(
        (Modality(item.instruction_version.kind), _reason(item, conditions))
        for item in items
        if (conditions := conditions_not_asked(item.instruction_version.cautions))
    )


def _reason(item: PlanItem, conditions: tuple[str, ...]) -> Reason:
    title = item.instruction_version.instruction_id.replace("-", " ").capitalize()
    words = TO_CONFIRM.format(title=title, conditions=", ".join(map(words_for, conditions)))
    return Reason(CONFIRMED_RULE, Verdict.CAUTION, words, words, SOURCE)
