"""The patient's sentence and the source of a red flag that was stored with the sentence for staff."""

import re
from functools import cache

from therapies.suitability.flags import FlagRule
from therapies.suitability.red_flags import ROWS

FOUND = "{found}"


def patient_line(rule: str, text: str) -> str:
    """What the flag might be, in one plain line: `text` is what staff read, which tells a rule's rows apart.

    A sentence that today's rules no longer say gets the line of the rule's first row; empty when there is none.
    """
    if found := _row_that_says(rule, text):
        row, said = found
        return row.patient_text.format(found=said.groupdict().get("found", ""))
    return next((row.patient_text for row in _rows(rule) if FOUND not in row.patient_text), "")


def source_line(rule: str, text: str) -> str:
    """The source of the row that says `text`; of a sentence that no row says today, those of all the rule's rows."""
    if found := _row_that_says(rule, text):
        return found[0].source
    return "; ".join(dict.fromkeys(row.source for row in _rows(rule)))


def _rows(rule: str) -> list[FlagRule]:
    return [row for row in ROWS if row.rule == rule]


def _row_that_says(rule: str, text: str) -> tuple[FlagRule, re.Match[str]] | None:
    said = ((row, _pattern(row).fullmatch(text)) for row in _rows(rule))
    return next(((row, match) for row, match in said if match), None)


@cache
def _pattern(row: FlagRule) -> re.Pattern[str]:
    return re.compile(re.escape(row.text).replace(re.escape(FOUND), "(?P<found>.+)"))
