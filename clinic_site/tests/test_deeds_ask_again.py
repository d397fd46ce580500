"""Every page that leads to a deed that counts asks for the password again after a quarter of an hour."""

import ast
import inspect
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from time_machine import travel

from intake.proxies import give_access
from intake.restricting import break_glass, lift, name_more, restrict
from intake.tests.factories import make_clinician, make_patient
from plans.assigning import issue_plan
from plans.clearing import clear_review
from plans.closing import close_red_flags
from plans.drafting import apply_action
from plans.erasing import erase_patient
from plans.holding import release_hold
from plans.keeping_records import keep_longer, let_go
from plans.models import PlanVersion
from plans.receiving import discard_draft
from plans.resuming import resume_plan
from plans.standing import countersign, issue_under_order, sign_order
from plans.tests.builder_page import address, press, text_of
from plans.tests.factories import make_ready_draft
from practice import switches
from practice.pins import remove_pin, set_pin
from practice.tests.factories_sessions import sign_in
from practice.tests.factories_sign_in import PASSWORD
from therapies.publishing import adopt_programme, publish_page, publish_version
from therapies.reading_gate import give_leave
from therapies.retiring import bring_back
from therapies.reviewing import review_text
from therapies.sign_off import sign_rule_set

# Issuing, clearing, closing, letting go on, overriding (a button of the builder) and signing; who may open a record;
# what the library gives to everybody; erasing and keeping longer; and one's own PIN. For the other changes of one's own
# sign-in it is django-allauth that asks. SECURITY.md says which deeds do not ask, and why.
DEEDS = (
    issue_plan,
    issue_under_order,
    close_red_flags,
    clear_review,
    resume_plan,
    release_hold,
    apply_action,
    sign_order,
    countersign,
    sign_rule_set,
    switches.sign,
    restrict,
    name_more,
    lift,
    break_glass,
    give_access,
    discard_draft,
    erase_patient,
    keep_longer,
    let_go,
    publish_version,
    publish_page,
    adopt_programme,
    bring_back,
    give_leave,
    review_text,
    set_pin,
    remove_pin,
)
NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = timedelta(minutes=16)


def views(patterns: list[URLPattern | URLResolver]) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield str(pattern.name), pattern.callback
        elif pattern.namespace != "admin":
            yield from views(pattern.url_patterns)


VIEWS = dict(views(get_resolver().url_patterns))


def imported(module: ModuleType) -> set[str]:
    """The names under which the module knows one of the deeds."""
    return {name for name, value in vars(module).items() if any(value is deed for deed in DEEDS)}


def reached(view: Any) -> set[str]:
    """The deeds that a view's function names, or a function of the same file that it names, and so on."""
    function = inspect.unwrap(view)
    module = inspect.getmodule(function)
    if module is None or not inspect.isfunction(function):
        return set()
    tree = ast.parse(Path(inspect.getfile(function)).read_text(encoding="utf-8"))
    named = {node.name: _names(node) for node in tree.body if isinstance(node, ast.FunctionDef)}
    found, todo = {function.__name__}, [function.__name__]
    while todo:
        fresh = named.get(todo.pop(), set()) - found
        found |= fresh
        todo += fresh
    return found & imported(module)


def _names(function: ast.FunctionDef) -> set[str]:
    return {node.id for node in ast.walk(function) if isinstance(node, ast.Name)}


def asks(view: Any) -> bool:
    return getattr(view, "asks_again", False)


@pytest.mark.parametrize("name", sorted(name for name, view in VIEWS.items() if reached(view)))
def test_each_page_that_leads_to_a_deed_asks(name: str) -> None:
    assert asks(VIEWS[name])


def test_the_pages_that_ask_are_these() -> None:
    assert {name for name, view in VIEWS.items() if asks(view)} >= {
        "plan_build",
        "red_flags_close",
        "review_clear",
        "plan_resume",
        "hold_release",
        "order_sign",
        "order_issue",
        "order_countersign",
        "rules_sign",
        "switch_sign",
        "pin",
        "pin_remove",
        "session_end",
        "sessions_end_others",
        "export",
        "export_data",
        "break_glass",
        "patient_restrict",
        "restriction_name",
        "restriction_lift",
        "keep",
        "library_loosen",
        "staff_invite",
        "staff_member",
        "staff_renew",
        "staff_leave",
    }


def test_each_deed_is_reached_by_some_page() -> None:
    found = {(inspect.unwrap(view).__module__, name) for view in VIEWS.values() for name in reached(view)}
    deeds = [getattr(sys.modules[module], name) for module, name in found]
    assert [deed.__name__ for deed in DEEDS if deed not in deeds] == []


def is_issued(version: PlanVersion) -> bool:
    return not PlanVersion.objects.get(pk=version.pk).is_draft


@pytest.mark.django_db
def test_a_plan_is_not_issued_before_the_password() -> None:
    with travel(NINE, tick=False) as clock:
        version, client = make_ready_draft(), sign_in(make_clinician(password=PASSWORD))
        clock.shift(LATER)
        asked = text_of(press(client, version, "issue"))
    assert ("Is it still you?" in asked, is_issued(version)) == (True, False)


@pytest.mark.django_db
def test_a_plan_is_issued_as_it_was_typed_with_the_password() -> None:
    with travel(NINE, tick=False) as clock:
        version, client = make_ready_draft(), sign_in(make_clinician(password=PASSWORD))
        clock.shift(LATER)
        held = dict(press(client, version, "issue", note="Slowly.").context["held"])
        client.post(address(version), held | {"again-password": PASSWORD})
    assert (is_issued(version), PlanVersion.objects.get(pk=version.pk).note) == (True, "Slowly.")


@pytest.mark.django_db
def test_saving_a_draft_asks_for_nothing() -> None:
    with travel(NINE, tick=False) as clock:
        version, client = make_ready_draft(), sign_in(make_clinician(password=PASSWORD))
        clock.shift(LATER)
        press(client, version, note="Slowly.")
    assert PlanVersion.objects.get(pk=version.pk).note == "Slowly."


@pytest.mark.django_db
def test_a_record_is_not_taken_out_before_the_password() -> None:
    with travel(NINE, tick=False) as clock:
        patient, client = make_patient(), sign_in(make_clinician(password=PASSWORD))
        clock.shift(LATER)
        asked = client.get(reverse("export_data", args=[patient.pk])).content.decode()
    assert ("Is it still you?" in asked, str(patient.record_number) in asked) == (True, False)


@pytest.mark.django_db
def test_after_the_password_the_browser_asks_for_the_record_again() -> None:
    with travel(NINE, tick=False) as clock:
        data = reverse("export_data", args=[make_patient().pk])
        client = sign_in(make_clinician(password=PASSWORD))
        clock.shift(LATER)
        told = client.post(data, {"again-password": PASSWORD}, follow=True)
    assert (told.redirect_chain, told.status_code) == ([(data, 302)], 200)
