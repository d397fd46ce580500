"""A movement's own cautions against a person's answers (facts.md section 5: "Care" and "By caution"). Pure Python.

A caution names a condition and what it does: `avoid` (not for this person) or `adapt` (printed with the item). A
condition that is a finding of rules.md section 2 is decided by the answers. Any other the screening does not ask:
the clinician asks, and its sentence is printed for everybody with the condition's name in front.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from therapies.suitability.constants import LATE_MIN_DAYS
from therapies.suitability.findings import VOCABULARY, label_of

AVOID, ADAPT = "avoid", "adapt"
ACTIONS = (AVOID, ADAPT)
# facts.md section 5, "Pregnant >16 wk": no long lying flat on the back, no lying face down.
PREGNANT_FROM_WEEK = 16
# facts.md section 5, E31 ("first 2 weeks") and "Not for unsupervised early use": the stage of these begins on day 22.
LATER_STAGE_FROM_DAY = LATE_MIN_DAYS
NO_ANSWERS = (False, "none")
# A finding whose label asks, in words that say what the caution is about.
CAUTION_WORDS = {"onset_days": "pain that is less than three weeks old"}
# Conditions that the screening does not ask, in words that staff and patients both know. What is not here (a
# clinic's own) is said as it is written.
NOT_ASKED_WORDS = {
    "abdominal_separation": "split belly muscles",
    "frozen_shoulder": "frozen shoulder",
    "glaucoma": "glaucoma",
    "hernia": "a hernia",
    "hamstring_tear": "a torn hamstring",
    "high_blood_pressure": "high blood pressure",
    "hip_arthritis": "hip arthritis",
    "knee_pain": "knee pain",
    "lung_disease": "lung disease",
    "neck_injury": "a neck injury",
    "neck_pain": "neck pain",
    "pelvic_floor_trouble": "pelvic floor trouble",
    "recent_abdominal_surgery": "belly surgery not long ago",
    "reflux": "acid reflux",
    "rheumatoid_arthritis": "rheumatoid arthritis",
    "rib_fracture": "a broken rib",
    "shoulder_instability": "a shoulder that slips out",
    "shoulder_pain": "shoulder pain",
    "shoulder_surgery": "shoulder surgery",
    "spinal_stenosis": "a narrow spinal canal (stenosis)",
    "spondylolisthesis": "a slipped spine bone (spondylolisthesis)",
    "vertigo": "dizzy spells (vertigo)",
    "wrist_pain": "wrist pain",
}


@dataclass(frozen=True)
class Caution:
    """One caution that matters for this person."""

    condition: str
    action: str
    answer_known: bool

    @property
    def forbids(self) -> bool:
        return self.action == AVOID

    @property
    def because(self) -> str:
        if self.answer_known:
            return f"This movement is not for people with {condition_words(self.condition)}."
        return f"This movement needs an answer about {label_of(self.condition)}: it was “not sure”."

    def with_note(self, notes: Mapping[str, str]) -> str:
        """What to mind and because of what, for staff; `notes` are the instruction's sentences by condition."""
        start = "With" if self.answer_known else "Not sure about"
        return f"{start} {condition_words(self.condition)}: {notes.get(self.condition, ADAPT)}"


def cautions_that_apply(cautions: Iterable[Mapping[str, str]], findings: Mapping[str, object]) -> tuple[Caution, ...]:
    """Those of `cautions` whose condition is answered yes, or was asked and is not known ("unknown is never no")."""
    return tuple(
        Caution(each["condition"], each["action"], findings.get(each["condition"]) is not None)
        for each in cautions
        if each["condition"] in VOCABULARY and _holds(each["condition"], findings)
    )


def conditions_not_asked(cautions: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """The conditions of `cautions` that no screening question tells of: whether one holds, only asking can say."""
    return tuple(each["condition"] for each in cautions if each["condition"] not in VOCABULARY)


def is_kept_from(cautions: Iterable[Mapping[str, str]], conditions: Collection[str]) -> bool:
    """Whether a movement with these cautions is not for somebody with one of the conditions."""
    return any(each["action"] == AVOID and each["condition"] in conditions for each in cautions)


def words_for(condition: str) -> str:
    """A condition that the screening does not ask, as words within a sentence."""
    return NOT_ASKED_WORDS.get(condition, condition.replace("_", " "))


def condition_words(condition: str) -> str:
    """Any caution's condition: the question's own words, or those of one that is not asked."""
    if condition in CAUTION_WORDS:
        return CAUTION_WORDS[condition]
    return label_of(condition) if condition in VOCABULARY else words_for(condition)


def _holds(condition: str, findings: Mapping[str, object]) -> bool:
    if condition == "onset_days":
        return _is_early(findings.get(condition))
    if condition not in findings:
        return False
    answer = findings[condition]
    if condition == "pregnant_weeks" and isinstance(answer, int):
        return answer >= PREGNANT_FROM_WEEK
    return answer not in NO_ANSWERS


def _is_early(onset_days: object) -> bool:
    """Of a day count that may be only a minimum; one that is not known may be any."""
    return not isinstance(onset_days, int) or onset_days < LATER_STAGE_FROM_DAY
