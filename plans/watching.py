"""What the answers say while they are still being given: red flags are stored, and the plan at home is stopped.

A red flag is a row from the moment its answer is kept. Taking the answer back, Back and walking away leave it.
"""

from datetime import date

from intake.models import RedFlag, Screening
from intake.screening import findings_so_far
from plans.holding import hold_worse_items
from plans.models import ReviewClearance
from plans.stopping import stop_for_red_flags
from practice import audit
from practice.models import User
from therapies.suitability import Level, advise, read_findings
from therapies.suitability import RedFlag as Raised

LONGEST_TEXT = 500
RAISED = "red flag"


def watch_answers(draft: Screening, *, by: User, today: date) -> tuple[RedFlag, ...]:
    """Judge a draft as it was just kept: store what it raises now, stop the plan; answers the new rows.

    The caller holds the patient's row. What is not answered yet is unknown, and raises nothing.
    """
    raised = advise(read_findings(findings_so_far(draft, today))).red_flags
    hold_worse_items(draft, by=by, today=today)
    return raise_red_flags(draft, tuple(flag for flag in raised if not _was_cleared(flag, draft)), by=by)


def raise_red_flags(screening: Screening, raised: tuple[Raised, ...], *, by: User) -> tuple[RedFlag, ...]:
    """Store those that this screening has not raised yet, and stop the plan for any; answers the new rows."""
    known = set(RedFlag.objects.filter(screening=screening).values_list("rule", "level", "text"))
    new = {_row(flag): flag for flag in raised if _row(flag) not in known}
    rows = tuple(
        RedFlag.objects.create(
            patient_id=screening.patient_id, screening=screening, rule=rule, level=level, text=text, raised_by=by
        )
        for rule, level, text in new
    )
    for row in rows:
        detail = f"{RAISED} {row.rule}: {row.level}"
        audit.record(audit.Action.CHANGED, actor=by, about=row, patient_id=screening.patient_id, detail=detail)
    if raised:
        stop_for_red_flags(screening, raised[0].level, by=by)
    return rows


def _row(flag: Raised) -> tuple[str, str, str]:
    return flag.rule, flag.level.value, flag.text[:LONGEST_TEXT]


def _was_cleared(flag: Raised, draft: Screening) -> bool:
    """Whether it only repeats what a clinician cleared in the screening that this one takes answers over from."""
    if draft.based_on_id is None or flag.level is not Level.REVIEW:
        return False
    clearances = ReviewClearance.objects.filter(screening=draft.based_on_id)
    return any(flag.rule in clearance.rules for clearance in clearances)
