"""What a reader gets of a stored text: its lines for the reading grade, and the handout that the PEMAT-P looks at."""

import hashlib
from collections.abc import Iterator, Mapping

from markdown_it import MarkdownIt
from markdown_it.token import Token

from therapies.models import InstructionText, TherapyPage
from therapies.pemat import Handout
from therapies.reading.measures import Reading, measure_for, read, without_terms
from therapies.reading.mending import hard_words
from therapies.reading.word_lists import Term, word_lists

# What is read on the page and on paper, in its order. The pictures' words are for those who do not see the pictures.
INSTRUCTION_PARTS = tuple("title why steps feel stop_if not_now_if caution_notes easier harder".split())
PAGE_PARTS = (
    *("title", "summary", "ask_first", "what_it_is", "may_help", "what_to_expect"),
    *("who_does_it", "known", "not_known", "learn_more"),
)
Text = InstructionText | TherapyPage
# The columns of a page that are Markdown. What it does not show (an address, a link's definition, a picture's words)
# would be easy words that nobody reads; a line that goes on in the next one is one sentence on the page.
MARKDOWN_PARTS = frozenset({"what_it_is", "may_help", "what_to_expect", "known", "not_known"})
MARKDOWN = MarkdownIt("commonmark", {"html": False})
SHOWN = {"text", "code_inline", "fence", "code_block"}
BREAKS = {"softbreak", "hardbreak"}


def sections_of(text: Text) -> dict[str, str]:
    """Each part as plain lines, by its column; an empty line parts the pieces of a list."""
    if isinstance(text, TherapyPage):
        return {name: _plain(getattr(text, name), markdown=name in MARKDOWN_PARTS) for name in PAGE_PARTS}
    return {name: _plain(getattr(text, name)) for name in INSTRUCTION_PARTS}


def _plain(held: object, *, markdown: bool = False) -> str:
    if isinstance(held, Mapping | list):
        return "\n\n".join(map(str, held.values() if isinstance(held, Mapping) else held))
    return "\n\n".join(_shown(str(held))) if markdown else " ".join(str(held).split())


def _shown(markdown: str) -> Iterator[str]:
    """Each paragraph and each point of a list, as the page shows its words."""
    for token in MARKDOWN.parse(markdown):
        said = "".join(map(_words, token.children or [token])).strip()
        if said:
            yield said


def _words(token: Token) -> str:
    return token.content if token.type in SHOWN else " " * (token.type in BREAKS)


def lines_of(text: Text) -> list[str]:
    return [line for part in sections_of(text).values() for line in part.splitlines() if line.strip()]


def words_hash(text: Text) -> str:
    """What tells whether the words are still those that somebody read."""
    return hashlib.sha256("\n".join(lines_of(text)).encode()).hexdigest()


def reading_of(text: Text) -> Reading:
    return read(lines_of(text), measure_for(text.language), word_lists(text.language).defined)


def terms_in(text: Text) -> tuple[Term, ...]:
    """The defined terms that it uses, each with what it means."""
    lists = word_lists(text.language)
    return lists.meanings(without_terms("\n".join(lines_of(text)), lists.defined)[1])


def handout_of(text: Text) -> Handout:
    measured = measure_for(text.language) is not None
    sections = sections_of(text)
    title = sections.pop("title")
    is_page = isinstance(text, TherapyPage)
    steps = text.ask_first if isinstance(text, TherapyPage) else text.steps
    return Handout(
        language=text.language,
        title=title,
        sections=sections,
        steps=tuple(steps),
        lists=1 if steps else 0,
        is_page=is_page,
        hard=sum(word.times for word in hard_words(lines_of(text), text.language)) if measured else None,
        terms=tuple(term.name for term in terms_in(text)),
        panels=() if isinstance(text, TherapyPage) else tuple(text.pictures.get("main", ())),
        # Every instruction is printed with a grid to tick (plans/handout.typ).
        has_grid=not is_page,
    )
