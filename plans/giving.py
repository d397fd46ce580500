"""What a programme gives as it is published now, and whether a standing order may give it. Reads only."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plans.models import StandingOrder
from plans.order_terms import fits_somebody, needs_a_clinician
from plans.problems import Problem
from therapies.dose import DOSE_FIELDS
from therapies.loading import content_hash
from therapies.models import InstructionVersion, Programme, ProgrammeItem, Status

FITS_NOBODY = "On none of its days do the rules call all of it “suitable”, so it could never be used."


@dataclass(frozen=True)
class Given:
    """A programme with the published version of each of its instructions, in order; `whole` when none is missing."""

    programme: Programme
    instructions: tuple[InstructionVersion, ...]
    whole: bool

    @property
    def why_not_signable(self) -> str:
        """Why no standing order can be signed for it; empty when one can."""
        if self.programme.status != Status.PUBLISHED or not self.instructions or not self.whole:
            return "This program, or an item of it, is not published."
        if words := ", ".join(dict.fromkeys(filter(None, map(needs_a_clinician, self.instructions)))):
            return f"It needs a clinician's own questions, about {words}."
        return "" if fits_somebody(self.programme, self.instructions) else FITS_NOBODY

    @property
    def content(self) -> str:
        """The hash of what a clinician signs: the programme's days, and each item's version with its dose."""
        items = [[str(each.pk), *(getattr(each, name) for name in DOSE_FIELDS)] for each in self.instructions]
        return content_hash([self.programme.from_day, self.programme.until_day, self.whole, items])


def change_problems(order: StandingOrder, given: Given) -> Iterable[Problem]:
    """An order is for what its clinician read, not for what the programme became since."""
    if order.content != given.content:
        yield Problem("order", f"The program changed since {order.clinician} signed it: sign again.")


def given_by(programmes: Collection[Programme]) -> tuple[Given, ...]:
    """What each of them gives. Two queries, however many there are."""
    entries = list(ProgrammeItem.objects.filter(programme__in=programmes))
    wanted = {entry.instruction_id for entry in entries}
    published = InstructionVersion.objects.handed_out().filter(instruction__in=wanted)
    by_slug = {each.instruction_id: each for each in published.select_related("instruction__therapy")}
    return tuple(_given(programme, entries, by_slug) for programme in programmes)


def _given(programme: Programme, entries: list[ProgrammeItem], by_slug: dict[str, InstructionVersion]) -> Given:
    slugs = [entry.instruction_id for entry in entries if entry.programme_id == programme.pk]
    found = tuple(by_slug[slug] for slug in slugs if slug in by_slug)
    return Given(programme, found, whole=len(found) == len(slugs))
