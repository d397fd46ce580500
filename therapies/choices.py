"""The clinic's switches as the rules take them."""

from practice.models import Clinic
from therapies.suitability.choices import ClinicChoices


def choices_of(clinic: Clinic) -> ClinicChoices:
    """What this clinic chose; `clinic` as Clinic.load() gives it."""
    return ClinicChoices(allow_heat_under_14_days=clinic.allow_heat_under_14_days)
