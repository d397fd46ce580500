"""Each requirement that SECURITY.md maps has a test, and each mark of a test names a requirement that is mapped."""

import pytest

from clinic_site.tests.requirements import as_list, listed, mapped, shown

HOW_TO_WRITE = "run: python -m clinic_site.tests.requirements"
ASKED = """
    1.3.1 1.3.5 3.3.1 3.3.2 3.3.3 3.3.4 3.4.1 3.4.3 3.4.4 3.4.5 3.4.6 3.5.1 5.2.1 5.2.2 5.2.3 6.2.1 6.2.4 6.3.1 6.3.2
    6.3.3 6.3.8 6.4.1 6.4.3 6.5.1 6.5.2 6.5.3 6.5.4 6.5.5 6.6.2 6.6.3 7.2.4 7.3.1 7.3.2 7.4.1 7.4.2 7.4.3 7.4.4 7.4.5
    7.5.1 7.5.2 7.6.2 8.2.1 8.2.2 8.2.3 13.4.2 14.2.1 14.3.1 14.3.2 14.3.3 15.3.3 15.3.4 16.2.1 16.2.2 16.2.5 16.3.1
    16.3.2 16.4.1 16.4.2 16.5.1
""".split()
HIPAA = ["HIPAA 164.312(a)", "HIPAA 164.312(b)", "HIPAA 164.312(c)", "HIPAA 164.312(d)", "HIPAA 164.312(e)"]
REQUIREMENTS = [*(f"ASVS {number}" for number in ASKED), *HIPAA]


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_each_requirement_has_a_test(requirement: str) -> None:
    assert shown().get(requirement, [])


def test_security_md_maps_each_requirement_once() -> None:
    assert [number for number in mapped() if number in REQUIREMENTS] == REQUIREMENTS


def test_no_mark_names_what_is_not_mapped() -> None:
    assert set(shown()) <= set(mapped())


def test_security_md_lists_the_tests_that_there_are() -> None:
    assert listed() == as_list(shown()), HOW_TO_WRITE
