"""rules.md section 10: medicine alerts, row by row. Education only: no amounts, and no word on starting or stopping.

M03 names five conditions; a blood thinner, heart disease and a pregnancy from 20 weeks have a key
(`bleeding_risk`, `heart_disease`, `pregnant_weeks`). Ulcer and kidney disease have none, and a key of our own would
break the vocabulary that rules.md and `assess` share. So its sentence names them, and the screening's question about
such a medicine tells everybody who reads it to ask first, whatever the answer (Q7 of open_questions.py). An alert for
the medicine alone would say more than the row does: week 19 and week 20 would look the same.
"""

from therapies.suitability.conditions import has, maybe, number
from therapies.suitability.constants import NSAID_ASK_WEEKS
from therapies.suitability.findings import Findings
from therapies.suitability.flags import AlertRule
from therapies.suitability.row_index import RowIndex
from therapies.suitability.sources import (
    FDA_CPSC,
    FDA_NSAID,
    FDA_NSAID_PREGNANCY,
    FDA_SEDATIVES,
    PRACTICE,
    RELAXANT_LABELS,
    cite,
)
from therapies.suitability.verdicts import Alert

# Weeks that are not known may be 20 or more, and an unknown never counts as a no.
MAYBE_PREGNANT_20_WEEKS = maybe("pregnant_weeks", number("pregnant_weeks", lambda weeks: weeks >= NSAID_ASK_WEEKS))

ROWS = (
    AlertRule(
        "M01",
        has("alcohol_with_medicine"),
        "Alcohol adds to sleepiness and to the risk of a stomach bleed: the pharmacist can say what applies.",
        "Alcohol can make you more sleepy and your stomach may bleed. Ask your pharmacist.",
        cite(FDA_NSAID, FDA_SEDATIVES),
    ),
    AlertRule(
        "M02",
        has("taking_muscle_relaxant")
        & has("taking_opioid", "taking_antidepressant", "alcohol_with_medicine", "alcohol_now"),
        "These together can sedate deeply ({found}): call the prescriber or pharmacist today;"
        " 911 if hard to wake or breathing slowly.",
        "Call your doctor or pharmacist today about this mix. Call 911 if you are hard to wake or your breath is slow.",
        cite(RELAXANT_LABELS, FDA_SEDATIVES),
    ),
    AlertRule(
        "M03",
        has("taking_nsaid") & (has("bleeding_risk", "heart_disease") | MAYBE_PREGNANT_20_WEEKS),
        "Ask the prescriber or pharmacist before the next use ({found});"
        " the same holds for an ulcer, a stomach bleed or kidney disease, which are not asked about.",
        "Ask your doctor or pharmacist first, before you use this pain drug again.",
        cite(FDA_NSAID, FDA_NSAID_PREGNANCY),
    ),
    AlertRule(
        "M04",
        has("sedating_medicine", "taking_muscle_relaxant", "taking_opioid"),
        "May make people sleepy ({found}): no driving, no heat while drowsy, and stretches lying or seated.",
        "Your medicine may make you sleepy: do not drive, use no heat while you are sleepy,"
        " and sit or lie down to stretch.",
        cite(RELAXANT_LABELS, FDA_CPSC, PRACTICE),
    ),
)

INDEX = RowIndex(ROWS)


def alerts(findings: Findings) -> tuple[Alert, ...]:
    """The M-rows that apply, in the order of rules.md."""
    return tuple(row.alert(findings) for row in INDEX.firing(findings))
