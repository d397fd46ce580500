"""When somebody comes of age, and the same day of another year."""

from datetime import date

OF_AGE = 18


def years_after(day: date, years: int) -> date:
    """That day so many years later; March 1 for February 29 where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
