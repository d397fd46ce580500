"""Dates as people write them. Nothing is guessed: what can be read in two ways is said to be so.

Forms read numbers month first, because their label says MM/DD/YYYY. The search has no label, so there every
reading of "3/4/1961" counts.
"""

import re
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL = "january february march april may june july august september october november december".split()
YEAR_FIRST = re.compile(r"^(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})$")
NUMBERS = re.compile(r"^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})$")
DAY_FIRST = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[ /-]([a-z]+)\.?,?[ /-](\d{4})$")
MONTH_FIRST = re.compile(r"^([a-z]+)\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -](\d{4})$")
SHORT_YEAR = re.compile(r"^(\d{1,2}[/. -](\d{1,2}|[a-z]+\.?)|[a-z]+\.? \d{1,2}),?[/. -]\d{2}$")
WAYS = (YEAR_FIRST, NUMBERS, DAY_FIRST, MONTH_FIRST)


SHORT = "Write the year with four digits, like 03/14/1961."
NO_SUCH_DAY = "There is no such day. Check the day and the month."
NO_DATE = "Write the date like 03/14/1961 or 14 Mar 1961."
MONTH_FIRST_HERE = "The month comes first here. Did you mean %(day)s?"
SENTENCES = (SHORT, NO_SUCH_DAY, NO_DATE, MONTH_FIRST_HERE)


class DateError(ValueError):
    """The text is no date; `sentence` says what to write instead, with `%(day)s` for the day that may be `meant`."""

    def __init__(self, sentence: str, meant: date | None = None) -> None:
        self.sentence, self.meant = sentence, meant
        super().__init__(sentence % {"day": f"{meant:%B} {meant.day}, {meant.year}" if meant else ""})


def readings(text: str) -> tuple[date, ...]:
    """Every date that `text` can mean, month-first reading first; empty when it means none."""
    text = " ".join(text.lower().split())
    if match := YEAR_FIRST.match(text):
        year, month, day = map(int, match.groups())
        return _real((year, month, day))
    if match := NUMBERS.match(text):
        first, second, year = map(int, match.groups())
        return _real((year, first, second), (year, second, first))
    if match := DAY_FIRST.match(text):
        return _real((int(match[3]), _month(match[2]), int(match[1])))
    if match := MONTH_FIRST.match(text):
        return _real((int(match[3]), _month(match[1]), int(match[2])))
    return ()


def read_date(text: str) -> date:
    """The date that `text` means in a field labelled MM/DD/YYYY. Raises DateError."""
    text = " ".join(text.lower().split())
    if SHORT_YEAR.match(text):
        raise DateError(SHORT)
    found = readings(text)
    if not found and any(way.match(text) for way in WAYS):
        raise DateError(NO_SUCH_DAY)
    if not found:
        raise DateError(NO_DATE)
    numbers = NUMBERS.match(text)
    if numbers and int(numbers[1]) > 12:
        raise DateError(MONTH_FIRST_HERE, found[0])
    return found[0]


def _month(word: str) -> int:
    """1 to 12 for a month's name or its first three letters (or Sept), else 0."""
    if word == "sept":
        return 9
    for number, (short, full) in enumerate(zip(MONTHS, FULL, strict=True), start=1):
        if word in (short, full):
            return number
    return 0


def _real(*candidates: tuple[int, int, int]) -> tuple[date, ...]:
    found = []
    for year, month, day in candidates:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return tuple(dict.fromkeys(found))
