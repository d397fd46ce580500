"""A picture that is drawn otherwise shows as changed, with both sides to look at."""

import copy
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from practice.roles import Role
from therapies import figures
from therapies.comparing_pictures import changed_pictures
from therapies.models import InstructionVersion
from therapies.pictures import MAIN
from therapies.tests.factories import make_instruction_version
from therapies.tests.test_library import staff_client

pytestmark = pytest.mark.django_db
MOVEMENTS = Path(figures.__file__).parent / "movements"
BRIDGE = tomllib.loads((MOVEMENTS / "bridge.toml").read_text(encoding="utf-8"))
WORDS = {"pictures": {MAIN: ["Lying.", "Hips up."]}}


def _version(figures: dict[str, Any], **fields: Any) -> InstructionVersion:
    return make_instruction_version(figures=figures, text=WORDS, **fields)


def _without_its_arrow() -> dict[str, Any]:
    changed = copy.deepcopy(BRIDGE)
    changed["panel"][-1].pop("arrow")
    return changed


def test_the_same_figure_is_no_change() -> None:
    before = _version({MAIN: BRIDGE})
    assert changed_pictures(before, _version({MAIN: BRIDGE}, instruction=before.instruction, published=False)) == ()


def test_a_figure_drawn_otherwise_is_shown_from_both_sides() -> None:
    before = _version({MAIN: BRIDGE})
    after = _version({MAIN: _without_its_arrow()}, instruction=before.instruction, published=False)
    (pictured,) = changed_pictures(before, after)
    assert (len(pictured.before), len(pictured.after)) == (2, 2)


def test_a_figure_that_is_new_has_an_empty_side() -> None:
    before = _version({})
    (pictured,) = changed_pictures(before, _version({MAIN: BRIDGE}, instruction=before.instruction, published=False))
    assert (pictured.before, len(pictured.after)) == ((), 2)


def test_no_two_pictures_of_the_page_share_an_id() -> None:
    before = _version({MAIN: BRIDGE})
    _version({MAIN: _without_its_arrow()}, instruction=before.instruction, published=False)
    page = staff_client(Role.EDITOR).get(reverse("library_compare", args=[before.instruction_id])).content.decode()
    titles = [part.split('"')[0] for part in page.split('<title id="')[1:]]
    assert len(titles) == len(set(titles)) == 4
