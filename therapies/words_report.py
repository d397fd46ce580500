"""words_report(): how texts read, and what an editor can mend in each."""

from collections.abc import Iterable
from dataclasses import dataclass

from therapies.languages import languages
from therapies.models import ReadingLeave, TherapyPage
from therapies.pemat import EVERYDAY_WORDS, Item
from therapies.reading.measures import Reading
from therapies.reading.mending import HardWord, LongSentence, hard_words, long_sentences
from therapies.reading_gate import items_failed, leave_for, may_have_leave
from therapies.text_lines import Text, lines_of, reading_of, terms_in, words_hash


@dataclass(frozen=True)
class WordsReport:
    """One text: its reading, what to mend, the PEMAT-P's items that fail, and the owner's leave if it needs one."""

    text: Text
    language: str
    kind: str
    reading: Reading
    hash: str
    long: tuple[LongSentence, ...]
    hard: tuple[HardWord, ...]
    terms: tuple[str, ...]
    failed: tuple[Item, ...]
    leave: ReadingLeave | None

    @property
    def needs_owner(self) -> bool:
        return self.leave is None and (not self.reading.passes or EVERYDAY_WORDS in self.failed)


def words_report(texts: Iterable[Text]) -> list[WordsReport]:
    """A report for each text: the words of a version in each language, or a therapy's page."""
    return [report_of(text) for text in texts]


def report_of(text: Text) -> WordsReport:
    lines, reading = lines_of(text), reading_of(text)
    return WordsReport(
        text=text,
        language=language_name(text.language),
        kind=kind_of(text),
        reading=reading,
        hash=words_hash(text),
        long=long_sentences(lines),
        hard=hard_words(lines, text.language),
        terms=tuple(term.name for term in terms_in(text)),
        failed=items_failed(text),
        leave=leave_for(text) if may_have_leave(text) else None,
    )


def language_name(code: str) -> str:
    """In English; the code itself for a language whose files are gone."""
    file = languages().get(code)
    return file.name_in_english if file else code


def kind_of(text: Text) -> str:
    """How the text is named in an address."""
    return "page" if isinstance(text, TherapyPage) else "instruction"
