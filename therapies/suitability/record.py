"""What rules.md, the document of record beside this file, says in words: conditions by rule, and precedence.

The page that people sign shows these words beside those of the code; tests hold the two together.
"""

import re
from functools import cache
from pathlib import Path

RECORD = Path(__file__).with_name("rules.md")
ROW = re.compile(r"^\| ([IHS]-\w+|[BRM]\d\d) \| (.*?) \|", re.M)
SECTION_3 = re.compile(r"^## 3\. Precedence\n(.*?)^---", re.M | re.S)


@cache
def conditions() -> dict[str, str]:
    """The "If" of each rule's row, in Markdown."""
    return dict(ROW.findall(_text()))


@cache
def precedence() -> tuple[str, ...]:
    """The numbered sentences of section 3 in their order, in Markdown, without the numbers."""
    found = SECTION_3.search(_text())
    return tuple(re.findall(r"^\d+\. (.*)$", found[1], re.M)) if found else ()


def _text() -> str:
    return RECORD.read_text(encoding="utf-8")
