"""Clinical rows are written one by one, so that history and checks see each of them. What is not says here why."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from practice.history import KeptHistory
from practice.models import User

ROOT = Path(settings.BASE_DIR)
CLINICAL = ("intake", "plans", "therapies")
EVERYWHERE = (*CLINICAL, "practice", "clinic_site")
NOT_OF_A_CLINIC = {"tests", "migrations", "demo", "bench"}
MANY = {"update", "bulk_update", "bulk_create"}

CLAIM = "The condition decides, on both databases, which of two who come at once did it; who and when are in the row."
INDEX = "An index of words that is made anew from the name, which has its history."
REFUSING = "The method itself: refuses what is published, for whoever calls it, and changes drafts alone."
STOP = "The plan's state of the moment, which follows from red flags that are rows of their own."
ALLOWED = {
    "intake/codes.py:_mint": "Codes that are made in one go: digests, and none of them changes but for its use.",
    "intake/codes.py:use_up": CLAIM,
    "intake/codes.py:revoke": CLAIM,
    "intake/codes.py:keep_valid": "The last day of codes, which follows from the plan's; no word about a person.",
    "intake/devices.py:show_another": "What a session of a browser holds; no word about a person.",
    "intake/email_codes.py:accept_code": CLAIM,
    "intake/name_words.py:add_words": INDEX,
    "intake/name_words.py:_add_to_dictionary": INDEX,
    "intake/proxies.py:take_away": CLAIM,
    "intake/tablet.py:redeem_visit": CLAIM,
    "intake/tablet.py:hold_card": CLAIM,
    "intake/tablet.py:dismiss_card": CLAIM,
    "intake/tablet.py:end_visit": CLAIM,
    "plans/stopping.py:stop_if_unsafe": STOP,
    "plans/stopping.py:ease_stop": STOP,
    "plans/stopping.py:_stop": STOP,
    "plans/resuming.py:resume_plan": CLAIM,
    "plans/assigning.py:end_plan": CLAIM,
    "plans/assigning.py:_freeze": CLAIM,
    "plans/assigning.py:_freeze_verdicts": "What the rules say of each item as the version is frozen.",
    "plans/standing.py:end_order": CLAIM,
    "plans/standing.py:_end_the_outrun": CLAIM,
    "plans/building.py:change_draft": CLAIM,
    "plans/building.py:set_items": "The note of a draft that the same transaction has claimed.",
    "plans/building.py:acknowledge": "Each is a row of its own with who read it; they are never changed.",
    "therapies/loading.py:_put_texts": "The words of a new draft, which is made with them.",
    "therapies/models.py:update": REFUSING,
    "therapies/models_kept.py:update": REFUSING,
    "therapies/publishing.py:put_items": "Which instructions a program has, in their order; none of them is changed.",
}


def modules(*names: str) -> Iterator[Path]:
    for name in names:
        for path in sorted((ROOT / name).rglob("*.py")):
            if not NOT_OF_A_CLINIC & set(path.relative_to(ROOT).parts):
                yield path


@cache
def bulk_writes(path: Path) -> list[tuple[str, ast.Call]]:
    """Each call that writes many rows at once, with the function it stands in."""
    return list(_bulk_writes(path))


def _bulk_writes(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        for call in ast.walk(node) if isinstance(node, ast.FunctionDef) else ():
            if isinstance(call, ast.Call) and writes_many(call):
                yield f"{path.relative_to(ROOT)}:{node.name}", call


def writes_many(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute) or call.func.attr not in MANY:
        return False
    # A dict is updated by position, and so are the attributes of a widget, but for these.
    is_dict = call.func.attr == "update" and (call.args or ast.unparse(call.func).endswith("attrs.update"))
    return not is_dict


def with_history() -> set[str]:
    return {
        model.__name__
        for model in apps.get_models()
        if hasattr(model, "history") and model.__module__.endswith(".models")
    }


def test_every_bulk_write_of_clinical_rows_says_why() -> None:
    found = {name for path in modules(*CLINICAL) for name, _ in bulk_writes(path)}
    assert found - set(ALLOWED) == set()


def test_no_reason_outlives_its_bulk_write() -> None:
    found = {name for path in modules(*CLINICAL) for name, _ in bulk_writes(path)}
    assert set(ALLOWED) - found == set()


def test_nothing_whose_history_is_kept_is_written_past_it() -> None:
    past = [
        name
        for path in modules(*EVERYWHERE)
        for name, call in bulk_writes(path)
        if any(ast.unparse(call.func).startswith(f"{model}.objects") for model in with_history())
    ]
    assert past == []


@pytest.mark.parametrize("model", ["Patient", "Complaint", "User", "Clinic"])
def test_history_is_kept_of_what_changes(model: str) -> None:
    assert model in with_history()


def test_no_password_is_in_the_history() -> None:
    assert not {"password", "last_login"} & {field.name for field in User.history.model._meta.get_fields()}


def test_whoever_did_not_tell_is_not_guessed() -> None:
    assert KeptHistory().get_history_user(User()) is None
