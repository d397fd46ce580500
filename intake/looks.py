"""Who looked at a patient's record, as it is told to the patient: by day and person, in plain words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from intake.models import Patient, PatientAccess
from practice.models import AuditEvent, Clinic, User
from practice.roles import Role

MOST = 5_000
Action = AuditEvent.Action

# What was refused is left out: nothing was seen. In the order in which they are told.
DEEDS = {
    Action.BROKE_GLASS: _("opened your protected record, and said why"),
    Action.OPENED: _("looked at your record"),
    Action.PRINTED: _("printed pages about you"),
    Action.EXPORTED: _("made a copy of your record"),
    Action.REGISTERED: _("put you on our list of patients"),
    Action.CHANGED: _("changed something in your record"),
    Action.SCREENED: _("sent in your answers"),
    Action.OVERRODE: _("decided something about your plan"),
    Action.ISSUED: _("gave you a plan"),
    Action.ENDED: _("ended your plan"),
    Action.SIGNED: _("signed your plan"),
    Action.CODES_MADE: _("made codes for you to sign in"),
    Action.RESTRICTED: _("changed who may open your record"),
    Action.ACCESS_GIVEN: _("let somebody else see your plan"),
    Action.ACCESS_TAKEN: _("ended what somebody else could see"),
    Action.SESSION_ENDED: _("signed a device out"),
}
ROLES = {
    Role.FRONT_DESK: _("front desk"),
    Role.CLINICIAN: _("clinician"),
    Role.EDITOR: _("editor"),
    Role.OWNER: _("owner of the clinic"),
}
THE_PATIENT, A_PROXY, THE_PROGRAM = _("You"), _("Somebody who may see your plan"), _("Our computer, by itself")


@dataclass(frozen=True)
class Look:
    """What one person did on one day, in the language that is spoken while it is made."""

    day: str
    who: str
    role: str
    deeds: tuple[str, ...]


def looks_at(patient: Patient, clinic: Clinic) -> tuple[Look, ...]:
    """The newest day first; of more than MOST events the oldest are left out."""
    events = AuditEvent.objects.filter(patient_id=patient.pk, action__in=DEEDS).order_by("-at")
    done: dict[tuple[date, UUID | None], set[str]] = {}
    for at, actor, action in events.values_list("at", "actor_id", "action")[:MOST]:
        done.setdefault((timezone.localdate(at, clinic.zone), actor), set()).add(action)
    names: dict[UUID | None, tuple[str, str]] = dict(_names({actor for _day, actor in done if actor}, patient))
    names[None] = str(THE_PROGRAM), ""
    return tuple(
        Look(date_format(day, "DATE_FORMAT"), *names[actor], tuple(_in_words(actions)))
        for (day, actor), actions in done.items()
    )


def _in_words(actions: set[str]) -> Iterator[str]:
    return (str(words) for action, words in DEEDS.items() if action in actions)


def _names(people: Iterable[UUID], patient: Patient) -> Iterator[tuple[UUID, tuple[str, str]]]:
    """Each person's name, and what they are here."""
    own = PatientAccess.objects.filter(patient=patient, relation=PatientAccess.Relation.SELF)
    the_patient = own.values_list("user_id", flat=True).first()
    for person in User.objects.filter(pk__in=people).prefetch_related("groups"):
        if person.pk == the_patient:
            yield person.pk, (str(THE_PATIENT), "")
        elif not person.works_here:
            yield person.pk, (str(A_PROXY), person.display_name)
        else:
            yield person.pk, (str(person), ", ".join(_roles(person)))


def _roles(person: User) -> Iterator[str]:
    held = {group.name for group in person.groups.all()}
    return (str(words) for role, words in ROLES.items() if role.value in held)
