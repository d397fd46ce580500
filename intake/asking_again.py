"""Asked again: what can change in weeks is asked anew, what lasts is taken over from the earlier answers.

Two questions guard that: has anything else about the health changed, and has a new pain begun. A yes or "not sure"
asks what lasts as well, and so does an earlier answer that was not known or only implied, or an answer typed in this
asking that is stricter than the earlier no.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from intake.asking import NO, UNKNOWN, YES, Group, Own, Question, Said
from intake.questions import GROUPS, QUESTIONS, QUESTIONS_OF_KEY
from intake.questions_pain import ONSET
from intake.questions_red_flags import HEALTH_CHANGED, PAIN_CHANGED
from intake.reading import Finding

# The pages that lose most of their questions, put together as one.
MERGED = ("skin", "health", "today", "medicines")
WHAT_IS_NEW, NOW = "What is new", "Your health today"
ANSWER_OF = {True: YES, False: NO}


@dataclass(frozen=True)
class Earlier:
    """The earlier answers: their day, findings as stored, and which of them only followed from others."""

    day: date
    findings: Mapping[str, Finding]
    implied: Collection[str] = ()
    onset_on: date | None = None

    def knows(self, key: str) -> bool:
        return key not in self.implied and self.findings.get(key, False) is not None

    def answer(self, key: str) -> Finding:
        """What was answered; a key that is absent was answered no (rules.md section 2)."""
        return self.findings.get(key, False)


def questions_about_changes(day: date) -> tuple[Question, ...]:
    return (
        Question(HEALTH_CHANGED, "Is anything else new in your health or your medicine since %(day)s?", since=day),
        Question(PAIN_CHANGED, "Has a new pain begun since %(day)s?", "In the same place or in a new one.", since=day),
    )


def groups_to_ask_again(earlier: Earlier, said: Said) -> tuple[Group, ...]:
    """The groups without what still stands; the questions about changes come first."""
    changes = Group("again", WHAT_IS_NEW, "", questions_about_changes(earlier.day), red_flags=True)
    left = [replace(group, parts=_left(group, earlier, said)) for group in GROUPS]
    pages = [group for group in left if group.parts and group.slug not in MERGED]
    merged = tuple(part for group in left if group.slug in MERGED for part in group.parts)
    return (changes, *pages, Group("now", NOW, "", merged))


def stands(part: Question | Own, earlier: Earlier, said: Said) -> bool:
    """Whether the earlier answer to it still counts."""
    if not part.lasting or said.one(part.lasting) in (YES, UNKNOWN):
        return False
    if isinstance(part, Own):
        return not set(part.names) & set(ONSET) or earlier.onset_on is not None
    return all(earlier.knows(key) for key in part.answers_keys) and not _is_stricter(part, earlier, said)


def _is_stricter(question: Question, earlier: Earlier, said: Said) -> bool:
    """Whether a yes or "not sure" was typed after all, though the earlier answer was no: it is not dropped again."""
    return said.one(question.name) in (YES, UNKNOWN) and earlier.answer(question.answers_keys[0]) is False


def carried_findings(earlier: Earlier, said: Said) -> dict[str, Finding]:
    """The findings that are taken over, by key: those of which every question stands."""
    standing = [
        key for key, asking in QUESTIONS_OF_KEY.items() if all(stands(question, earlier, said) for question in asking)
    ]
    return {key: earlier.answer(key) for key in standing}


def with_carried_answers(said: Said, earlier: Earlier) -> Said:
    """The same with the answers that are taken over, so that the questions that hang on them are decided."""
    standing = [question for question in QUESTIONS if not question.many and stands(question, earlier, said)]
    carried = {question.name: _as_answer(earlier.answer(question.answers_keys[0])) for question in standing}
    return replace(said, answers={**said.answers, **carried})


def _as_answer(value: Finding) -> str:
    return value if isinstance(value, str) else ANSWER_OF[bool(value)]


def _left(group: Group, earlier: Earlier, said: Said) -> tuple[Question | Own, ...]:
    return tuple(part for part in group.parts if not stands(part, earlier, said))
