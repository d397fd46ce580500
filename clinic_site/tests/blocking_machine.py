"""One patient and the people around them, who press anything at any time: what test_blocking.py tries and judges."""

import re
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import time_machine
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from clinic_site.tests.blocking_draws import (
    CLINICIAN,
    CLINICIANS_MOSTLY,
    DESK,
    IN_SPITE_OF,
    MADE_OF,
    NEW_SIGNS,
    OWNER,
    RULES,
    SAID,
    SIGNS,
    STAFF,
    UNSURE,
)
from clinic_site.tests.blocking_judge import FIRST_DAY, Judge
from clinic_site.tests.blocking_oracle import CARDS, FLAGS, LASTING, LEVELS, ONSETS, THINGS, Asked, worst_of
from intake.models import RedFlag, Screening
from intake.tests.factories import BACKEND, make_access, make_patient, make_staff, typed_answers
from plans.models import ItemHold, Plan, PlanVersion, ReviewClearance
from plans.tests.answering_pages import PAGE, answer_everything, press_send
from plans.tests.factories import builder_post
from practice.models import Clinic, Switch, SwitchDecision, User
from practice.roles import Role
from therapies.tests.factories import make_instruction_version

FIRST_MORNING = datetime(2026, 11, 2, 15, tzinfo=UTC)
MOST_PAGES = 15


class ClinicAtWork(RuleBasedStateMachine):
    """A patient with a phone, a clinician, the front desk and an owner: their roles are as the owner last set them."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.clock = time_machine.travel(FIRST_MORNING)
        self.now = self.clock.start()
        self.today = 0
        call_command("make_roles", stdout=StringIO())
        self.staff: dict[Role, User] = {role: make_staff(roles=(role,)) for role in (DESK, CLINICIAN, OWNER)}
        self.roles: dict[Role, frozenset[Role]] = {role: frozenset({role}) for role in self.staff}
        self.limit, self.switch_on = 7, False
        self.patient = make_patient()
        self.user = make_access(patient=self.patient).user
        made = {thing: make_instruction_version(**fields) for thing, fields in MADE_OF.items()}
        self.slugs = {thing: version.instruction_id for thing, version in made.items()}
        self.asked: Asked | None = None
        self.begun = False
        self.kept: set[str] = set()
        self.open_signs: set[str] = set()
        self.surely_open: set[str] = set()
        self.cleared: set[str] = set()
        self.judge = Judge(self)

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    # --- hands and eyes ---

    def client_of(self, user: User) -> Client:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client

    def press(self, role: Role, name: str, /, *args: object, **data: Any) -> str:
        return self.client_of(self.staff[role]).post(reverse(name, args=args), data, follow=True).content.decode()

    def look(self, user: User, name: str, *args: object) -> str:
        return self.client_of(user).get(reverse(name, args=args)).content.decode()

    def is_clinician(self, role: Role) -> bool:
        return CLINICIAN in self.roles[role]

    def works_here(self, role: Role) -> bool:
        return bool(self.roles[role] & {DESK, CLINICIAN})

    def clinicians(self) -> set[User]:
        return {self.staff[role] for role in self.staff if self.is_clinician(role)}

    def draft(self) -> PlanVersion | None:
        return PlanVersion.objects.drafts().first()

    def build(self, role: Role, draft: PlanVersion, action: str = "save", **typed: Any) -> None:
        """Press a button of the builder with the page as it is drawn: a ticked box stays ticked."""
        ticked = {f"{item.pk}-gated": "on" for item in draft.items.all() if item.gated}
        self.press(role, "plan_build", draft.pk, **builder_post(draft, action, **ticked | typed))

    def draft_fields(self) -> dict[str, Any]:
        begun = Screening.objects.drafts().first()
        return {"draft": begun.pk if begun else uuid4(), "revision": begun.revision if begun else 0}

    # --- the questions at the desk ---

    @rule(role=STAFF, sign=SIGNS)
    def keep_an_answer(self, role: Role, sign: str) -> None:
        self.press(role, "screening_keep", self.patient.pk, **self.draft_fields(), **{sign: "yes"})
        if self.works_here(role):
            self._noted({sign}, surely=not self.begun)
            self.begun = True
            self.kept = {sign}

    @rule(role=STAFF, yes=SAID, unsure=UNSURE, onset=st.sampled_from(ONSETS))
    def send_the_screening(self, role: Role, yes: frozenset[str], unsure: frozenset[str], onset: int | None) -> None:
        since = {"onset_unknown": "on"} if onset is None else {"onset_ago": onset}
        said = dict.fromkeys(unsure, "unknown") | dict.fromkeys(yes, "yes") | {"reason": "Asked anew."}
        # What a page of an earlier day asks beside.
        said |= {"health_changed": "yes", "pain_changed": "yes"}
        before = Screening.objects.sent().count()
        for _ in range(2 if self.begun else 1):
            if Screening.objects.sent().count() == before:
                self.press(role, "screening", self.patient.pk, **typed_answers(**since, **said), **self.draft_fields())
        assert Screening.objects.sent().count() == before + self.works_here(role)
        if self.works_here(role):
            self._sent(yes, unsure - yes, None if onset is None else self.today - onset)

    @rule(role=STAFF)
    def delete_begun_answers(self, role: Role) -> None:
        """Answers only by a clinician, and never those that raised a red flag, hold an item or stopped the plan."""
        self.press(role, "screening_discard", self.patient.pk, reason="Typed for somebody else.")
        left = Screening.objects.drafts().exists()
        assert left or self.is_clinician(role) or not self.begun
        if not left:
            self.begun, self.kept = False, set()

    def _sent(self, yes: frozenset[str], unsure: frozenset[str], began: int | None, *, repeated: bool = False) -> None:
        self._noted(yes - self.cleared if repeated else yes, surely=not self.begun)
        self.asked, self.begun, self.kept = Asked(yes, unsure, began, self.today), False, set()
        self.cleared = self.cleared & yes if repeated else set()

    def _noted(self, signs: set[str] | frozenset[str], *, surely: bool) -> None:
        """These were said; a sign that a clinician closed in the very draft it is said in again is not surely open."""
        self.open_signs |= signs & set(FLAGS)
        self.surely_open |= signs & set(FLAGS) if surely else set()

    # --- the questions on the phone ---

    @rule(yes=SAID, unsure=UNSURE, onset=st.sampled_from(ONSETS))
    def the_patient_answers(self, yes: frozenset[str], unsure: frozenset[str], onset: int | None) -> None:
        """Everything, from a fresh start."""
        if self.begun:
            return
        since = {"onset_unknown": "on"} if onset is None else {"onset_ago": str(onset)}
        said = dict.fromkeys(unsure, "unknown") | dict.fromkeys(yes, "yes")
        before = Screening.objects.sent().count()
        phone = self.client_of(self.user)
        answer_everything(phone, **since, **said)
        self._send(phone)
        assert Screening.objects.sent().count() == before + 1
        self._sent(yes, unsure - yes, None if onset is None else self.today - onset)

    @rule(new=NEW_SIGNS)
    def the_patient_answers_again(self, new: frozenset[str]) -> None:
        """What can change, on the newest answers: what lasts is said as before."""
        if self.begun or self.asked is None:
            return
        yes = new | (self.asked.yes & LASTING)
        phone, before = self.client_of(self.user), Screening.objects.sent().count()
        self._press_through(phone, dict.fromkeys(yes, "yes"))
        self._send(phone)
        assert Screening.objects.sent().count() == before + 1
        self._sent(yes, frozenset(), self.today - 10 if self.asked.began is None else self.asked.began, repeated=True)

    def _send(self, phone: Client) -> None:
        """Nothing is sent before its card was read."""
        phone.get(reverse("answer_card"))
        press_send(phone)

    def _press_through(self, phone: Client, said: dict[str, str]) -> None:
        """Press "Next" on each page that is asked again, until the answers can be sent."""
        slug, typed = "again", typed_answers(**said) | {"health_changed": "no", "pain_changed": "no", "page": PAGE}
        for _ in range(MOST_PAGES):
            began = Screening.objects.drafts().first()
            drawn = {"draft": str(began.pk), "revision": began.revision} if began else {}
            phone.post(reverse("answer_page", args=[slug]), typed | {"again": "1"} | drawn)
            slug = phone.get(reverse("answer")).headers["Location"].strip("/").split("/")[-1]
            if slug == "check":
                return

    # --- what clinicians decide ---

    @rule(role=CLINICIANS_MOSTLY)
    def close_red_flags(self, role: Role) -> None:
        flags = [str(pk) for pk in RedFlag.objects.values_list("pk", flat=True)]
        self.press(role, "red_flags_close", self.patient.pk, flag=flags, reason="Examined.")
        if self.is_clinician(role):
            self.open_signs, self.surely_open = set(), set()

    @rule(role=CLINICIANS_MOSTLY)
    def clear_the_review(self, role: Role) -> None:
        newest, before = Screening.objects.newest_of(self.patient), ReviewClearance.objects.count()
        if newest is None or self.asked is None:
            return
        self.press(role, "review_clear", self.patient.pk, newest.pk, reason="Looked at it.")
        if ReviewClearance.objects.count() > before:
            assert self.is_clinician(role)
            assert self.asked.level == "review"
            reviews = {sign for sign in FLAGS if FLAGS[sign] == "review"}
            self.open_signs, self.surely_open = self.open_signs - reviews, self.surely_open - reviews
            self.cleared = set(self.asked.yes & reviews)

    @rule(role=CLINICIANS_MOSTLY, kind=st.sampled_from(["ice", "heat"]), over=st.sampled_from(RULES))
    def override_a_rule(self, role: Role, kind: str, over: str) -> None:
        if draft := self.draft():
            self.build(role, draft, f"override:{kind}:{over}", **{f"reason:{kind}:{over}": "I know why."})

    @rule(role=CLINICIANS_MOSTLY)
    def let_a_held_item_go_on(self, role: Role) -> None:
        for hold in ItemHold.objects.open():
            self.press(role, "hold_release", self.patient.pk, hold.pk, reason="It is fine.")

    @rule(role=CLINICIANS_MOSTLY)
    def let_the_plan_go_on(self, role: Role) -> None:
        if plan := Plan.objects.active().first():
            self.press(role, "plan_resume", plan.pk, reason="All is well.")

    # --- the plan ---

    @rule(role=STAFF, thing=st.sampled_from(THINGS))
    def add_an_item(self, role: Role, thing: str) -> None:
        self.press(role, "plan_start", self.patient.pk)
        if draft := self.draft():
            self.build(role, draft, f"add:{self.slugs[thing]}")

    @rule(role=STAFF, thing=st.sampled_from(THINGS))
    def approve_an_item_for_later(self, role: Role, thing: str) -> None:
        self.press(role, "plan_start", self.patient.pk)
        if draft := self.draft():
            self.build(role, draft, f"later:{self.slugs[thing]}")

    @rule(role=STAFF, first=st.sampled_from([0, 1, 4, 12]), days=st.sampled_from([1, 8, 20]), gated=st.booleans())
    def change_the_days(self, role: Role, first: int, days: int, *, gated: bool) -> None:
        """Of the newest item of the draft, and whether it waits for new answers."""
        draft = self.draft()
        if draft is None or not (item := draft.items.last()):
            return
        begins = FIRST_DAY + timedelta(days=self.today + first)
        typed = {f"{item.pk}-from_date": f"{begins:%m/%d/%Y}"}
        typed |= {f"{item.pk}-until_date": f"{begins + timedelta(days=days):%m/%d/%Y}"}
        self.build(role, draft, **typed)
        if gated:
            self.build(role, draft, **{f"{item.pk}-gated": "on"})

    @rule(role=STAFF)
    def acknowledge_everything(self, role: Role) -> None:
        if draft := self.draft():
            drawn = self.look(self.staff[CLINICIAN], "plan_build", draft.pk)
            keys = re.findall(r'name="acknowledge" value="([^"]+)"', drawn)
            self.build(role, draft, acknowledge=keys)

    @rule(role=CLINICIANS_MOSTLY)
    def issue(self, role: Role) -> None:
        if draft := self.draft():
            self.build(role, draft, "issue")

    # --- the usual way in one go, as far as it is let: otherwise few would ever get there ---

    @initialize(at_home=st.sampled_from([(), ("ice", "heat"), ("ice", "heat"), ("calm", "heat"), ("heat", "calm")]))
    def begin(self, at_home: tuple[str, ...]) -> None:
        """Mostly with a plan at home; what is not given to everybody is refused here too."""
        if at_home:
            self.give_a_plan_with_a_later_item(10, *at_home)

    @rule(onset=st.sampled_from([10, 17]), now=st.sampled_from(THINGS), later=st.sampled_from(["heat", "calm"]))
    def give_a_plan_with_a_later_item(self, onset: int, now: str, later: str) -> None:
        self.put_everybody_in_their_place()
        self.close_red_flags(CLINICIAN)
        self.send_the_screening(DESK, frozenset(), frozenset(), onset)
        self.add_an_item(DESK, now)
        self.approve_an_item_for_later(DESK, later)
        self.acknowledge_everything(CLINICIAN)
        self.issue(CLINICIAN)

    @rule(which=IN_SPITE_OF, yes=SAID)
    def give_it_in_spite_of_a_rule(self, which: tuple[str, str, int | None], yes: frozenset[str]) -> None:
        kind, over, onset = which
        self.put_everybody_in_their_place()
        self.send_the_screening(CLINICIAN, yes, frozenset(), onset)
        self.add_an_item(CLINICIAN, "calm")
        self.override_a_rule(CLINICIAN, kind, over)
        self.add_an_item(CLINICIAN, kind)
        self.acknowledge_everything(CLINICIAN)
        self.issue(CLINICIAN)

    @rule(yes=SAID)
    def a_clinician_asks_when_the_day_has_come(self, yes: frozenset[str]) -> None:
        self.put_everybody_in_their_place()
        self.days_pass(12)
        self.send_the_screening(CLINICIAN, yes, frozenset(), 30)

    # --- the owner, and time ---

    @rule(by=st.sampled_from([OWNER, OWNER, CLINICIAN]), days=st.sampled_from([0, 1, 3, 7, 28, 29]))
    def change_the_limit(self, by: Role, days: int) -> None:
        clinic = Clinic.load()
        drawn = {name: getattr(clinic, name) for name in ("name", "time_zone", "paper", "comfortable_item_count")}
        drawn |= {"phone": "555-0100", "hours": "Monday to Friday", "after_hours": "Go to urgent care."}
        self.client_of(self.staff[by]).post(
            reverse("admin:practice_clinic_change", args=[1]), drawn | {"screening_limit_days": days}
        )
        if by is OWNER and 1 <= days <= 28:
            self.limit = days
        assert Clinic.load().screening_limit_days == self.limit

    @rule(
        by=st.sampled_from([OWNER, OWNER, DESK]),
        whose=STAFF,
        roles=st.sampled_from([{CLINICIAN}, {DESK}, {DESK, CLINICIAN}, set[Role]()]),
    )
    def change_the_roles(self, by: Role, whose: Role, roles: set[Role]) -> None:
        user = User.objects.get(pk=self.staff[whose].pk)
        drawn = {"display_name": user.display_name, "roles": [role.value for role in roles]}
        self.client_of(self.staff[by]).post(reverse("staff_member", args=[user.pk]), drawn)
        # Nobody works here without a role.
        if by is OWNER and roles:
            self.roles[whose] = frozenset(roles)
        assert User.objects.get(pk=user.pk).roles == self.roles[whose]

    @rule()
    def put_everybody_in_their_place(self) -> None:
        for whose in (DESK, CLINICIAN):
            self.change_the_roles(OWNER, whose, {whose})

    @rule(by=STAFF)
    def turn_the_switch(self, by: Role) -> None:
        """Whether a patient's own answers open what was approved in advance."""
        if self.switch_on:
            standing = SwitchDecision.objects.on().get()
            self.press(by, "switch_end", standing.pk)
            self.switch_on = not self.is_clinician(by)
        else:
            self.press(OWNER, "switch_ask", Switch.PATIENT_OPENED_PHASES.value, read="on")
            self.press(by, "switch_sign", SwitchDecision.objects.not_ended().get().pk, read="on")
            self.switch_on = self.is_clinician(by)
        assert Clinic.load().patient_opened_phases_on == self.switch_on

    @rule(model=st.sampled_from(["planversion", "plan", "planitem", "override", "redflagclosing", "phaseopening"]))
    def try_the_admin(self, model: str) -> None:
        for draft in PlanVersion.objects.all():
            address = f"/admin/plans/{model}/{draft.pk}/change/"
            told = self.client_of(self.staff[OWNER]).post(address, {"status": "issued", "level": "none"})
            assert told.status_code == 404

    @rule(days=st.sampled_from([1, 4, 8, 12]))
    def days_pass(self, days: int) -> None:
        self.now.shift(timedelta(days=days))
        self.today += days

    # --- what must never be ---

    @invariant()
    def nothing_blocked_was_issued(self) -> None:
        self.judge.new_versions()

    @invariant()
    def nothing_opened_on_answers_that_do_not_allow_it(self) -> None:
        self.judge.new_openings()

    @invariant()
    def only_clinicians_decided(self) -> None:
        self.judge.new_decisions()

    @invariant()
    def no_plan_runs_past_an_open_red_flag(self) -> None:
        assert not (self.open_signs and Plan.objects.running().exists())

    @invariant()
    def nothing_at_home_is_what_the_answers_bar(self) -> None:
        self.judge.what_is_at_home()

    @invariant()
    def an_open_red_flag_shows_its_card(self) -> None:
        if self.surely_open:
            # One that may be open too may be worse.
            at_least = LEVELS[LEVELS.index(worst_of(self.surely_open)) :]
            shown = self.look(self.user, "me")
            assert any(CARDS[level] in shown for level in at_least)
