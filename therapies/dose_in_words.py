"""A dose in the words and cells that say it, in the language that is spoken."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from therapies.dose import Dose


def dose_words(dose: Dose) -> str:
    """The dose as short sentences: "Hold 5 seconds. Do 3 on each side. 2 times a day."."""
    return " ".join(part for part in (_session(dose), _hold(dose), _repeat(dose), _daily(dose), _gap(dose)) if part)


def dose_cells(dose: Dose) -> tuple[tuple[str, str], ...]:
    """The dose as (label, value) pairs for a table; what does not apply is left out."""
    cells = (
        (_("Time"), _("%(count)s min") % {"count": dose.minutes} if dose.minutes else ""),
        (_("Hold"), _("%(count)s s") % {"count": dose.hold_seconds} if dose.hold_seconds else ""),
        (_("Repeat"), _repeat_cell(dose)),
        (_("Rounds"), str(dose.sets) if dose.sets and dose.sets > 1 else ""),
        (_("Each day"), _times(dose.times_a_day) if dose.times_a_day else ""),
        (_("Wait between"), _wait(dose.least_gap_minutes) if dose.least_gap_minutes else ""),
    )
    return tuple((label, value) for label, value in cells if value)


def _session(dose: Dose) -> str:
    return f"{_minutes(dose.minutes)}." if dose.minutes else ""


def _hold(dose: Dose) -> str:
    if not dose.hold_seconds:
        return ""
    words = ngettext("Hold %(count)s second.", "Hold %(count)s seconds.", dose.hold_seconds)
    return words % {"count": dose.hold_seconds}


def _repeat(dose: Dose) -> str:
    if not dose.repetitions:
        return ""
    numbers = {"count": dose.repetitions, "rounds": dose.sets}
    if dose.sets and dose.sets > 1:
        if dose.each_side:
            return _("Do %(count)s on each side, %(rounds)s rounds.") % numbers
        return _("Do %(count)s, %(rounds)s rounds.") % numbers
    return (_("Do %(count)s on each side.") if dose.each_side else _("Do %(count)s.")) % numbers


def _repeat_cell(dose: Dose) -> str:
    if not dose.repetitions:
        return ""
    return _("%(count)s each side") % {"count": dose.repetitions} if dose.each_side else str(dose.repetitions)


def _daily(dose: Dose) -> str:
    if not dose.times_a_day:
        return ""
    words = ngettext("%(count)s time a day.", "%(count)s times a day.", dose.times_a_day)
    return words % {"count": dose.times_a_day}


def _gap(dose: Dose) -> str:
    if not dose.least_gap_minutes:
        return ""
    return _("Wait at least %(wait)s between.") % {"wait": _wait(dose.least_gap_minutes)}


def _wait(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return _minutes(minutes) if rest else ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def _times(count: int) -> str:
    return ngettext("%(count)s time", "%(count)s times", count) % {"count": count}
