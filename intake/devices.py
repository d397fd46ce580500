"""Where a patient or a proxy is signed in: the rows of the sessions, for themselves and for the desk.

A session that is ended opens nothing from the next request on: its row is gone. (OWASP ASVS 5.0: 7.4.1, 7.5.2)
"""

from django.http import HttpRequest
from django.utils import timezone

from intake.models import Patient, PatientAccess
from intake.signing_in import CHOSEN, open_to_person, what_is_shown
from practice.models import DeviceSession, User
from practice.models_sessions import DeviceSessionQuerySet
from practice.sessions_store import SessionStore


def devices_of(user: User) -> DeviceSessionQuerySet:
    """Where this person is signed in now, seen last first."""
    return DeviceSession.objects.of(user).alive(timezone.now())


def devices_of_patient(patient: Patient) -> DeviceSessionQuerySet:
    """The same for the patient and everybody who may open the patient's plan."""
    people = User.objects.filter(access__patient=patient, kind=User.Kind.PATIENT)
    return DeviceSession.objects.alive(timezone.now()).filter(user__in=people).select_related("user")


def devices_showing(patient: Patient) -> list[DeviceSession]:
    """Those that have chosen this patient: their sessions hold the patient's first name."""
    found = DeviceSession.objects.filter(user__access__patient=patient)
    return [device for device in found if _shown_on(device) == str(patient.pk)]


def show_another(access: PatientAccess) -> None:
    """Devices of a proxy that showed this patient show the next whom the person may see: no name stays behind."""
    other = open_to_person(access.user_id).first()
    for device in devices_showing(access.patient):
        if device.user_id == access.user_id and other:
            store = SessionStore()
            held = store.decode(device.session_data) | {CHOSEN: what_is_shown(other)}
            DeviceSession.objects.filter(pk=device.pk).update(session_data=store.encode(held))


def is_this_device(request: HttpRequest, device: DeviceSession) -> bool:
    row = getattr(request.session, "row", None)
    return row is not None and row.pk == device.pk


def _shown_on(device: DeviceSession) -> str:
    chosen = SessionStore().decode(device.session_data).get(CHOSEN) or {}
    return str(chosen.get("patient", ""))
