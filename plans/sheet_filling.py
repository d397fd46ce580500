"""What every sheet holds, with a plan or without one: rows -> plain data, in the language that is spoken."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from intake.models import Screening
from plans.days import long_day_words
from plans.item_pictures import ItemPictures
from plans.models import PlanItem
from plans.sheet import SheetClinic, SheetItem, SheetPicture, SheetSides, SheetSource
from practice.models import Clinic
from therapies.dose_in_words import dose_words
from therapies.languages import ENGLISH
from therapies.models import InstructionText, InstructionVersion, Origin, Source, Status, TherapyPage
from therapies.pictures import MAIN, Picture, Use
from therapies.source_words import said_of_source


def sheet_clinic(clinic: Clinic) -> SheetClinic:
    """The clinic as the sheet names it, in the language that is spoken now."""
    reach = clinic.reach
    return SheetClinic(clinic.name, clinic.phone, clinic.address, reach.hours, reach.after_hours)


def sheet_item(
    item: PlanItem,
    text: InstructionText,
    *,
    cautions: tuple[str, ...],
    screening: Screening | None = None,
    grid_days_on: tuple[int, ...] | None = None,
    alone: bool = False,
) -> SheetItem:
    """One instruction with its dose; `screening` says where the pack goes. The item need not be a stored one.

    `alone`: it is the only one of its sheet, which has room for both sides of a movement.
    """
    dose = item.dose
    drawn = ItemPictures(item, text, screening)
    return SheetItem(
        language=text.language,
        title=text.title,
        kind=item.instruction_version.kind,
        why=text.why,
        steps=tuple(text.steps),
        dose_words=dose_words(dose),
        times_a_day=dose.times_a_day or 1,
        feel=text.feel,
        stop_if=tuple(text.stop_if),
        not_now_if=tuple(text.not_now_if),
        cautions=cautions,
        note=item.note,
        grid_days_on=grid_days_on,
        figures=sheet_pictures(drawn.of(MAIN, Use.PAPER)),
        sides=drawn.sides,
        both_sides=_both_sides(drawn) if alone else None,
    )


def _both_sides(drawn: ItemPictures) -> SheetSides | None:
    if not drawn.other:
        return None
    mirrored = sheet_pictures(replace(drawn, side=drawn.other).of(MAIN, Use.PAPER))
    return SheetSides(capfirst(drawn.shown_side), capfirst(drawn.other_side), _("Left and right."), mirrored)


def sheet_pictures(pictures: Iterable[Picture]) -> tuple[SheetPicture, ...]:
    return tuple(SheetPicture(each.svg, each.alt, each.ratio) for each in pictures)


def sources_of(versions: Iterable[InstructionVersion]) -> tuple[SheetSource, ...]:
    cited = Source.objects.filter(instructionversion__in=[version.pk for version in versions])
    return tuple(map(sheet_source, cited.distinct()))


def sheet_source(source: Source) -> SheetSource:
    year = f", {source.year}" if source.year else ""
    return SheetSource(said_of_source(source.publisher), source.title, year)


def reviewed_words(versions: Sequence[InstructionVersion]) -> str:
    """How old the facts are: the month in which those on each therapy were last reviewed, the oldest of them.

    The clinic's own words were written after that review, so they are told apart, with the day of the newest.
    """
    therapies = {version.instruction.therapy_id for version in versions}
    pages = TherapyPage.objects.filter(therapy__in=therapies, language=ENGLISH, status=Status.PUBLISHED)
    days = sorted(pages.values_list("reviewed_on", flat=True))
    own = sorted(each.published_at for each in versions if each.origin == Origin.CLINIC and each.published_at)
    lines = (
        _("Facts reviewed: %(month)s.") % {"month": formats.date_format(days[0], "YEAR_MONTH_FORMAT")} if days else "",
        _("Our own words: %(day)s.") % {"day": long_day_words(own[-1].date())} if own else "",
    )
    return " ".join(filter(None, lines))
