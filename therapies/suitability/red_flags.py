"""rules.md section 9: the red flags that a person's answers raise, and the level they add up to.

An unknown answer raises nothing by itself, nor does a combination that is only partly known; the question is
listed as unanswered instead, and that blocks a plan as surely.
"""

from therapies.suitability import emergency, review, same_day
from therapies.suitability.findings import Findings
from therapies.suitability.row_index import RowIndex
from therapies.suitability.verdicts import Level, RedFlag

ROWS = (*emergency.ROWS, *same_day.ROWS, *review.ROWS)
INDEX = RowIndex(ROWS)


def red_flags(findings: Findings) -> tuple[RedFlag, ...]:
    """Every R-row that applies: the strictest first, then in the order of rules.md."""
    raised = [row.flag(findings) for row in INDEX.firing(findings)]
    raised.sort(key=lambda flag: -flag.level.severity)
    return tuple(raised)


def level_of(raised: tuple[RedFlag, ...]) -> tuple[Level, tuple[str, ...]]:
    """The highest level raised, NONE when nothing is; and the rules that raised it."""
    if not raised:
        return Level.NONE, ()
    level = raised[0].level
    return level, tuple(dict.fromkeys([flag.rule for flag in raised if flag.level is level]))
