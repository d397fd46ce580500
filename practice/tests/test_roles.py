"""Who may do what: the table, the groups that carry it, and the first owner."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from practice.management.commands import make_owner
from practice.models import AuditEvent, User
from practice.roles import WHO_MAY, May, Role

PASSWORD = "slow-and-steady-wins"


def make_staff(*roles: Role, **fields: object) -> User:
    user = User.objects.create(**({"username": "ana", "display_name": "Ana Ruiz"} | fields))
    user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in roles])
    return user


def test_the_readme_shows_this_table() -> None:
    readme = (Path(settings.BASE_DIR) / "README.md").read_text(encoding="utf-8")
    rows = [["", *Role], ["---"] * (len(Role) + 1)]
    rows += [[deed, *("yes" if role in WHO_MAY[deed] else "" for role in Role)] for deed in May]
    table = "\n".join("|".join(["", *(f" {cell} " for cell in row), ""]) for row in rows)
    shown = readme.split("<!-- roles -->\n")[1].split("\n<!-- end of roles -->")[0]
    assert tidy(shown) == tidy(table)


def tidy(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.splitlines()]


@pytest.mark.parametrize("deed", May)
def test_each_deed_is_somebodys(deed: May) -> None:
    assert WHO_MAY[deed]


def test_only_a_clinician_issues() -> None:
    assert WHO_MAY[May.ISSUE_PLAN] == {Role.CLINICIAN}


@pytest.mark.django_db
@pytest.mark.parametrize("deed", May)
@pytest.mark.parametrize("role", Role)
def test_a_person_may_what_the_role_may(role: Role, deed: May) -> None:
    assert make_staff(role).may(deed) == (role in WHO_MAY[deed])


@pytest.mark.django_db
def test_two_roles_add_up() -> None:
    user = make_staff(Role.EDITOR, Role.FRONT_DESK)
    assert {deed for deed in May if user.may(deed)} > {May.PUBLISH, May.PRINT}


@pytest.mark.django_db
@pytest.mark.parametrize("deed", May)
def test_a_patient_may_none_of_it(deed: May) -> None:
    user = User.objects.create_patient_user()
    user.groups.set([Group.objects.create(name=role.value) for role in Role])
    assert not user.may(deed)


@pytest.mark.django_db
def test_somebody_who_left_may_none_of_it() -> None:
    assert not make_staff(Role.CLINICIAN, is_active=False).may(May.ISSUE_PLAN)


@pytest.mark.django_db
def test_a_group_that_is_no_role_means_nothing() -> None:
    user = make_staff()
    user.groups.add(Group.objects.create(name="gardeners"))
    assert user.roles == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_only_an_owner_reaches_the_admin(role: Role) -> None:
    assert make_staff(role).is_staff == (role is Role.OWNER)


@pytest.mark.django_db
def test_make_roles_makes_each_role_once() -> None:
    call_command("make_roles", stdout=StringIO())
    call_command("make_roles", stdout=StringIO())
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(Role)


@pytest.mark.django_db
def test_only_the_owner_has_permissions_in_the_admin() -> None:
    call_command("make_roles", stdout=StringIO())
    assert set(Group.objects.filter(permissions__isnull=False).values_list("name", flat=True)) == {Role.OWNER}


def typing(monkeypatch: pytest.MonkeyPatch, *passwords: str) -> None:
    """Somebody sits at the keyboard and types these, one after the other."""
    keyboard = iter(passwords)
    monkeypatch.setattr(make_owner, "getpass", lambda prompt: next(keyboard))


@pytest.mark.django_db
def test_the_first_owner_is_made_at_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, PASSWORD, PASSWORD)
    call_command("make_owner", "ana", name="Ana Ruiz", stdout=StringIO())
    assert User.objects.get(username="ana").roles == {Role.OWNER}


@pytest.mark.django_db
def test_the_owner_signs_in_with_the_password_that_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, PASSWORD, PASSWORD)
    call_command("make_owner", "ana", stdout=StringIO())
    assert User.objects.get(username="ana").check_password(PASSWORD)


@pytest.mark.django_db
def test_making_an_owner_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, PASSWORD, PASSWORD)
    call_command("make_owner", "ana", stdout=StringIO())
    assert AuditEvent.objects.get().object_id == str(User.objects.get(username="ana").pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ((PASSWORD, "another-password"), "differ"),
        (("short", "short"), "too short"),
        (("1qaz2wsx3edc",) * 2, "common"),
    ],
)
def test_a_poor_password_makes_no_owner(typed: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, *typed)
    with pytest.raises(CommandError, match=sentence):
        call_command("make_owner", "ana")


@pytest.mark.django_db
def test_a_user_name_that_is_taken_makes_no_owner() -> None:
    make_staff(Role.EDITOR)
    with pytest.raises(CommandError, match="a user named ana already"):
        call_command("make_owner", "ana")
