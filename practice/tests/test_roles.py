"""Who may do what: the table, the groups that carry it, and the first owner."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command

from practice.inviting import accept
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
def test_djangos_own_superuser_reaches_nothing_more() -> None:
    user = make_staff(Role.EDITOR)
    user.is_superuser = True
    assert (user.is_staff, user.may(May.RUN_CLINIC)) == (False, False)


def test_nobody_is_made_a_superuser() -> None:
    with pytest.raises(CommandError, match="Make an owner"):
        call_command("createsuperuser")


@pytest.mark.django_db
def test_make_roles_makes_each_role_once() -> None:
    call_command("make_roles", stdout=StringIO())
    call_command("make_roles", stdout=StringIO())
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(Role)


@pytest.mark.django_db
def test_only_the_owner_has_permissions_in_the_admin() -> None:
    call_command("make_roles", stdout=StringIO())
    assert set(Group.objects.filter(permissions__isnull=False).values_list("name", flat=True)) == {Role.OWNER}


def command_made(username: str = "ana", **options: object) -> str:
    """What the command shows."""
    said = StringIO()
    call_command("make_owner", username, stdout=said, stderr=StringIO(), **options)
    return said.getvalue()


@pytest.mark.django_db
def test_the_first_owner_is_made_at_the_command_line() -> None:
    command_made(name="Ana Ruiz")
    assert User.objects.get(username="ana").roles == {Role.OWNER}


@pytest.mark.django_db
def test_the_owner_comes_in_by_the_code_that_was_shown() -> None:
    code = next(line.strip() for line in command_made().splitlines() if line.startswith("    "))
    assert accept(code, password=PASSWORD) == User.objects.get(username="ana")


@pytest.mark.django_db
@pytest.mark.requirement("ASVS 6.3.2")
def test_an_owner_who_was_made_has_no_password_yet() -> None:
    command_made()
    assert not User.objects.get(username="ana").has_usable_password()


@pytest.mark.django_db
def test_making_an_owner_is_recorded() -> None:
    command_made()
    assert AuditEvent.objects.get(action="invited").object_id == str(User.objects.get(username="ana").pk)


@pytest.mark.django_db
def test_an_owner_who_lost_everything_is_invited_again() -> None:
    command_made()
    assert "invited again" in command_made(anew=True)


@pytest.mark.django_db
def test_only_an_owner_is_invited_again_at_the_command_line() -> None:
    make_staff(Role.EDITOR)
    with pytest.raises(CommandError, match="no owner named ana"):
        command_made(anew=True)


@pytest.mark.django_db
@pytest.mark.parametrize("username", ["Ana", "a", "ana ruiz", "1ana"])
def test_a_poor_user_name_makes_no_owner(username: str) -> None:
    with pytest.raises(CommandError, match="small letters"):
        command_made(username)


@pytest.mark.django_db
def test_a_user_name_that_is_taken_makes_no_owner() -> None:
    make_staff(Role.EDITOR)
    with pytest.raises(CommandError, match="a user named ana already"):
        command_made()
