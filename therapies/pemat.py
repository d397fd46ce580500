"""The PEMAT-P: what makes a handout easy to understand and to act on. Pure: it is given what a handout holds.

"Patient Education Materials Assessment Tool for printable materials", Agency for Healthcare Research and Quality
(AHRQ), public domain; numbers and short forms as in facts.md section 13 (13 and 14 are for films only). Of each item
the program says yes, no or not applicable where that can be read off the content; the rest is for people.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from therapies.reading.measures import sentences_of, words_of

AIM = 90


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "na"


class Domain(StrEnum):
    UNDERSTANDABILITY = "understandability"
    ACTIONABILITY = "actionability"


@dataclass(frozen=True)
class Handout:
    """What an instruction's sheet or an education page holds in one language.

    `sections` are its parts under their headings, `steps` what it tells to do, `lists` how many lists it has, `panels`
    the words of the main figure's pictures, `terms` the defined terms, `hard` how many hard words there are, or None
    when nobody knows what is hard in the language.
    """

    language: str
    title: str
    sections: Mapping[str, str]
    steps: tuple[str, ...]
    lists: int
    is_page: bool
    hard: int | None
    terms: tuple[str, ...] = ()
    panels: tuple[str, ...] = ()
    has_grid: bool = False

    @property
    def words(self) -> str:
        return "\n".join((self.title, *self.sections.values()))


Check = Callable[[Handout], Answer | None]


@dataclass(frozen=True)
class Item:
    """`check` answers where a program can, and gives None where a person has to look."""

    number: int
    domain: Domain
    text: str
    check: Check | None = None
    may_not_apply: bool = False

    def checked(self, handout: Handout) -> Answer | None:
        return self.check(handout) if self.check else None


# One hard word in thirty is still everyday language.
HARD_SHARE = 1 / 30
LONGEST_STEP, LONGEST_PARAGRAPH, MOST_STEPS = 30, 90, 12
UNCLEAR_NUMBER = re.compile(r"\d\s?%|\d[.,]\d|\b\d/\d|\bper ?cent\b|\bpor ciento\b", re.IGNORECASE)
SUM = re.compile(
    r"\b(add up|subtract|multiply|divide|calculate|work out how|sume los|reste|multiplique|divida|calcule)\b",
    re.IGNORECASE,
)
TO_THE_READER = {
    "en": re.compile(r"\b(you|your|yours|yourself)\b", re.IGNORECASE),
    # Or it tells to do something: "acuéstese", "manténgala".
    "es": re.compile(r"\b(usted|ustedes|su|sus|suyo|suya|le|\w*[áéíóú]\w*[ae](se|l[oa]s?))\b", re.IGNORECASE),
}
PARAGRAPH_END = re.compile(r"\n\s*\n")


def _yes(held: object) -> Answer:
    return Answer.YES if held else Answer.NO


def _everyday_words(handout: Handout) -> Answer | None:
    if handout.hard is None:
        return None
    return _yes(handout.hard <= HARD_SHARE * len(words_of(handout.words)))


def _terms_defined(handout: Handout) -> Answer | None:
    """A page says what its terms mean at its end; of a sheet, and of words that no list knows, somebody has to look."""
    if handout.hard != 0 or (handout.terms and not handout.is_page):
        return None
    return Answer.YES


def _clear_numbers(handout: Handout) -> Answer:
    if not re.search(r"\d", handout.words):
        return Answer.NOT_APPLICABLE
    return _yes(not UNCLEAR_NUMBER.search(handout.words))


def _no_sums(handout: Handout) -> Answer | None:
    if handout.language not in TO_THE_READER:
        return None
    return _yes(not SUM.search(handout.words))


def _short_chunks(handout: Handout) -> Answer:
    pieces = [piece for text in handout.sections.values() for piece in PARAGRAPH_END.split(text)]
    few = handout.is_page or len(handout.steps) <= MOST_STEPS
    return _yes(few and all(len(words_of(piece)) <= LONGEST_PARAGRAPH for piece in pieces))


def _headings(handout: Handout) -> Answer:
    return _yes(handout.title.strip() and len([text for text in handout.sections.values() if text.strip()]) > 1)


def _summary(handout: Handout) -> Answer | None:
    return _yes(handout.sections.get("summary", "").strip()) if handout.is_page else None


def _visual_cues(handout: Handout) -> Answer:
    return _yes(handout.lists)


def _pictures_where_they_help(handout: Handout) -> Answer | None:
    return Answer.YES if handout.panels else None


def _captions(handout: Handout) -> Answer:
    return _yes(all(words.strip() for words in handout.panels)) if handout.panels else Answer.NOT_APPLICABLE


def _about_pictures(handout: Handout) -> Answer | None:
    return None if handout.panels else Answer.NOT_APPLICABLE


def _tables(handout: Handout) -> Answer | None:
    return None if handout.has_grid else Answer.NOT_APPLICABLE


def _an_action(handout: Handout) -> Answer:
    return _yes(any(step.strip() for step in handout.steps))


def _speaks_to_the_reader(handout: Handout) -> Answer | None:
    spoken = TO_THE_READER.get(handout.language)
    return _yes(spoken.search(handout.words)) if spoken else None


def _small_steps(handout: Handout) -> Answer | None:
    if handout.is_page:
        return None
    short = all(len(words_of(sentence)) <= LONGEST_STEP for step in handout.steps for sentence in sentences_of(step))
    return _yes(len(handout.steps) > 1 and short)


def _a_tool(handout: Handout) -> Answer | None:
    return Answer.YES if handout.has_grid else None


def _help_with_sums(handout: Handout) -> Answer | None:
    return Answer.NOT_APPLICABLE if _no_sums(handout) == Answer.YES else None


def _charts(handout: Handout) -> Answer | None:
    """A sheet has drawings and no chart."""
    return None if handout.is_page else Answer.NOT_APPLICABLE


def _pictures_to_act_by(handout: Handout) -> Answer | None:
    return Answer.YES if len(handout.panels) > 1 else None


_U, _A = Domain.UNDERSTANDABILITY, Domain.ACTIONABILITY
ITEMS = (
    Item(1, _U, "The purpose is clear."),
    Item(2, _U, "Nothing distracts from the purpose."),
    Item(3, _U, "It uses everyday words.", _everyday_words),
    Item(4, _U, "Medical terms stand there only to teach them, and are defined.", _terms_defined),
    Item(5, _U, "It uses the active voice."),
    Item(6, _U, "Numbers are clear.", _clear_numbers, may_not_apply=True),
    Item(7, _U, "No sums are asked of the reader.", _no_sums),
    Item(8, _U, "It comes in short chunks.", _short_chunks),
    Item(9, _U, "Headings help.", _headings),
    Item(10, _U, "It comes in a logical order."),
    Item(11, _U, "It has a summary.", _summary, may_not_apply=True),
    Item(12, _U, "Visual cues show what matters: lists, bold words, boxes.", _visual_cues),
    Item(15, _U, "Pictures stand where they help.", _pictures_where_they_help),
    Item(16, _U, "Pictures support the words and do not distract.", _about_pictures, may_not_apply=True),
    Item(17, _U, "Pictures have titles or captions.", _captions, may_not_apply=True),
    Item(18, _U, "Pictures are clear.", _about_pictures, may_not_apply=True),
    Item(19, _U, "Tables are simple, with short and clear headings.", _tables, may_not_apply=True),
    Item(20, _A, "It names at least one thing to do.", _an_action),
    Item(21, _A, "It speaks to the reader.", _speaks_to_the_reader),
    Item(22, _A, "What to do comes in small, explicit steps.", _small_steps),
    Item(23, _A, "There is a tool to use, such as a checklist or a grid to tick.", _a_tool),
    Item(24, _A, "It shows how to do any sums.", _help_with_sums, may_not_apply=True),
    Item(25, _A, "It explains charts and diagrams.", _charts, may_not_apply=True),
    Item(26, _A, "Pictures make it easier to act.", _pictures_to_act_by),
)
EVERYDAY_WORDS = ITEMS[2]
BY_NUMBER = {item.number: item for item in ITEMS}
# Items that the program answers always; it may leave each of the others to a person.
ALWAYS_CHECKED = frozenset({6, 8, 9, 12, 17, 20})
FOR_PEOPLE = frozenset(BY_NUMBER) - ALWAYS_CHECKED


@dataclass(frozen=True)
class Score:
    """Of one domain: points of those that count, and how many items wait for an answer."""

    domain: Domain
    points: int
    possible: int
    open: int

    @property
    def percent(self) -> int | None:
        """Points of the possible ones; None while an item is open."""
        return None if self.open or not self.possible else round(100 * self.points / self.possible)

    @property
    def reaches_aim(self) -> bool:
        return self.percent is not None and self.percent >= AIM


def program_answers(handout: Handout) -> dict[int, Answer]:
    """What the program can tell, by the item's number."""
    found = {item.number: item.checked(handout) for item in ITEMS}
    return {number: answer for number, answer in found.items() if answer is not None}


def failed(handout: Handout) -> tuple[Item, ...]:
    """The items that the program checked and found wanting: they keep an editor from publishing."""
    return tuple(BY_NUMBER[number] for number, answer in program_answers(handout).items() if answer == Answer.NO)


def score(answers: Mapping[int, Answer]) -> tuple[Score, Score]:
    """Both domains' scores; an item without an answer is open, one that does not apply is dropped."""
    return _score(_U, answers), _score(_A, answers)


def _score(domain: Domain, answers: Mapping[int, Answer]) -> Score:
    given = [answers.get(item.number) for item in ITEMS if item.domain == domain]
    return Score(
        domain=domain,
        points=given.count(Answer.YES),
        possible=given.count(Answer.YES) + given.count(Answer.NO),
        open=given.count(None),
    )
