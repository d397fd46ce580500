"""Signing the rule set: an owner and a clinician, for what they read and nothing else."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from practice.models import AuditEvent, Clinic, User
from practice.roles import Role
from practice.tests.test_roles import make_staff
from therapies.models import RuleSignOff
from therapies.rule_set import rule_set
from therapies.sign_off import Capacity, SignOffError, issuing_waits, rule_set_is_signed, sign_rule_set
from therapies.tests.factories import make_instruction_version

pytestmark = pytest.mark.django_db
WAITS = "The rule set waits for the signatures"


def somebody(*roles: Role) -> User:
    return make_staff(*roles, username=f"user-{uuid4()}")


def sign(capacity: RuleSignOff.Capacity, by: User | None = None, read_hash: str = "") -> RuleSignOff:
    clinic = Clinic.load()
    signer = by or somebody(Role(capacity.value))
    return sign_rule_set(capacity, by=signer, clinic=clinic, read_hash=read_hash or rule_set(clinic).hash)


def sign_both() -> None:
    for capacity in Capacity:
        sign(capacity)


def is_signed() -> bool:
    return rule_set_is_signed(Clinic.load())


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="practice.backends.SteadyBackend")
    return client


def rules_page(user: User) -> str:
    return str(signed_in(user).get(reverse("rules")).content.decode())


# --- signing ------------------------------------------------------------------------------------------------


def test_a_new_clinic_has_signed_nothing() -> None:
    assert not is_signed()


def test_both_signatures_make_it_signed() -> None:
    sign_both()
    assert is_signed()


@pytest.mark.parametrize("capacity", Capacity)
def test_one_signature_is_not_enough(capacity: RuleSignOff.Capacity) -> None:
    sign(capacity)
    assert not is_signed()


def test_two_signatures_of_clinicians_are_one() -> None:
    first = sign(Capacity.CLINICIAN)
    assert sign(Capacity.CLINICIAN) == first


def sign_alone() -> User:
    both = somebody(Role.OWNER, Role.CLINICIAN)
    for capacity in Capacity:
        sign(capacity, by=both)
    return both


def test_somebody_who_is_both_signs_twice() -> None:
    sign_alone()
    assert is_signed()


def test_the_page_says_that_one_person_signed_in_both_capacities() -> None:
    both = sign_alone()
    assert f"One person signed in both capacities: {both}." in rules_page(both)


def test_the_page_says_so_of_no_two_people() -> None:
    sign_both()
    assert "in both capacities" not in rules_page(somebody(Role.OWNER))


def test_the_page_says_so_of_no_single_signature() -> None:
    both = somebody(Role.OWNER, Role.CLINICIAN)
    sign(Capacity.OWNER, by=both)
    assert "in both capacities" not in rules_page(both)


@pytest.mark.parametrize(
    ("capacity", "role"),
    [
        (Capacity.OWNER, Role.CLINICIAN),
        (Capacity.CLINICIAN, Role.OWNER),
        (Capacity.OWNER, Role.EDITOR),
        (Capacity.CLINICIAN, Role.FRONT_DESK),
    ],
)
def test_nobody_signs_for_another_role(capacity: RuleSignOff.Capacity, role: Role) -> None:
    with pytest.raises(SignOffError, match="You cannot sign"):
        sign(capacity, by=somebody(role))


def test_somebody_who_left_signs_nothing() -> None:
    gone = make_staff(Role.OWNER, is_active=False)
    with pytest.raises(SignOffError, match="You cannot sign"):
        sign(Capacity.OWNER, by=gone)


def test_what_changed_since_it_was_read_is_not_signed() -> None:
    read = rule_set(Clinic.load()).hash
    Clinic.objects.update(screening_limit_days=3)
    with pytest.raises(SignOffError, match="changed since you opened the page"):
        sign(Capacity.OWNER, read_hash=read)


def test_a_change_asks_again() -> None:
    sign_both()
    make_instruction_version()
    assert not is_signed()


def test_a_change_that_is_taken_back_was_signed_before() -> None:
    sign_both()
    Clinic.objects.update(screening_limit_days=3)
    Clinic.objects.update(screening_limit_days=7)
    assert is_signed()


def test_a_signature_is_recorded() -> None:
    signed = sign(Capacity.OWNER)
    event = AuditEvent.objects.get(action="signed")
    assert (event.object_id, event.detail) == (str(signed.pk), f"rule set {signed.hash[:12]} as the owner")


def test_a_second_press_records_nothing() -> None:
    owner = somebody(Role.OWNER)
    sign(Capacity.OWNER, by=owner)
    sign(Capacity.OWNER, by=owner)
    assert AuditEvent.objects.filter(action="signed").count() == 1


# --- what waits for it --------------------------------------------------------------------------------------


def test_outside_the_demo_issuing_waits(settings: Settings) -> None:
    settings.DEMO = False
    assert issuing_waits(Clinic.load())


def test_issuing_waits_no_more_once_it_is_signed(settings: Settings) -> None:
    settings.DEMO = False
    sign_both()
    assert not issuing_waits(Clinic.load())


def test_the_demo_waits_for_nothing() -> None:
    assert not issuing_waits(Clinic.load())


def test_asking_takes_two_queries(settings: Settings, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    settings.DEMO = False
    clinic = Clinic.load()
    with django_assert_num_queries(2):
        issuing_waits(clinic)


@pytest.mark.parametrize("role", [Role.OWNER, Role.CLINICIAN])
def test_who_signs_is_told_on_each_desk_page(role: Role, settings: Settings) -> None:
    settings.DEMO = False
    assert WAITS in signed_in(somebody(role)).get(reverse("library")).content.decode()


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.EDITOR])
def test_nobody_else_is_told(role: Role, settings: Settings) -> None:
    settings.DEMO = False
    assert WAITS not in signed_in(somebody(role)).get(reverse("library")).content.decode()


def test_nobody_is_told_once_it_is_signed(settings: Settings) -> None:
    settings.DEMO = False
    sign_both()
    assert WAITS not in signed_in(somebody(Role.OWNER)).get(reverse("library")).content.decode()


def test_the_demo_tells_nobody() -> None:
    assert WAITS not in signed_in(somebody(Role.OWNER)).get(reverse("library")).content.decode()


# --- the page -----------------------------------------------------------------------------------------------


def page(user: User) -> str:
    return signed_in(user).get(reverse("rules")).content.decode()


def press(user: User, **typed: str) -> str:
    data = {"hash": rule_set(Clinic.load()).hash, "capacity": "owner", "read": "on"} | typed
    answer = signed_in(user).post(reverse("rules_sign"), data, follow=True)
    return str(answer.content.decode())


def test_the_page_shows_a_rule_with_its_words() -> None:
    assert "No heat where feeling is reduced" in page(somebody(Role.OWNER))


def test_the_page_offers_to_sign_in_ones_own_role_only() -> None:
    shown = page(somebody(Role.CLINICIAN))
    assert ("Sign as a clinician" in shown, "Sign as the owner" in shown) == (True, False)


def test_the_owner_signs_by_the_page() -> None:
    press(somebody(Role.OWNER))
    assert RuleSignOff.objects.get().capacity == "owner"


def test_signing_needs_the_tick() -> None:
    data = {"hash": rule_set(Clinic.load()).hash, "capacity": "owner"}
    signed_in(somebody(Role.OWNER)).post(reverse("rules_sign"), data)
    assert not RuleSignOff.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"capacity": "clinician"}, "You cannot sign as a clinician."),
        ({"capacity": "king"}, "Say whether you sign as the owner"),
        ({"hash": "0" * 64}, "changed since you opened the page"),
    ],
)
def test_what_cannot_be_signed_is_said(typed: dict[str, str], sentence: str) -> None:
    assert sentence in press(somebody(Role.OWNER), **typed)


def test_the_page_names_who_signed() -> None:
    owner = make_staff(Role.OWNER, username="owner", display_name="Olga Owner")
    sign(Capacity.OWNER, by=owner)
    assert "Olga Owner" in page(owner)


def test_the_page_names_what_changed_since() -> None:
    owner = somebody(Role.OWNER)
    sign(Capacity.OWNER, by=owner)
    Clinic.objects.update(screening_limit_days=3)
    assert "Changed since: What this clinic chose." in page(owner)


def test_the_page_is_as_many_queries_for_three_movements_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(somebody(Role.OWNER))
    for _ in range(3):
        make_instruction_version()
    client.get(reverse("rules"))
    # Session, user, clinic, roles, opened records to see; movements; signatures now and before, of each capacity.
    with django_assert_num_queries(9):
        client.get(reverse("rules"))
