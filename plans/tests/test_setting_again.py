"""Another patient's sheet is set from what was laid out before: that is what makes it quick, and what takes memory."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plans.tests.test_typesetting import make_item, make_sheet
from plans.typesetting import LARGE, NORMAL, render_pdf

FUNCTION = re.compile(r"^#let [\w-]+\(.*?(?=^(?:#|//))", re.MULTILINE | re.DOTALL)
CONTEXT = re.compile(r"\bcontext \{")
STATUS = Path("/proc/self/statm")
PAGE_KB = 4
# Typst keeps what it laid out for the last ten sheets, about 3 MB for each of these.
KEPT, MORE, GROWTH_MOST_KB = 11, 15, 12_000


def what_is_laid_out_by_its_words(text: str) -> Iterator[str]:
    """Each function, and each block that asks where it stands."""
    yield from FUNCTION.findall(text + "\n#")
    for start in CONTEXT.finditer(text):
        yield text[start.start() : closing(text, start.end())]


def closing(text: str, after: int) -> int:
    """Where the brace ends that was opened right before."""
    depth, at = 1, after
    while depth:
        depth += {"{": 1, "}": -1}.get(text[at], 0)
        at += 1
    return at


@pytest.mark.parametrize("path", sorted({*NORMAL, *LARGE}), ids=lambda path: path.name)
def test_nothing_that_is_laid_out_by_its_words_names_the_patients_data(path: Path) -> None:
    parts = list(what_is_laid_out_by_its_words(path.read_text(encoding="utf-8")))
    assert parts
    assert [part for part in parts if re.search(r"\bdata\b", part)] == []


def resident_kb() -> int:
    """The memory of this process; Linux alone tells it, and elsewhere nothing is compared."""
    return int(STATUS.read_text().split()[1]) * PAGE_KB if STATUS.exists() else 0


def set_another(number: int) -> None:
    steps = tuple(f"Step {step} of sheet {number}: breathe out slowly, and let go." for step in range(6))
    render_pdf(make_sheet(make_item(steps=steps, title=f"Movement {number}"), record_number=str(number)))


def test_memory_does_not_grow_with_each_sheet() -> None:
    for number in range(KEPT):
        set_another(number)
    before = resident_kb()
    for number in range(KEPT, KEPT + MORE):
        set_another(number)
    assert resident_kb() - before < GROWTH_MOST_KB
