"""Every tone that figures are drawn in has its color on the page, by day and in the dark."""

import re
from pathlib import Path

import pytest

from therapies.figures.drawing import LINES, TONES

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
COMPONENTS, TOKENS = (CSS / "components.css").read_text(), (CSS / "tokens.css").read_text()


def selector_of(tone: str) -> str:
    return "".join(f".f-{word}" for word in tone.split())


def rules() -> dict[str, str]:
    """What each selector of a figure is given."""
    found = re.findall(r"((?:\.f-[\w.-]+(?:, )?)+) {([^}]*)}", COMPONENTS)
    return {one: given for selectors, given in found for one in selectors.split(", ")}


@pytest.mark.parametrize("tone", TONES)
def test_a_tone_has_its_color(tone: str) -> None:
    assert re.fullmatch(r" fill: var\(--f-[\w-]+\); ", rules()[selector_of(tone)])


@pytest.mark.parametrize("tone", LINES)
def test_a_line_has_its_color(tone: str) -> None:
    assert re.fullmatch(r" stroke: var\(--f-[\w-]+\); ", rules()[selector_of(tone)])


@pytest.mark.parametrize("mark", ["way", "tip", "glow", "step", "digit", "body"])
def test_a_mark_has_its_rule(mark: str) -> None:
    assert f".f-{mark} {{" in COMPONENTS


@pytest.mark.parametrize("token", sorted(set(re.findall(r"var\((--f-[\w-]+)\)", COMPONENTS))))
def test_a_color_that_is_used_is_set(token: str) -> None:
    assert f"{token}: #" in TOKENS
