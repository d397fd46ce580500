"""All of the screening's questions, in the order they are asked: what may be an emergency comes first.

Every key of rules.md section 2 is asked here, or answered by the form's own fields (onset, movements, temperature,
pregnancy) or by the patient's row (age). A test holds the two lists together.
"""

from intake.asking import NO, UNKNOWN, YES, YES_NO_UNKNOWN, Group, Own, Question
from intake.movements import MOVEMENTS_OF
from intake.questions_health import AREA, HEALTH, MEDICINES, SKIN, TODAY
from intake.questions_pain import LASTING_PAIN, SINCE, WHERE
from intake.questions_red_flags import OTHER_SIGNS, PRIVATE, URGENT

__all__ = [
    "ASKED_OTHERWISE",
    "GROUPS",
    "GROUP_BY_SLUG",
    "NO",
    "QUESTIONS",
    "QUESTIONS_OF_KEY",
    "QUESTION_BY_NAME",
    "UNKNOWN",
    "YES",
    "YES_NO_UNKNOWN",
    "Group",
    "Own",
    "Question",
]

GROUPS = (URGENT, PRIVATE, OTHER_SIGNS, WHERE, SINCE, LASTING_PAIN, AREA, SKIN, HEALTH, TODAY, MEDICINES)
GROUP_BY_SLUG = {group.slug: group for group in GROUPS}
QUESTIONS = tuple(question for group in GROUPS for question in group.questions)
QUESTION_BY_NAME = {question.name: question for question in QUESTIONS}
QUESTIONS_OF_KEY = {
    key: tuple(question for question in QUESTIONS if key in question.answers_keys)
    for key in dict.fromkeys(key for question in QUESTIONS for key in question.answers_keys)
}
# Answered by the form's own fields or by the patient's row, not by a question of the lists above.
ASKED_OTHERWISE = frozenset({"onset_days", "onset_is_minimum", "temperature_c", "age", *MOVEMENTS_OF})
