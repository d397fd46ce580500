"""What a clinic may choose beside the rules as they ship; everything is off by default."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClinicChoices:
    """`allow_heat_under_14_days` is D1 of rules.md section 11: it makes H-B1 a caution, and touches nothing else."""

    allow_heat_under_14_days: bool = False


AS_SHIPPED = ClinicChoices()
