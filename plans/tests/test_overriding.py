"""override(): only timing rules, only a clinician, only what stands today; for everything else there is no way."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from intake.models import Screening
from intake.tests.factories import make_clinician, make_screening, make_staff
from intake.tests.factories import sign_in_staff as sign_in
from plans.assigning import IssueRefused, issue_plan
from plans.building import CannotAdd, add_item
from plans.checking import Assessment, assess_draft
from plans.handout import limits_of
from plans.models import OVERRIDABLE, Override, PlanVersion
from plans.overriding import CannotOverride, override
from plans.tests.factories import builder_post, make_item, make_ready_draft
from plans.tests.factories_decisions import acknowledge_all, make_override
from practice.models import AuditEvent, Clinic, User
from practice.roles import Role
from therapies.suitability import Modality, Verdict
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
WHY = "It helped the last three times."


def assess(version: PlanVersion) -> Assessment:
    clinic = Clinic.load()
    return assess_draft(version, clinic=clinic, today=clinic.today())


def over(version: PlanVersion, modality: str, rule: str, *, by: User | None = None, reason: str = WHY) -> Override:
    return override(version, modality, rule, reason=reason, assessment=assess(version), by=by or make_clinician())


def issue(version: PlanVersion) -> PlanVersion:
    clinic = Clinic.load()
    return issue_plan(version.pk, revision=version.revision, by=make_clinician(), clinic=clinic, today=clinic.today())


def late(**fields: Any) -> PlanVersion:
    """Day 30: ice is over (I-B4)."""
    return make_ready_draft(onset_days=30, items=(), **fields)


# --- what can be overridden ----------------------------------------------------------------------------

# Each rule that can be overridden, with answers and a day on which it stands.
STANDS: dict[str, tuple[dict[str, Any], int | None]] = {
    "I-B2": ({"recurrent": True}, 10),
    "I-B3": ({}, 17),
    "I-B4": ({}, 30),
    "I-B5": ({}, None),
    "I-C1": ({"area_pale": True}, 10),
    "H-B1": ({}, 10),
    "H-B2": ({"recurrent": True}, 10),
    "H-B3": ({}, 17),
    "H-B5": ({}, None),
}
MODALITY = {"I": "ice", "H": "heat"}


@pytest.mark.parametrize("rule", STANDS)
def test_a_clinician_overrides_a_timing_rule(rule: str) -> None:
    findings, days = STANDS[rule]
    version = make_ready_draft(findings=findings, onset_days=days, items=())
    assert over(version, MODALITY[rule[0]], rule).reason == WHY


def test_only_a_rule_that_speaks_for_it_is_left_out_above() -> None:
    assert set(OVERRIDABLE) - set(STANDS) == {"I-B1", "H-B4"}


def test_an_override_keeps_the_reason_as_it_was_read() -> None:
    version = late()
    made = over(version, "ice", "I-B4")
    assert made.text == assess(version).advice.ice.reasons[0].text


def test_the_reason_of_an_override_holds_no_name() -> None:
    with pytest.raises(CannotOverride, match="without the patient's name"):
        over(late(), "ice", "I-B4", reason="Rivera knows the risk")


def test_overriding_twice_keeps_the_first() -> None:
    version = late()
    over(version, "ice", "I-B4")
    over(version, "ice", "I-B4", reason="Another reason.")
    assert Override.objects.get().reason == WHY


# --- what cannot ---------------------------------------------------------------------------------------

NEVER = {
    "I-N1": ({"poor_circulation": True}, "ice"),
    "I-N4": ({"area_numb": True}, "ice"),
    "H-N4": ({"diabetes_neuropathy": True}, "heat"),
    "I-C2": ({"diabetes": True}, "ice"),
    "S-C1": ({"area_warm": True}, "stretching"),
    "S-N1": ({"pain_severe": True}, "stretching"),
    "I-U": ({"raynauds": None}, "ice"),
    "3.2": ({"saddle_numbness": True}, "ice"),
    "S-R": ({"cancer_history": True}, "stretching"),
    "": ({}, "ice"),
}


@pytest.mark.parametrize("rule", NEVER)
def test_every_other_rule_stays(rule: str) -> None:
    findings, modality = NEVER[rule]
    with pytest.raises(CannotOverride, match="cannot be overridden"):
        over(make_ready_draft(findings=findings, items=()), modality, rule)


@pytest.mark.parametrize(
    ("modality", "rule"), [("ice", "I-B3"), ("heat", "I-B4"), ("stretching", "I-B4"), ("massage", "I-B4"), ("", "I-B4")]
)
def test_a_rule_that_does_not_stand_is_not_overridden(modality: str, rule: str) -> None:
    with pytest.raises(CannotOverride, match="does not stand"):
        over(late(), modality, rule)


def test_a_timing_rule_beside_a_bar_is_not_overridden() -> None:
    with pytest.raises(CannotOverride, match="another one does as well"):
        over(late(findings={"area_numb": True}), "ice", "I-B4")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR, Role.OWNER])
def test_only_a_clinician_overrides(role: Role) -> None:
    with pytest.raises(CannotOverride, match="Only a clinician"):
        over(late(), "ice", "I-B4", by=make_staff(roles=(role,)))


def test_an_override_needs_a_reason() -> None:
    with pytest.raises(CannotOverride, match="Write your reason"):
        over(late(), "ice", "I-B4", reason=" ")


def test_a_refused_override_leaves_an_event() -> None:
    with pytest.raises(CannotOverride):
        over(late(), "ice", "I-N4")
    assert AuditEvent.objects.get(action="refused").detail == "override I-N4"


# --- what an override is worth --------------------------------------------------------------------------


def test_an_overridden_modality_can_be_added() -> None:
    ice, version = make_instruction_version(kind="ice"), late()
    over(version, "ice", "I-B4")
    add_item(version, ice.instruction_id, assessment=assess(version), today=Clinic.load().today())
    assert version.items.get().instruction_version == ice


def test_an_overridden_modality_is_not_added_to_another_draft() -> None:
    ice, version = make_instruction_version(kind="ice"), late()
    over(late(), "ice", "I-B4")
    with pytest.raises(CannotAdd):
        add_item(version, ice.instruction_id, assessment=assess(version), today=Clinic.load().today())


def overridden() -> PlanVersion:
    version = late()
    make_item(version=version, kind="ice")
    over(version, "ice", "I-B4")
    return acknowledge_all(version)


def test_an_overridden_item_is_issued() -> None:
    assert not issue(overridden()).is_draft


def test_the_issued_item_keeps_what_the_rules_said() -> None:
    assert issue(overridden()).items.get().verdict == Verdict.NOT_SUITABLE


def test_the_limits_of_what_was_overridden_are_printed() -> None:
    assert limits_of(issue(overridden()), Modality.ICE.value)


def test_a_newer_screening_asks_for_a_new_override() -> None:
    version = overridden()
    make_screening(patient=version.plan.patient, onset_days=30)
    with pytest.raises(IssueRefused):
        issue(version)


def test_an_overridden_caution_needs_no_tick() -> None:
    version = make_ready_draft(findings={"area_pale": True}, items=[{"kind": "ice"}])
    over(version, "ice", "I-C1")
    assert not issue(version).is_draft


def test_a_caution_beside_an_overridden_bar_is_still_to_be_read() -> None:
    version = late(findings={"diabetes": True})
    make_item(version=version, kind="ice")
    over(version, "ice", "I-B4")
    assert [problem.rule for problem in assess(version).problems] == ["I-C2"]


def test_a_bar_that_comes_later_is_not_overridden_with_it() -> None:
    version = make_ready_draft(onset_days=17, items=[{"kind": "ice"}])
    version.items.update(until_date=Clinic.load().today() + timedelta(days=9))
    over(version, "ice", "I-B3")
    assert "I-B4" in [problem.rule for problem in assess(version).problems]


# --- the builder ---------------------------------------------------------------------------------------


def build(client: Client, version: PlanVersion, action: str = "", **typed: Any) -> str:
    address = reverse("plan_build", args=[version.pk])
    if not action:
        return client.get(address).content.decode()
    return client.post(address, builder_post(version, action, **typed), follow=True).content.decode()


def test_the_builder_offers_the_override_of_a_timing_rule(client: Client) -> None:
    sign_in(client, Role.CLINICIAN)
    assert 'value="override:ice:I-B4"' in build(client, late())


def test_the_builder_offers_it_to_clinicians_only(client: Client) -> None:
    sign_in(client, Role.FRONT_DESK)
    assert "override:" not in build(client, late())


@pytest.mark.parametrize("rule", [rule for rule in NEVER if rule])
def test_the_builder_has_no_button_for_another_rule(client: Client, rule: str) -> None:
    sign_in(client, Role.CLINICIAN)
    findings, modality = NEVER[rule]
    page = build(client, make_ready_draft(findings=findings, items=()))
    assert f"override:{modality}:{rule}" not in page


def test_an_override_is_made_on_the_builder(client: Client) -> None:
    sign_in(client, Role.CLINICIAN)
    version = late()
    build(client, version, "override:ice:I-B4", **{"reason:ice:I-B4": WHY})
    assert Override.objects.get().version == version


def test_an_override_without_words_says_what_is_missing(client: Client) -> None:
    sign_in(client, Role.CLINICIAN)
    assert "Write your reason, then press again." in build(client, late(), "override:ice:I-B4")


@pytest.mark.parametrize("rule", [rule for rule in NEVER if rule])
def test_a_crafted_override_is_refused_with_a_sentence(client: Client, rule: str) -> None:
    sign_in(client, Role.CLINICIAN)
    findings, modality = NEVER[rule]
    version = make_ready_draft(findings=findings, items=())
    page = build(client, version, f"override:{modality}:{rule}", **{f"reason:{modality}:{rule}": WHY})
    assert "This rule cannot be overridden." in page


def test_a_crafted_override_leaves_an_event(client: Client) -> None:
    sign_in(client, Role.FRONT_DESK)
    build(client, late(), "override:ice:I-B4", **{"reason:ice:I-B4": WHY})
    assert AuditEvent.objects.filter(action="refused", detail="override I-B4").exists()


def test_the_page_of_the_version_shows_the_override_to_staff(client: Client) -> None:
    version = issue(overridden())
    sign_in(client, Role.FRONT_DESK)
    assert WHY in client.get(reverse("plan_version", args=[version.pk])).content.decode()


def test_a_draft_that_stands_on_a_newer_screening_shows_the_rule_again(client: Client) -> None:
    version = late()
    make_override(version=version, screening=Screening.objects.newest_of(version.plan.patient))
    make_screening(patient=version.plan.patient, onset_days=30)
    sign_in(client, Role.CLINICIAN)
    assert 'value="override:ice:I-B4"' in build(client, version)
