"""How a question is asked: its words, what it answers, and when it matters. Pure: no model, no form.

A group is what stands on one page of the patient's own screening, or in one card of the staff's page. It holds
questions and rows of the form's own fields (the day it began, a temperature) in the order they are asked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

YES, NO, UNKNOWN = "yes", "no", "unknown"
YES_NO_UNKNOWN = ((YES, "Yes"), (NO, "No"), (UNKNOWN, "Not sure"))
# The answers that make a child of the question not matter.
PLAIN_NOES = frozenset({NO, "none"})

Answer = str | list[str]


def as_list(answer: Answer) -> list[str]:
    return answer if isinstance(answer, list) else [answer]


@dataclass(frozen=True)
class Facts:
    """What decides on asking beside the answers. `onset_days` is None for "not sure" or not yet said."""

    age: int
    onset_days: int | None = None
    onset_is_minimum: bool = False
    plan_days: int | None = None  # how long the running plan has run; None without one

    def lasted(self, days: int) -> bool:
        """Whether it may have lasted that many days: a start that is not known may lie that far back."""
        return self.onset_days is None or self.onset_is_minimum or self.onset_days >= days


@dataclass(frozen=True)
class Said:
    """What one person has answered so far, by the questions' names, and the facts."""

    answers: Mapping[str, Answer]
    facts: Facts

    def one(self, name: str) -> str:
        """The answer to a question with one answer; empty while it is open."""
        answer = self.answers.get(name, "")
        return answer if isinstance(answer, str) else ""

    def many(self, name: str) -> list[str]:
        answer = self.answers.get(name, [])
        return answer if isinstance(answer, list) else []


@dataclass(frozen=True)
class OnlyIf:
    """When a question matters: one of its `parents` is not a plain no, and `holds`.

    `words` stand beside the question where it is seen before that is known; `because` ends "Not asked: ...".
    `reads` names the fields that `holds` looks at beside the age and the plan.
    """

    words: str
    because: str
    parents: tuple[str, ...] = ()
    holds: Callable[[Said], bool] = field(default=lambda said: True)
    reads: tuple[str, ...] = ()

    @property
    def followed(self) -> str:
        """The parents that a page can follow by itself; empty where only the server can tell."""
        return "" if self.reads else " ".join(self.parents)


@dataclass(frozen=True)
class Question:
    """One question. `choices` are (value, label) pairs, "unknown" always the last; with `many` they are ticked.

    `keys` are the findings it answers, its own name unless told. `asks_history`: about the past, so that "new or
    worse with this pain" cannot be asked. `lasting` names the question about changes whose "no" lets an earlier
    answer stand. `implied` is the answer that it has for its children while it is hidden, a plain no unless told.
    `since` is the day that a question about changes asks about: `%(day)s` in its text.
    """

    name: str
    text: str
    help: str = ""
    keys: tuple[str, ...] = ()
    choices: tuple[tuple[str, str], ...] = YES_NO_UNKNOWN
    many: bool = False
    only_if: OnlyIf | None = None
    asks_history: bool = False
    lasting: str = ""
    implied: str = ""
    since: date | None = None

    @property
    def answers_keys(self) -> tuple[str, ...]:
        return self.keys or (self.name,)

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    @property
    def plain_no(self) -> str:
        """The value that means no: what the finding of a hidden question is."""
        return next((value for value, _ in self.choices if value in PLAIN_NOES), NO)


@dataclass(frozen=True)
class Own:
    """A row of the form's own fields."""

    names: tuple[str, ...]
    only_if: OnlyIf | None = None
    lasting: str = ""


@dataclass(frozen=True)
class Group:
    """Questions under one heading. In a group of `red_flags` each is answered by itself: no press says no to all.

    A `private` one can be handed to the patient to be answered alone.
    """

    slug: str
    title: str
    intro: str
    parts: tuple[Question | Own, ...]
    red_flags: bool = False
    private: bool = False

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(part for part in self.parts if isinstance(part, Question))

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its fields, in order."""
        return tuple(name for part in self.parts for name in part.names)


def matters(part: Question | Own, said: Said, by_name: Mapping[str, Question]) -> bool:
    """Whether it is to be asked. A parent that is not known, or still open, keeps its children."""
    only_if = part.only_if
    if only_if is None:
        return True
    return only_if.holds(said) and _a_parent_is_no_plain_no(only_if, said, by_name)


def _a_parent_is_no_plain_no(only_if: OnlyIf, said: Said, by_name: Mapping[str, Question]) -> bool:
    if not only_if.parents:
        return True
    return any(_answer_to(by_name[name], said, by_name) not in PLAIN_NOES for name in only_if.parents)


def _answer_to(parent: Question, said: Said, by_name: Mapping[str, Question]) -> str:
    return said.one(parent.name) if matters(parent, said, by_name) else parent.implied or parent.plain_no
