"""Which plans have an instruction now, and in which of its versions. Reads only."""

from dataclasses import dataclass

from intake.models import Patient
from intake.restricting import closed_records
from plans.models import Plan, PlanItem
from practice.models import User
from therapies.models import Instruction, Status

BY_NAME = ("version__plan__patient__family_name", "version__plan__patient__given_name", "pk")


@dataclass(frozen=True)
class Uses:
    """The items of the plans that patients have now: those that give the published version, and the others.

    `closed`: how many more there are, in records that are restricted to others.
    """

    newest: tuple[PlanItem, ...]
    older: tuple[PlanItem, ...]
    closed: int

    @property
    def count(self) -> int:
        return len(self.newest) + len(self.older)


def uses_of(instruction: Instruction, user: User) -> Uses:
    """Of the patients whose record is open to this person, by name; the others are counted. Two queries."""
    plans = Plan.objects.active().filter(patient__in=Patient.objects.visible_to(user))
    items = PlanItem.objects.filter(version__current_of__in=plans, instruction_version__instruction=instruction)
    every = items.select_related("version__plan__patient", "instruction_version").order_by(*BY_NAME)
    closed = closed_records(user)
    rows = [row for row in every if row.version.plan.patient_id not in closed]
    newest = [row for row in rows if row.instruction_version.status == Status.PUBLISHED]
    older = [row for row in rows if row.instruction_version.status != Status.PUBLISHED]
    return Uses(tuple(newest), tuple(older), len(every) - len(rows))
