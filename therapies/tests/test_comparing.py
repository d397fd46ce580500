"""Two versions side by side: nothing is lost, and only what changed is marked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.comparing import Line, Row, compare, rows_of
from therapies.models import InstructionVersion
from therapies.tests.factories import make_instruction_version

WORDS = st.lists(st.sampled_from(["lie", "on", "your", "back", "slowly", "stop"]), min_size=1, max_size=6).map(" ".join)
TEXTS = st.lists(WORDS, max_size=5)


def said(lines: list[Line]) -> list[str]:
    return [" ".join(piece.text for piece in line) for line in lines if line]


@given(TEXTS, TEXTS)
def test_each_side_says_what_its_version_says(before: list[str], after: list[str]) -> None:
    rows = list(rows_of(before, after))
    assert (said([row.before for row in rows]), said([row.after for row in rows])) == (before, after)


@given(TEXTS)
def test_nothing_is_marked_where_nothing_changed(text: list[str]) -> None:
    assert not any(row.is_changed for row in rows_of(text, text))


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_alike_on_both_sides(before: list[str], after: list[str]) -> None:
    def kept(line: Line) -> str:
        return " ".join(piece.text for piece in line if not piece.changed)

    assert all(kept(row.before) == kept(row.after) for row in rows_of(before, after))


def test_a_word_that_was_added_is_the_only_one_marked() -> None:
    (row,) = rows_of(["Lie on your back."], ["Lie flat on your back."])
    assert [piece.text for piece in row.after if piece.changed] == ["flat"]


def changed_data(before: InstructionVersion, after: InstructionVersion) -> dict[str, tuple[Row, ...]]:
    return {part.label: part.rows for part in compare(before, after)[0].changed}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ({"repetitions": 9}, "Dose"),
        ({"dose_most": {"repetitions": 9}}, "May grow to"),
        ({"cautions": [{"condition": "hernia", "action": "avoid"}]}, "Cautions"),
        ({"level": "moderate"}, "Level"),
        ({"regions": ["neck"]}, "Where"),
        ({"alternatives": ["walking"]}, "Instead"),
    ],
)
def test_changed_data_is_named(fields: dict[str, object], label: str) -> None:
    before = make_instruction_version()
    after = make_instruction_version(instruction=before.instruction, published=False, **fields)
    assert list(changed_data(before, after)) == [label]


@pytest.mark.django_db
def test_the_order_of_places_is_no_change() -> None:
    before = make_instruction_version(regions=["neck", "leg"])
    after = make_instruction_version(instruction=before.instruction, published=False, regions=["leg", "neck"])
    assert not changed_data(before, after)
