"""No plan is issued past a red-flag question that is not known, question by question, nor around issue_plan()."""

import pytest
from django.db import IntegrityError, transaction

from plans.assigning import IssueRefused, issue_plan
from plans.models import PlanVersion
from plans.tests.factories import make_ready_draft
from plans.tests.factories_decisions import issue_past_everything, make_judged
from practice.models import Clinic
from therapies.suitability import RED_FLAG_KEYS

pytestmark = pytest.mark.django_db
KEYS = sorted(RED_FLAG_KEYS)


def issue(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(version.pk, revision=0, by=version.changed_by, clinic=clinic, today=clinic.today())


def test_the_plan_of_these_tests_is_issued_when_all_is_answered() -> None:
    assert not issue(make_ready_draft(items=[{"kind": "ice"}])).is_draft


@pytest.mark.parametrize("key", KEYS)
def test_an_unknown_red_flag_blocks_issuing(key: str) -> None:
    version = make_ready_draft(items=[{"kind": "ice"}], findings={key: None})
    with pytest.raises(IssueRefused) as refused:
        issue(version)
    assert "unanswered" in {problem.rule for problem in refused.value.problems}


@pytest.mark.parametrize("key", KEYS)
def test_the_database_refuses_an_unknown_red_flag(key: str) -> None:
    version = make_judged(findings={key: None})
    with pytest.raises(IntegrityError, match=r"is (not )?answered"), transaction.atomic():
        issue_past_everything(version)
