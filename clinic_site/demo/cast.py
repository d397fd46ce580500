"""The demo's clinic and the people who work there: all invented, and refused outside the demo."""

from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group

from practice.models import Clinic, StaffPin, User
from practice.roles import Role


@dataclass(frozen=True)
class Member:
    """One member of staff, with the password, and the PIN of some, that the demo prints."""

    username: str
    password: str
    display_name: str
    role: Role
    pin: str = ""


STAFF = (
    Member("desk", "slow-and-steady-desk", "Maya Brooks", Role.FRONT_DESK),
    Member("desk2", "slow-and-steady-desk-two", "Tom Keller", Role.FRONT_DESK, pin="740913"),
    Member("clinician", "slow-and-steady-care", "Dr. Ana Ruiz", Role.CLINICIAN),
    Member("clinician2", "slow-and-steady-care-two", "Dr. Samuel Osei", Role.CLINICIAN),
    Member("editor", "slow-and-steady-words", "June Albright", Role.EDITOR),
    Member("owner", "slow-and-steady-owner", "Victor Hale", Role.OWNER),
)
MEMBER_BY_USERNAME = {member.username: member for member in STAFF}


def fill_clinic() -> Clinic:
    """The clinic's row, filled in when nobody has done so yet: what a visitor changed in the demo stays."""
    clinic = Clinic.load()
    if clinic.phone:
        return clinic
    clinic.name = "Riverbend Back Clinic"
    clinic.phone = "(312) 555-0142"
    clinic.street = "48 Ferry Street"
    clinic.town = "Riverbend, Illinois"
    clinic.hours = "Monday to Friday, 8 am to 5 pm"
    clinic.after_hours = "Evenings and weekends: nurse line (312) 555-0177, or urgent care at 12 Mill Road."
    clinic.in_other_languages = {
        "es": {
            "hours": "De lunes a viernes, de 8 am a 5 pm",
            "after_hours": "Noches y fines de semana: enfermería al (312) 555-0177, o urgencias en 12 Mill Road.",
        }
    }
    clinic.save()
    return clinic


def hire(member: Member, *, is_demo: bool = True) -> User:
    """The member's user with their role; made when it is not there."""
    user = User.objects.filter(username=member.username).first()
    if user is None:
        user = User.objects.create_staff(
            member.username, member.password, display_name=member.display_name, is_demo=is_demo
        )
    user.groups.add(Group.objects.get(name=member.role.value))
    if member.pin:
        StaffPin.objects.get_or_create(user=user, defaults={"encoded": make_password(member.pin)})
    return user
