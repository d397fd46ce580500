"""Runs when every other journey is over (conftest.py): what they left in the logs of the sites they were played on."""

from collections.abc import Callable
from pathlib import Path

import pytest

from clinic_site.demo.serving import ServedDemo
from clinic_site.tests.journeys.leaks import Served, leaks

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("browser")]
# What a log would show if it went wrong, each put into an address.
WRONG: dict[str, Callable[[Served], str]] = {
    "a family name": lambda site: f"?q={site.people()[0][1].replace(' ', '+')}",
    "a birth date": lambda site: f"born/{site.people()[0][2]}/",
    "a code": lambda site: "L98-BRQV-SXPW/",
    "an invitation": lambda site: "BCDF-GHJK-LMNP-QRST-VWXZ-2345/",
    "a code by e-mail": lambda site: "?typed=0412+7749",
    "a code of the tablet or of recovery": lambda site: "?code=BC4F9K",
}


@pytest.mark.requirement("ASVS 14.2.1", "ASVS 16.2.5")
def test_no_name_no_birth_date_and_no_code_is_in_any_log(demo: ServedDemo, played_on: list[Served]) -> None:
    assert [line for site in played_on for line in leaks(site)] == []


def test_every_request_of_the_journeys_was_logged(demo: ServedDemo, played_on: list[Served]) -> None:
    assert all(any('"GET /' in line for line in site.lines()) for site in played_on)


@pytest.mark.parametrize("written", WRONG.values(), ids=WRONG)
def test_a_leak_would_be_found(
    demo: ServedDemo, played_on: list[Served], written: Callable[[Served], str], tmp_path: Path
) -> None:
    log = tmp_path / "server.log"
    log.write_text(f'"GET /desk/{written(played_on[0])} HTTP/1.1" 200 16\n', encoding="utf-8")
    assert len(list(leaks(Served(log, played_on[0].database)))) == 1
