"""Which plans have an instruction now, and in which of its versions. Reads only."""

from dataclasses import dataclass

from plans.models import Plan, PlanItem
from practice.models import User
from therapies.models import Instruction, Status

BY_NAME = ("version__plan__patient__family_name", "version__plan__patient__given_name", "pk")


@dataclass(frozen=True)
class Uses:
    """The items of the plans that patients have now: those that give the published version, and the others."""

    newest: tuple[PlanItem, ...]
    older: tuple[PlanItem, ...]

    @property
    def count(self) -> int:
        return len(self.newest) + len(self.older)


def uses_of(instruction: Instruction, user: User) -> Uses:
    """Of the patients whom this person may see, by name. One query."""
    plans = Plan.objects.of_user(user).active()
    items = PlanItem.objects.filter(version__current_of__in=plans, instruction_version__instruction=instruction)
    rows = items.select_related("version__plan__patient", "instruction_version").order_by(*BY_NAME)
    newest = [row for row in rows if row.instruction_version.status == Status.PUBLISHED]
    older = [row for row in rows if row.instruction_version.status != Status.PUBLISHED]
    return Uses(tuple(newest), tuple(older))
