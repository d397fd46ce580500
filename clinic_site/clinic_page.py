"""/desk/clinic/: everything that runs the clinic on one page, and what of it waits for the owner."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from clinic_site.keeping.proving import last_misfit, newest_proof
from intake.restricting import openings_unseen_by, standing_restrictions
from plans.models_keeping import KeepOrder
from practice.access import StaffRequest, staff_may
from practice.models import AuditEvent, Clinic, SwitchDecision, User
from practice.roles import May
from therapies.rule_set import rule_set
from therapies.sign_off import Capacity, signatures

# A night's backup that is missing shows on the second day. The record is proved after each.
BACKUP_IS_OLD = timedelta(hours=36)
PROOF_IS_OLD = timedelta(days=8)
# Somebody has to see it, though the next night's proof may know of nothing.
MISFIT_IS_SHOWN = timedelta(days=31)


@dataclass(frozen=True)
class Matter:
    """Something an owner sees to: what it is, how it stands, and whether it waits for somebody."""

    title: str
    icon: str
    what: str
    stands: str = ""
    waits: bool = False
    # Empty where nothing can be done about it in a browser.
    url: str = ""


@require_safe
@staff_may(May.RUN_CLINIC)
def clinic_home(request: StaffRequest) -> HttpResponse:
    return render(request, "practice/clinic.html", {"matters": matters(request.clinic, request.user)})


def matters(clinic: Clinic, owner: User) -> list[Matter]:
    """What there is to run, the most asked for first."""
    return [
        _details(clinic),
        _staff(),
        _rules(clinic),
        _switches(),
        _record(),
        _restricted(owner),
        _backup(),
        _kept(),
        _erasing(),
    ]


def _details(clinic: Clinic) -> Matter:
    return Matter(
        "Details",
        "building-2",
        "Name, address, telephone and hours, as they stand on every sheet; paper and time zone.",
        "" if clinic.can_be_called else "Fill in the telephone, the hours and what to do when you are closed.",
        waits=not clinic.can_be_called,
        url=reverse("admin:practice_clinic_changelist"),
    )


def _staff() -> Matter:
    count = User.objects.filter(kind=User.Kind.STAFF, is_active=True).count()
    what = "Invite somebody, change roles, end sessions, see who has left."
    return Matter("Staff", "users", what, f"{_counted(count, 'person', 'people')}.", url=reverse("staff"))


def _rules(clinic: Clinic) -> Matter:
    missing = [capacity.label for capacity in Capacity if capacity not in signatures(rule_set(clinic))]
    return Matter(
        "Rules",
        "scale",
        "All that decides what is safe, on one page to read and sign.",
        f"Nothing can be issued until it is signed {' and '.join(missing)}." if missing else "Signed.",
        waits=bool(missing),
        url=reverse("rules"),
    )


def _switches() -> Matter:
    on, asked = SwitchDecision.objects.on().count(), SwitchDecision.objects.not_ended().count()
    stands = f"{on} on" if on else "All off"
    waiting = f", {asked - on} waiting for a clinician's signature" if asked > on else ""
    what = "What the clinic may allow on top, each one asked for and signed."
    return Matter("Switches", "toggle-right", what, f"{stands}{waiting}.", waits=asked > on, url=reverse("switches"))


def _record() -> Matter:
    what = "Who did or looked at what, when and from where. To read, filter and take out."
    newest, misfit = newest_proof(), last_misfit(timezone.now() - MISFIT_IS_SHOWN)
    waits = newest is None or misfit is not None or _is_old(newest)
    return Matter("The record", "scroll-text", what, _proved(newest, misfit), waits=waits, url=reverse("events"))


def _is_old(proof: AuditEvent) -> bool:
    return timezone.now() - proof.at > PROOF_IS_OLD


def _proved(newest: AuditEvent | None, misfit: AuditEvent | None) -> str:
    if misfit:
        return (
            f"When it was proved ({_moment(misfit.at)}), something did not fit: the record or a backup was changed or"
            " damaged, a key was missing, or an older backup had been restored. Ask who runs the server."
        )
    if newest is None:
        return "Nobody has proved yet that it is as it was written. Who runs the server sees to it."
    said = f"Proved to be as it was written ({_moment(newest.at)})."
    return f"{said} That is too long ago: who runs the server sees to it." if _is_old(newest) else said


def _restricted(owner: User) -> Matter:
    unseen = openings_unseen_by(owner)
    standing = _counted(standing_restrictions().count(), "record", "records")
    new = f", opened {_counted(unseen, 'time', 'times')} by others since you looked" if unseen else ""
    what = "Records that only those named may open, and who opened one all the same."
    return Matter(
        "Restricted records", "lock", what, f"{standing}{new}.", waits=bool(unseen), url=reverse("restricted_records")
    )


def _backup() -> Matter:
    newest = AuditEvent.objects.filter(action=AuditEvent.Action.BACKED_UP).order_by("-id").first()
    return Matter(
        "Backup",
        "database-backup",
        "Made by the server each night, encrypted and read back. Who runs the server sees to it.",
        f"There is one ({_moment(newest.at)})." if newest else "There is none yet.",
        waits=newest is None or timezone.now() - newest.at > BACKUP_IS_OLD,
    )


def _kept() -> Matter:
    standing = KeepOrder.objects.standing().count()
    what = "Records that a dispute or a court asks for: nobody erases them meanwhile."
    stands = f"{_counted(standing, 'record', 'records')}." if standing else ""
    return Matter("Kept longer", "archive", what, stands, url=reverse("keep"))


def _erasing() -> Matter:
    what = "Take a record away for good, once the law no longer keeps it."
    return Matter("Erase", "eraser", what, url=reverse("erase"))


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "N j, Y, P")


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
