"""When it began, as it was said: "about 2 weeks ago" is counted as a day, and read out as the guess that it is."""

from datetime import timedelta
from typing import Any

from django.utils.formats import date_format

from intake.forms_screening import DAYS_IN
from intake.models import Screening

AGO, UNIT = "onset_ago", "onset_unit"
LONG_DAY = "D, M j, Y"


def onset_as_said(cleaned: dict[str, Any], based_on: Screening | None) -> dict[str, Any]:
    """How long ago it was said to have begun, for a sent screening to keep; empty for a day or "not sure"."""
    if AGO not in cleaned:
        earlier = based_on.typed if based_on else {}
        return {name: earlier[name] for name in (AGO, UNIT) if name in earlier}
    if not cleaned[AGO]:
        return {}
    return {AGO: cleaned[AGO], UNIT: cleaned[UNIT] or "days"}


def about_words(screening: Screening) -> str:
    """Like "about 2 weeks before Fri, Nov 20, 2026"; empty where a day was given, or none."""
    ago, unit = screening.typed.get(AGO), screening.typed.get(UNIT)
    if not ago or screening.onset_date is None:
        return ""
    said_on = screening.onset_date + timedelta(days=ago * DAYS_IN[unit])
    return f"about {ago} {unit.removesuffix('s') if ago == 1 else unit} before {date_format(said_on, LONG_DAY)}"


def onset_words(screening: Screening) -> str:
    """The day as it is counted, and how it was said."""
    if screening.onset_date is None:
        return "Not sure"
    day = date_format(screening.onset_date, LONG_DAY)
    about = about_words(screening)
    words = f"{about[0].upper()}{about[1:]} (counted as {day})" if about else day
    return f"{words}, or before" if screening.findings.get("onset_is_minimum") else words
