"""Which passwords are too easily guessed."""

import pytest
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from practice.passwords import LengthenedPasswordValidator, cores_of

COMMON = sorted(word for word in CommonPasswordValidator().passwords if len(word) >= 6 and word.isalpha())
VALIDATOR = LengthenedPasswordValidator()


def is_refused(password: str) -> bool:
    try:
        VALIDATOR.validate(password)
    except ValidationError:
        return True
    return False


@pytest.mark.requirement("ASVS 6.2.4")
def test_far_more_than_three_thousand_common_passwords_of_twelve_characters_are_refused() -> None:
    lengthened = {f"{word}{'1234567890'[: max(1, 12 - len(word))]}" for word in COMMON}
    assert len({word for word in lengthened if len(word) >= 12 and is_refused(word)}) > 3000


@given(
    word=st.sampled_from(COMMON),
    before=st.text("0123456789!?_-. ", max_size=6),
    after=st.text("0123456789!?*#", max_size=9),
)
def test_a_common_password_is_seen_between_digits_and_signs(word: str, before: str, after: str) -> None:
    assert is_refused(f"{before}{word}{after}")


@given(word=st.sampled_from(COMMON), times=st.integers(1, 4))
def test_a_common_password_is_seen_however_often_it_is_typed(word: str, times: int) -> None:
    assert is_refused(word.capitalize() * times)


@given(st.text("0123456789!?_-. ", min_size=12, max_size=30))
def test_digits_and_signs_alone_are_refused(password: str) -> None:
    assert is_refused(password)


@pytest.mark.parametrize("good", ["quiet rivers run deep", "vrtxq-plomf-ahgsz", "ein Haus am Fluss 7"])
def test_a_few_words_in_a_row_are_good(good: str) -> None:
    validate_password(good)


@given(st.text(max_size=60))
def test_no_core_is_longer_than_the_password(password: str) -> None:
    assert max(map(len, cores_of(password))) <= len(password.lower())
