"""A dose: its limits and its words."""

import pytest

from therapies.dose import Dose, DoseError, check_dose, most_of
from therapies.dose_in_words import dose_cells, dose_words

ICE = Dose(minutes=10, times_a_day=3, least_gap_minutes=120)
STRETCH = Dose(hold_seconds=5, repetitions=3, times_a_day=2, each_side=True)

OUT_OF_RANGE = [
    ("ice", {"minutes": 0}, "Minutes must be from 1 to 20."),
    ("ice", {"minutes": 21}, "Minutes must be from 1 to 20."),
    ("heat", {"minutes": 21}, "Minutes must be from 1 to 20."),
    ("ice", {"times_a_day": 5}, "Times a day must be from 1 to 4."),
    ("heat", {"times_a_day": 4}, "Times a day must be from 1 to 3."),
    ("ice", {"least_gap_minutes": 119}, "Least gap (minutes) must be from 120 to 720."),
    ("heat", {"least_gap_minutes": 119}, "Least gap (minutes) must be from 120 to 720."),
    ("ice", {"hold_seconds": 5}, "Hold (seconds) does not apply to ice."),
    ("ice", {"minutes": None}, "Minutes is needed."),
    ("ice", {"least_gap_minutes": None}, "Least gap (minutes) is needed."),
    ("ice", {"times_a_day": None}, "Times a day is needed."),
    ("stretching", {"least_gap_minutes": 14}, "Least gap (minutes) must be from 15 to 720."),
    ("stretching", {"minutes": 61}, "Minutes must be from 1 to 60."),
    ("stretching", {"hold_seconds": 61}, "Hold (seconds) must be from 1 to 60."),
    ("stretching", {"sets": 6}, "Sets must be from 1 to 5."),
    ("stretching", {"repetitions": 31}, "Repetitions must be from 1 to 30."),
    ("stretching", {"times_a_day": 7}, "Times a day must be from 1 to 6."),
    ("stretching", {"minutes": None}, "Give either minutes or repetitions."),
]


@pytest.mark.parametrize(("kind", "change", "sentence"), OUT_OF_RANGE)
def test_a_dose_out_of_range_is_refused(kind: str, change: dict[str, int | None], sentence: str) -> None:
    with pytest.raises(DoseError) as caught:
        check_dose(Dose(**(ICE.as_dict() | change)), kind)
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("kind", "dose"),
    [
        ("ice", Dose(minutes=20, times_a_day=4, least_gap_minutes=120)),
        ("heat", Dose(minutes=20, times_a_day=3, least_gap_minutes=120)),
        ("stretching", STRETCH),
        ("rest", Dose(minutes=60, times_a_day=1)),
    ],
)
def test_a_dose_at_its_limits_is_right(kind: str, dose: Dose) -> None:
    check_dose(dose, kind)


def test_the_fault_names_its_field() -> None:
    with pytest.raises(DoseError) as caught:
        check_dose(Dose(minutes=30, times_a_day=3, least_gap_minutes=120), "ice")
    assert caught.value.field == "minutes"


MASSAGE = {"minutes": 10, "times_a_day": 4, "least_gap_minutes": 120}


def test_a_number_above_the_instructions_own_most_is_refused() -> None:
    with pytest.raises(DoseError) as caught:
        check_dose(Dose(minutes=20, times_a_day=3, least_gap_minutes=120), "ice", most=MASSAGE)
    assert (caught.value.field, str(caught.value)) == ("minutes", "At most 10 here: this instruction goes no higher.")


@pytest.mark.parametrize(
    ("kind", "dose"),
    [
        ("ice", Dose(minutes=10, times_a_day=4, least_gap_minutes=120)),
        ("ice", Dose(minutes=10, times_a_day=3, least_gap_minutes=240)),
        ("stretching", Dose(repetitions=30, times_a_day=2)),
    ],
)
def test_a_dose_within_the_instructions_own_most_is_right(kind: str, dose: Dose) -> None:
    check_dose(dose, kind, most=MASSAGE)


@pytest.mark.parametrize(
    ("name", "most", "highest"),
    [
        ("minutes", {}, 20),
        ("minutes", {"minutes": 10}, 10),
        ("minutes", {"minutes": 60}, 20),
        ("least_gap_minutes", {"least_gap_minutes": 120}, 720),
    ],
)
def test_the_most_is_the_stricter_of_kind_and_instruction(name: str, most: dict[str, int], highest: int) -> None:
    assert most_of(name, "ice", most) == highest


@pytest.mark.parametrize(
    ("dose", "words"),
    [
        (ICE, "10 minutes. 3 times a day. Wait at least 2 hours between."),
        (STRETCH, "Hold 5 seconds. Do 3 on each side. 2 times a day."),
        (
            Dose(minutes=1, times_a_day=1, least_gap_minutes=60),
            "1 minute. 1 time a day. Wait at least 1 hour between.",
        ),
        (Dose(repetitions=8, sets=2, times_a_day=1), "Do 8, 2 rounds. 1 time a day."),
        (
            Dose(minutes=5, times_a_day=2, least_gap_minutes=90),
            "5 minutes. 2 times a day. Wait at least 90 minutes between.",
        ),
    ],
)
def test_a_dose_in_words(dose: Dose, words: str) -> None:
    assert dose_words(dose) == words


def test_a_dose_as_cells_leaves_out_what_does_not_apply() -> None:
    assert dose_cells(STRETCH) == (("Hold", "5 s"), ("Repeat", "3 each side"), ("Each day", "2 times"))


def test_the_gap_stands_in_its_cell() -> None:
    assert dose_cells(ICE)[-1] == ("Wait between", "2 hours")
