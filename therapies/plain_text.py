"""What may not stand in the library's words: a sentence that names the first fault, or nothing. Pure Python.

An instruction is plain text, on the page and on paper. A therapy's page is short Markdown. Neither has tags: they
would be read out as they are typed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from therapies.glyphs import is_invisible, unprintable

# Longer ones belong to no list that somebody follows with a sore back.
MOST_LINES, LONGEST_LINE = 20, 250
LONGEST_MARKDOWN = 3000
# How many signs a sentence names.
NAMED = 5
# Tags that have no end.
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
TAG = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)[^<>]*>?|<[!?][^<>]*>?")
ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,30}|#x?[0-9a-fA-F]+);")
MARKDOWN = re.compile(r"\*\*|__|`|!?\[[^\]\n]*\]\([^)\n]*\)|^#{1,6}\s|^\s*[-*+]\s", re.MULTILINE)


def fault_of_plain_text(text: str) -> str:
    """Why this cannot be a sentence of an instruction; empty when it can."""
    return _of_signs(text) or _of_tags(text) or _of_markdown(text)


def fault_of_markdown(text: str) -> str:
    """Why this cannot be a part of a therapy's page; empty when it can."""
    return _of_signs(text) or _of_tags(text)


def faults_of_lines(lines: Sequence[str]) -> Iterator[str]:
    """A sentence for each line of a list that is wrong, and for a list that is too long."""
    if len(lines) > MOST_LINES:
        yield f"These are {len(lines)} lines. {MOST_LINES} is the most."
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            yield f"Line {number} has {len(line)} characters. {LONGEST_LINE} is the most."
        elif fault := fault_of_plain_text(line):
            yield f"Line {number}: {fault}"


def fault_of_content(content: object, *, markdown: bool = False) -> str:
    """The first fault in any text of this data, however deep it stands; empty when there is none."""
    if isinstance(content, str):
        return fault_of_markdown(content) if markdown else fault_of_plain_text(content)
    held = content.values() if isinstance(content, Mapping) else content if isinstance(content, list | tuple) else ()
    return next(filter(None, (fault_of_content(each, markdown=markdown) for each in held)), "")


def _of_signs(text: str) -> str:
    shown = text.replace("\r\n", "").replace("\n", "")
    if any(map(is_invisible, shown)):
        return "This holds a sign that cannot be seen, such as a tab. Type it again."
    if signs := unprintable(shown):
        return f"The printed typeface has no {' '.join(signs[:NAMED])}. Please leave it out."
    return ""


def _of_tags(text: str) -> str:
    tags = list(TAG.finditer(text))
    if unclosed := next(_unclosed(tags), ""):
        return f"The tag “{unclosed}” is never closed. Write the words without tags."
    if tags:
        return f"“{tags[0].group()}” is a tag. Write the words without tags."
    if entity := ENTITY.search(text):
        return f"“{entity.group()}” is markup. Type the sign itself."
    return ""


def _unclosed(tags: list[re.Match[str]]) -> Iterator[str]:
    """Each tag that is opened and that nothing closes after it."""
    for place, tag in enumerate(tags):
        written = tag.group()
        if not written.endswith(">"):
            yield written.strip()
        elif _opens(tag) and not any(_closes(later, tag) for later in tags[place + 1 :]):
            yield written


def _opens(tag: re.Match[str]) -> bool:
    return bool(tag["name"]) and not tag["end"] and tag["name"].lower() not in VOID and not tag.group().endswith("/>")


def _closes(later: re.Match[str], tag: re.Match[str]) -> bool:
    return bool(later["end"]) and later["name"].lower() == tag["name"].lower()


def _of_markdown(text: str) -> str:
    found = MARKDOWN.search(text)
    return (
        f"“{found.group().strip()}” is markup, and this is plain text: it would be printed as it is." if found else ""
    )
