"""The PEMAT-P's checks, each with what makes it fail, and the scores."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from therapies.pemat import ALWAYS_CHECKED, BY_NUMBER, ITEMS, Answer, Domain, Handout, failed, program_answers, score

NA = Answer.NOT_APPLICABLE
SHEET = Handout(
    language="en",
    title="One knee to chest",
    sections={"why": "It can ease your back.", "steps": "Lie down.\n\nHold your leg for 10 seconds."},
    steps=("Lie down.", "Hold your leg for 10 seconds."),
    lists=1,
    is_page=False,
    hard=0,
    panels=("A person lies on the back.", "One knee is at the chest."),
    has_grid=True,
)
ANSWERS = st.dictionaries(st.sampled_from(sorted(BY_NUMBER)), st.sampled_from(Answer))


def answer(number: int, handout: Handout) -> Answer | None:
    return program_answers(handout).get(number)


def said(text: str) -> Handout:
    return replace(SHEET, sections={"why": text, "feel": "You feel a mild pull."})


def test_it_has_seventeen_and_seven_items() -> None:
    domains = [item.domain for item in ITEMS]
    assert [domains.count(domain) for domain in Domain] == [17, 7]


def test_its_numbers_leave_out_those_for_films() -> None:
    assert sorted(BY_NUMBER) == [*range(1, 13), *range(15, 27)]


def test_a_good_sheet_fails_nothing() -> None:
    assert failed(SHEET) == ()


@pytest.mark.parametrize(
    ("number", "handout"),
    [
        (3, replace(SHEET, hard=2)),
        (6, said("About 12.5% of you.")),
        (7, said("Subtract 10 from your age.")),
        (8, said("word " * 91)),
        (8, replace(SHEET, steps=("Lie down.",) * 13)),
        (9, replace(SHEET, sections={"why": "You."})),
        (11, replace(SHEET, is_page=True)),
        (12, replace(SHEET, lists=0)),
        (17, replace(SHEET, panels=("A person lies on the back.", " "))),
        (20, replace(SHEET, steps=())),
        (21, replace(SHEET, title="Ice", sections={"why": "It cools.", "feel": "Cold."})),
        (22, replace(SHEET, steps=("Lie down.",))),
        (22, replace(SHEET, steps=("Lie down.", "word " * 31))),
    ],
)
def test_a_check_finds_what_is_wrong(number: int, handout: Handout) -> None:
    assert number in [item.number for item in failed(handout)]


@pytest.mark.parametrize(
    ("number", "handout"),
    [
        (6, said("It eases.")),
        (16, replace(SHEET, panels=())),
        (17, replace(SHEET, panels=())),
        (18, replace(SHEET, panels=())),
        (19, replace(SHEET, has_grid=False)),
        (24, SHEET),
        (25, SHEET),
    ],
)
def test_what_is_not_there_does_not_apply(number: int, handout: Handout) -> None:
    assert answer(number, handout) == NA


@pytest.mark.parametrize("number", [1, 2, 5, 10])
def test_what_only_a_reader_can_tell_is_left_to_people(number: int) -> None:
    assert answer(number, SHEET) is None


def test_a_sheet_without_a_picture_is_for_a_person_to_judge() -> None:
    assert answer(15, replace(SHEET, panels=())) is None


def test_the_words_of_a_language_that_nobody_can_check_are_for_a_person() -> None:
    unknown = program_answers(replace(SHEET, language="fr", hard=None))
    assert {3, 4, 7, 21} & set(unknown) == set()


@given(
    st.builds(
        replace, st.just(SHEET), hard=st.none() | st.integers(0, 9), is_page=st.booleans(), has_grid=st.booleans()
    )
)
def test_the_program_always_answers_what_it_always_can(handout: Handout) -> None:
    assert set(program_answers(handout)) >= ALWAYS_CHECKED


@given(st.builds(replace, st.just(SHEET), panels=st.lists(st.text()).map(tuple), is_page=st.booleans()))
def test_only_what_may_not_apply_is_said_not_to(handout: Handout) -> None:
    assert all(BY_NUMBER[number].may_not_apply for number, given in program_answers(handout).items() if given == NA)


@given(ANSWERS)
def test_a_score_is_given_only_when_every_item_is_answered(answers: dict[int, Answer]) -> None:
    for each in score(answers):
        unanswered = [item for item in ITEMS if item.domain == each.domain and item.number not in answers]
        assert unanswered == [] or each.percent is None


def test_what_does_not_apply_is_dropped() -> None:
    answers = {20: Answer.YES, 21: Answer.YES, 22: Answer.NO, 23: Answer.YES, 24: NA, 25: NA, 26: NA}
    assert score(answers)[1].percent == 75


def test_the_aim_is_ninety_percent() -> None:
    answers = dict.fromkeys(BY_NUMBER, Answer.YES) | {1: Answer.NO}
    assert [each.reaches_aim for each in score(answers)] == [True, True]


def test_two_misses_of_seventeen_are_below_the_aim() -> None:
    answers = dict.fromkeys(BY_NUMBER, Answer.YES) | {1: Answer.NO, 2: Answer.NO}
    assert not score(answers)[0].reaches_aim
