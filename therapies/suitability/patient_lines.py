"""The patient's sentence of a red flag that was stored with the sentence for staff."""

import re
from functools import cache

from therapies.suitability.flags import FlagRule
from therapies.suitability.red_flags import ROWS

FOUND = "{found}"


def patient_line(rule: str, text: str) -> str:
    """What the flag might be, in one plain line: `text` is what staff read, which tells a rule's rows apart.

    A sentence that today's rules no longer say gets the line of the rule's first row; empty when there is none.
    """
    rows = [row for row in ROWS if row.rule == rule]
    for row in rows:
        if said := _pattern(row).fullmatch(text):
            return row.patient_text.format(found=said.groupdict().get("found", ""))
    return next((row.patient_text for row in rows if FOUND not in row.patient_text), "")


@cache
def _pattern(row: FlagRule) -> re.Pattern[str]:
    return re.compile(re.escape(row.text).replace(re.escape(FOUND), "(?P<found>.+)"))
