"""The education page of a therapy on paper, as plain data: every string is already in the reader's language."""

from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it import MarkdownIt

from plans.sheet import SheetClinic, SheetPictures, SheetSource

# As the page on screen is rendered: no markup of its own.
MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Block:
    """A paragraph of one line, or a list of several."""

    is_list: bool
    lines: tuple[str, ...]


@dataclass(frozen=True)
class EducationPart:
    """`pictures` stand below the words, each lot with a title of its own."""

    title: str
    blocks: tuple[Block, ...]
    pictures: tuple[SheetPictures, ...] = ()


@dataclass(frozen=True)
class Education:
    """`ask_first` stands first, within a frame; `emergency` and `stop` are signs, each below its title; `closing` says
    that this is nobody's plan."""

    language: str
    title: str
    summary: str
    clinic: SheetClinic
    made_words: str
    ask_title: str
    ask_first: tuple[str, ...]
    parts: tuple[EducationPart, ...]
    sources_title: str
    sources: tuple[SheetSource, ...]
    reviewed: str
    closing: tuple[str, ...]
    emergency_title: str
    emergency: tuple[str, ...]
    stop_title: str
    stop: tuple[str, ...]
    call_us: str
    after_hours: str
    page_of: str


def blocks_of(markdown: str) -> tuple[Block, ...]:
    """The paragraphs and lists of a text; its emphasis and links are read as plain words."""
    return tuple(_blocks(markdown))


def _blocks(markdown: str) -> Iterator[Block]:
    items: list[str] | None = None
    for token in MARKDOWN.parse(markdown):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            items = []
        elif token.type in ("bullet_list_close", "ordered_list_close") and items is not None:
            yield Block(is_list=True, lines=tuple(items))
            items = None
        elif token.type == "inline":
            words = "".join(" " if child.type == "softbreak" else child.content for child in token.children or ())
            if items is None:
                yield Block(is_list=False, lines=(words,))
            else:
                items.append(words)
