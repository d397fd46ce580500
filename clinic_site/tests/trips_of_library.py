"""How each constraint of the library's own rows is broken."""

from collections.abc import Callable

from intake.tests.factories import make_staff
from therapies.models import Favourite, Origin, PageLoosening, RetirementDecision, Status
from therapies.tests.factories import make_instruction, make_instruction_version, make_therapy_page


def _published_beside_a_retired_one() -> object:
    retired = make_instruction_version(status=Status.RETIRED)
    return make_instruction_version(instruction=retired.instruction)


def _two_drafts_of_the_clinics_own() -> object:
    draft = make_instruction_version(published=False, origin=Origin.CLINIC)
    return make_instruction_version(instruction=draft.instruction, published=False, origin=Origin.CLINIC)


def _two_page_drafts_of_the_clinics_own() -> object:
    make_therapy_page(published=False, origin=Origin.CLINIC)
    return make_therapy_page(published=False, origin=Origin.CLINIC)


def _a_second_star() -> object:
    star = Favourite.objects.create(user=make_staff(), instruction=make_instruction())
    return Favourite.objects.create(user=star.user, instruction=star.instruction)


def _retired_without_a_reason() -> object:
    version = make_instruction_version()
    return RetirementDecision.objects.create(version=version, what="retired", reason="", by=make_staff())


def _a_page_loosened_without_a_reason() -> object:
    return PageLoosening.objects.create(page=make_therapy_page(), what=["Less."], reason="", by=make_staff())


def _neither_retired_nor_brought_back() -> object:
    version = make_instruction_version()
    return RetirementDecision.objects.create(version=version, what="lost", reason="Who knows.", by=make_staff())


TRIPS: dict[str, Callable[[], object]] = {
    "published_or_retired_but_not_both": _published_beside_a_retired_one,
    "one_version_being_written_per_instruction": _two_drafts_of_the_clinics_own,
    "one_page_being_written_per_therapy_and_language": _two_page_drafts_of_the_clinics_own,
    "a_favourite_is_starred_once": _a_second_star,
    "page_loosenings_have_a_reason": _a_page_loosened_without_a_reason,
    "retirements_have_a_reason": _retired_without_a_reason,
    "retired_or_brought_back": _neither_retired_nor_brought_back,
}
