"""Queries whose SQL is kept: what they find is asked for anew each time."""

import pytest
from django.db.models import CharField, QuerySet, Value

from practice.kept_sql import Given, KeptQuery
from practice.models import Switch, SwitchDecision, User
from practice.tests.factories import make_decision
from practice.tests.test_roles import make_staff

pytestmark = pytest.mark.django_db
ORDERS, HEAT = Switch.STANDING_ORDERS, Switch.HEAT_UNDER_14_DAYS


@KeptQuery
def decisions(*, signed: bool) -> QuerySet[SwitchDecision]:
    found = SwitchDecision.objects.filter(switch=Given("switch", CharField()), signed_at__isnull=not signed)
    return found.select_related("asked_by").annotate(word=Value("asked"))


def found(switch: Switch, *, signed: bool = False) -> list[SwitchDecision]:
    return decisions(signed=signed).rows(switch=switch)


@pytest.fixture
def decision() -> SwitchDecision:
    return make_decision(switch=ORDERS, by=make_staff())


def test_it_finds_what_the_plain_query_finds(decision: SwitchDecision) -> None:
    assert found(ORDERS) == [decision]


@pytest.mark.usefixtures("decision")
def test_the_next_call_gives_a_value_of_its_own() -> None:
    assert (len(found(ORDERS)), len(found(HEAT))) == (1, 0)


def test_it_finds_a_row_that_was_not_there_the_last_time() -> None:
    before = found(ORDERS)
    decision = make_decision(switch=ORDERS, by=make_staff())
    assert (before, found(ORDERS)) == ([], [decision])


def test_it_reads_a_joined_row_anew(decision: SwitchDecision) -> None:
    found(ORDERS)
    User.objects.filter(pk=decision.asked_by_id).update(display_name="Dr. Ana Ruiz")
    assert found(ORDERS)[0].asked_by.display_name == "Dr. Ana Ruiz"


@pytest.mark.usefixtures("decision")
def test_each_shape_is_a_query_of_its_own() -> None:
    assert (len(found(ORDERS)), len(found(ORDERS, signed=True))) == (1, 0)


@pytest.mark.usefixtures("decision")
def test_what_is_joined_comes_with_its_row() -> None:
    assert SwitchDecision.asked_by.is_cached(found(ORDERS)[0])


@pytest.mark.usefixtures("decision")
def test_what_is_worked_out_comes_with_its_row() -> None:
    assert [row.word for row in found(ORDERS)] == ["asked"]


def test_a_value_that_is_not_given_is_missed() -> None:
    with pytest.raises(KeyError, match="switch"):
        decisions(signed=False).rows()
