"""No path through the pages issues a blocked plan: hypothesis presses buttons, an oracle of its own judges."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from clinic_site.tests.blocking_oracle import FLAGS, LIMIT_DAYS, ONSETS, OTHER, OVERRIDABLE, Asked, verdict
from intake.models import RedFlag, Screening
from intake.tests.factories import BACKEND, make_patient, make_staff, typed_answers
from plans.models import Plan, PlanVersion, ReviewClearance
from plans.tests.factories import builder_post
from practice.models import User
from practice.roles import Role
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
FIRST_MORNING = datetime(2026, 11, 2, 15, tzinfo=UTC)
DESK, CLINICIAN, OWNER = Role.FRONT_DESK, Role.CLINICIAN, Role.OWNER
KINDS = ("ice", "heat", "stretching")
# What a request may be crafted with; the last ones exist and can never be overridden.
RULES = (*sorted(OVERRIDABLE), "I-N1", "H-C1", "S-C1", "B09", "3.4", "3.2")
STAFF = st.sampled_from([DESK, CLINICIAN])
CLINICIANS_MOSTLY = st.sampled_from([CLINICIAN, CLINICIAN, CLINICIAN, DESK])
SIGNS = st.sampled_from([*FLAGS, *OTHER])
# Plain answers come up often, or nothing would ever be issued.
SAID = st.one_of(st.just(frozenset[str]()), st.frozensets(SIGNS, max_size=2))
UNSURE = st.one_of(st.just(frozenset[str]()), st.just(frozenset[str]()), st.frozensets(SIGNS, max_size=1))


class Clinic(RuleBasedStateMachine):
    """One patient, a clinician, the front desk and an owner, who press anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(FIRST_MORNING)
        self.now = self.clock.start()
        self.today = 0
        self.staff: dict[Role, User] = {role: make_staff(roles=(role,)) for role in (DESK, CLINICIAN, OWNER)}
        self.patient = make_patient()
        self.slugs = {kind: make_instruction_version(kind=kind).instruction_id for kind in KINDS}
        self.asked: Asked | None = None
        self.begun = False
        self.open_signs: set[str] = set()
        self.judged: set[object] = set()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- the buttons ---

    def press(self, role: Role, name: str, *args: object, **data: Any) -> str:
        client = Client()
        client.force_login(self.staff[role], backend=BACKEND)
        return client.post(reverse(name, args=args), data, follow=True).content.decode()

    def look(self, role: Role, name: str, *args: object) -> str:
        client = Client()
        client.force_login(self.staff[role], backend=BACKEND)
        return client.get(reverse(name, args=args)).content.decode()

    def draft(self) -> PlanVersion | None:
        return PlanVersion.objects.drafts().first()

    def draft_fields(self) -> dict[str, Any]:
        begun = Screening.objects.drafts().first()
        return {"draft": begun.pk if begun else uuid4(), "revision": begun.revision if begun else 0}

    @rule(role=STAFF, sign=SIGNS)
    def keep_an_answer(self, role: Role, sign: str) -> None:
        self.press(role, "screening_keep", self.patient.pk, **self.draft_fields(), **{sign: "yes"})
        self.begun = True
        self.open_signs |= {sign} & set(FLAGS)

    @rule(role=STAFF, yes=SAID, unsure=UNSURE, onset=st.sampled_from(ONSETS))
    def send_the_screening(self, role: Role, yes: frozenset[str], unsure: frozenset[str], onset: int | None) -> None:
        since = {"onset_unknown": "on"} if onset is None else {"onset_ago": onset}
        said = dict.fromkeys(unsure, "unknown") | dict.fromkeys(yes, "yes") | {"reason": "Asked anew."}
        before = Screening.objects.sent().count()
        self.press(role, "screening", self.patient.pk, **typed_answers(**since, **said), **self.draft_fields())
        assert Screening.objects.sent().count() == before + 1
        self.asked, self.begun = Asked(yes, unsure - yes, onset, self.today), False
        self.open_signs |= yes & set(FLAGS)

    @rule(role=STAFF)
    def delete_begun_answers(self, role: Role) -> None:
        self.press(role, "screening_discard", self.patient.pk)
        self.begun = Screening.objects.drafts().exists()

    @rule(role=CLINICIANS_MOSTLY)
    def close_red_flags(self, role: Role) -> None:
        flags = [str(pk) for pk in RedFlag.objects.values_list("pk", flat=True)]
        self.press(role, "red_flags_close", self.patient.pk, flag=flags, reason="Examined.")
        if role is CLINICIAN:
            self.open_signs = set()

    @rule(role=CLINICIANS_MOSTLY)
    def clear_the_review(self, role: Role) -> None:
        newest, before = Screening.objects.newest_of(self.patient), ReviewClearance.objects.count()
        if newest is None:
            return
        self.press(role, "review_clear", self.patient.pk, newest.pk, reason="Looked at it.")
        if ReviewClearance.objects.count() > before:
            assert (role, self.asked.level) == (CLINICIAN, "review")
            self.open_signs = {sign for sign in self.open_signs if FLAGS[sign] != "review"}

    @rule(role=STAFF, kind=st.sampled_from(KINDS))
    def add_an_item(self, role: Role, kind: str) -> None:
        self.press(role, "plan_start", self.patient.pk)
        if draft := self.draft():
            self.press(role, "plan_build", draft.pk, **builder_post(draft, f"add:{self.slugs[kind]}"))

    @rule(role=CLINICIANS_MOSTLY, kind=st.sampled_from(["ice", "heat"]), over=st.sampled_from(RULES))
    def override_a_rule(self, role: Role, kind: str, over: str) -> None:
        if draft := self.draft():
            typed = {f"reason:{kind}:{over}": "I know why."}
            self.press(role, "plan_build", draft.pk, **builder_post(draft, f"override:{kind}:{over}", **typed))

    @rule(role=STAFF)
    def acknowledge_everything(self, role: Role) -> None:
        if draft := self.draft():
            keys = re.findall(r'name="acknowledge" value="([^"]+)"', self.look(CLINICIAN, "plan_build", draft.pk))
            self.press(role, "plan_build", draft.pk, **builder_post(draft, acknowledge=keys))

    @rule(role=CLINICIANS_MOSTLY)
    def issue(self, role: Role) -> None:
        if draft := self.draft():
            self.press(role, "plan_build", draft.pk, **builder_post(draft, "issue"))

    @rule(role=CLINICIANS_MOSTLY)
    def let_it_go_on(self, role: Role) -> None:
        if plan := Plan.objects.active().first():
            self.press(role, "plan_resume", plan.pk, reason="All is well.")

    @rule(model=st.sampled_from(["planversion", "plan", "planitem", "override", "redflagclosing"]))
    def try_the_admin(self, model: str) -> None:
        for owner in (self.staff[OWNER], User.objects.create_superuser(f"root{uuid4()}", "slow-and-steady")):
            client = Client()
            client.force_login(owner, backend=BACKEND)
            for draft in PlanVersion.objects.all():
                told = client.post(f"/admin/plans/{model}/{draft.pk}/change/", {"status": "issued", "level": "none"})
                assert told.status_code == 404

    @rule(days=st.sampled_from([1, 4, 8]))
    def days_pass(self, days: int) -> None:
        self.now.shift(timedelta(days=days))
        self.today += days

    # --- what must never be ---

    @invariant()
    def nothing_blocked_was_issued(self) -> None:
        for version in PlanVersion.objects.issued().exclude(pk__in=self.judged):
            self.judged.add(version.pk)
            self.judge(version)

    @invariant()
    def no_plan_runs_past_an_open_red_flag(self) -> None:
        assert not (self.open_signs and Plan.objects.running().exists())

    def judge(self, version: PlanVersion) -> None:
        asked = self.asked
        assert asked
        assert version.issued_by == self.staff[CLINICIAN]
        assert not self.begun
        assert not self.open_signs
        assert self.today - asked.on_day <= LIMIT_DAYS
        assert not asked.unanswered
        assert asked.level in ("none", "review")
        if asked.level == "review":
            assert ReviewClearance.objects.filter(screening=version.screening, by=self.staff[CLINICIAN]).exists()
        kinds = {item.instruction_version.kind for item in version.items.all()}
        assert kinds
        for kind in kinds:
            self.judge_item(version, asked, kind)
        if {"ice", "heat"} <= kinds:
            assert all(verdict(kind, asked, self.today).cautions for kind in ("ice", "heat"))

    def judge_item(self, version: PlanVersion, asked: Asked, kind: str) -> None:
        overrides = version.overrides.filter(modality=kind, screening=version.screening)
        assert all(row.by == self.staff[CLINICIAN] and row.rule in OVERRIDABLE for row in overrides)
        left = verdict(kind, asked, self.today).left({row.rule for row in overrides})
        read = version.acknowledgements.filter(modality=kind, screening=version.screening, by=self.staff[CLINICIAN])
        assert left.bars == set()
        assert left.cautions <= {row.rule for row in read}


def test_no_path_through_the_pages_issues_a_blocked_plan() -> None:
    run_state_machine_as_test(
        Clinic,
        settings=settings(
            max_examples=15, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )


@pytest.fixture
def clinic() -> Any:
    machine = Clinic()
    yield machine
    machine.teardown()


def test_the_machine_can_issue_a_plan(clinic: Clinic) -> None:
    clinic.send_the_screening(DESK, frozenset(), frozenset(), 10)
    clinic.add_an_item(DESK, "ice")
    clinic.issue(CLINICIAN)
    clinic.nothing_blocked_was_issued()
    assert len(clinic.judged) == 1


def test_the_machine_can_issue_past_a_review_an_override_and_a_caution(clinic: Clinic) -> None:
    clinic.send_the_screening(DESK, frozenset({"cancer_history", "diabetes"}), frozenset(), 30)
    clinic.clear_the_review(CLINICIAN)
    clinic.add_an_item(CLINICIAN, "stretching")
    clinic.override_a_rule(CLINICIAN, "ice", "I-B4")
    clinic.add_an_item(CLINICIAN, "ice")
    clinic.acknowledge_everything(CLINICIAN)
    clinic.issue(CLINICIAN)
    clinic.nothing_blocked_was_issued()
    assert len(clinic.judged) == 1


def test_the_machine_notices_a_blocked_plan(clinic: Clinic) -> None:
    clinic.send_the_screening(DESK, frozenset(), frozenset(), 10)
    clinic.add_an_item(DESK, "ice")
    clinic.issue(CLINICIAN)
    clinic.asked = Asked(frozenset({"poor_circulation"}))
    with pytest.raises(AssertionError):
        clinic.nothing_blocked_was_issued()
