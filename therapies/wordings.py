"""What a reviewer reads: the words of one part in another language, beside the English that they stand for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cached_property

from therapies.loading import content_hash
from therapies.models import InstructionText, TherapyPage
from therapies.movement_cautions import condition_words

# Every column that holds words which a patient reads; a test holds that none is left out.
INSTRUCTION_WORDS = {
    "title": "Title",
    "why": "Why",
    "steps": "Step",
    "feel": "What you should feel",
    "stop_if": "Stop if",
    "not_now_if": "Not now if",
    "caution_notes": "Caution",
    "easier": "Easier",
    "harder": "Harder",
    "pictures": "Picture",
}
PAGE_WORDS = {
    "title": "Title",
    "summary": "Summary",
    "what_it_is": "What it is",
    "may_help": "What it may help",
    "ask_first": "Ask first, or do not use",
    "what_to_expect": "What to expect",
    "who_does_it": "Who does it",
    "known": "What is known",
    "not_known": "What is not known",
    "learn_more": "Learn more",
}

LABELS = INSTRUCTION_WORDS | PAGE_WORDS


@dataclass(frozen=True, order=True)
class Line:
    """One sentence or field; `english` or `words` is empty where only the other side has it. `key` tells which."""

    key: str
    english: str
    words: str

    @property
    def about(self) -> str:
        """The key for people: "Step 2"; a key of the program's own words stays as it is."""
        name, _, rest = self.key.partition(" ")
        if name == "caution_notes":
            return f"{LABELS[name]}: {condition_words(rest)}"
        return f"{LABELS.get(name, name)} {rest}".rstrip()

    @property
    def is_the_english(self) -> bool:
        """Whether the English would be read: nobody has written it in the language, or the words are the same."""
        return self.words in ("", self.english)


@dataclass(frozen=True)
class Wording:
    """The words of `part` in `language`. The same words for the same English have the same hash, whatever row
    or file holds them."""

    language: str
    part: str
    lines: tuple[Line, ...]

    @cached_property
    def hash(self) -> str:
        return content_hash(asdict(self))


def part_of_instruction(slug: str) -> str:
    return f"instruction:{slug}"


def part_of_page(slug: str) -> str:
    return f"page:{slug}"


def wording_of_instruction(slug: str, text: InstructionText, english: InstructionText) -> Wording:
    return Wording(text.language, part_of_instruction(slug), tuple(_lines(text, english, INSTRUCTION_WORDS)))


def wording_of_page(page: TherapyPage, english: TherapyPage) -> Wording:
    return Wording(page.language, part_of_page(page.therapy_id), tuple(_lines(page, english, PAGE_WORDS)))


def _lines(row: object, english: object, names: Iterable[str]) -> Iterator[Line]:
    for name in names:
        theirs, ours = dict(_sentences(getattr(english, name))), dict(_sentences(getattr(row, name)))
        for key in [*theirs, *(each for each in ours if each not in theirs)]:
            yield Line(f"{name} {key}".rstrip(), theirs.get(key, ""), ours.get(key, ""))


def _sentences(held: object) -> Iterable[tuple[str, str]]:
    """A column's sentences, each with what tells it from the others: a number, or what it is about."""
    if isinstance(held, Mapping):
        return [
            (f"{key} {number}".rstrip(), sentence) for key in sorted(held) for number, sentence in _sentences(held[key])
        ]
    if isinstance(held, list):
        return [(str(number), sentence) for number, sentence in enumerate(held, 1)]
    return [("", str(held))] if held else []
