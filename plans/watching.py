"""What the answers say while they are still being given: red flags are stored, and the plan at home is stopped.

A red flag is a row from the moment its answer is kept. Taking the answer back, Back and walking away leave it.
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from intake.models import RedFlag, Screening
from intake.screening import findings_so_far
from plans.holding import hold_worse_items
from plans.repeating import without_repeated
from plans.stopping import stop_for_not_sure, stop_for_red_flags
from practice import audit
from practice.models import User
from therapies.suitability import RedFlag as Raised
from therapies.suitability import advise, read_findings

LONGEST_TEXT = 500
RAISED = "red flag"
# A red flag's rule, level and sentence.
Row = tuple[str, str, str]


def watch_answers(draft: Screening, *, before: Mapping[str, Any], by: User, today: date) -> tuple[RedFlag, ...]:
    """Judge a draft as it was just kept: store what it raises now, stop the plan; answers the new rows.

    The caller holds the patient's row; `before` is what was typed in the draft until now. What is not answered yet
    is unknown, and raises nothing; "not sure" stops the plan like a sent one.
    """
    raised = without_repeated(_raised_by(draft, today), draft)
    hold_worse_items(draft, by=by, today=today)
    rows = raise_red_flags(draft, raised, before=before, by=by, today=today)
    stop_for_not_sure(draft, by=by, today=today)
    return rows


def raise_red_flags(
    screening: Screening, raised: tuple[Raised, ...], *, before: Mapping[str, Any], by: User, today: date
) -> tuple[RedFlag, ...]:
    """Store those that are not open in this screening yet, and stop the plan for any; answers the new rows.

    One that a clinician closed is stored anew when its answer was given anew: what was typed `before` did not say it.
    """
    known = Counter(RedFlag.objects.filter(screening=screening).values_list("rule", "level", "text"))
    stays = known.keys() & _said_already(screening, before, today) if known else set()
    new = dict.fromkeys(row for row in map(_row, raised) if row not in stays)
    rows = tuple(
        RedFlag.objects.create(
            patient_id=screening.patient_id,
            screening=screening,
            rule=rule,
            level=level,
            text=text,
            occurrence=known[rule, level, text] + 1,
            raised_by=by,
        )
        for rule, level, text in new
    )
    for row in rows:
        detail = f"{RAISED} {row.rule}: {row.level}"
        audit.record(audit.Action.CHANGED, actor=by, about=row, patient_id=screening.patient_id, detail=detail)
    if raised:
        stop_for_red_flags(screening, raised[0].level, by=by)
    return rows


def _raised_by(draft: Screening, today: date) -> tuple[Raised, ...]:
    return advise(read_findings(findings_so_far(draft, today))).red_flags


def _row(flag: Raised) -> Row:
    return flag.rule, flag.level.value, flag.text[:LONGEST_TEXT]


def _said_already(screening: Screening, before: Mapping[str, Any], today: date) -> set[Row]:
    """What needs no new row: it is open still, or the answer simply stays as it was when it was closed."""
    rows = RedFlag.objects.filter(screening=screening)
    still_open = set(rows.open().values_list("rule", "level", "text"))
    if not rows.exclude(closing=None).exists():
        return still_open
    was = Screening(patient=screening.patient, based_on=screening.based_on, typed=dict(before))
    return still_open | set(map(_row, _raised_by(was, today)))
