"""The people of the load test: patients with a plan on their phones, and staff who are signed in at their desks.

Made through the verbs that the pages use; staff sign in by the pages themselves, with both factors.
"""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.test import Client

from clinic_site.bench.clinic import (
    SIX,
    SIX_ITEMS,
    cookies_of,
    patient_user,
    settle,
    signed_in,
    signed_in_staff,
)
from clinic_site.bench.working import TAKEN_BACK, TICKED
from clinic_site.demo.building import gather_team
from intake.models import Patient, Screening
from plans.models import DoneToday, PlanVersion, Printing
from practice.models import AuditEvent, User
from practice.roles import Role

PASSWORD = "a long quiet river bend"
# Most people have two or three things to do.
THREE = SIX[:3]


def gather_crowd(*, patients: int, staff: int) -> dict[str, Any]:
    """Each one's cookies; of staff also whether they issue plans, which every second one does. The house is built."""
    team = gather_team(is_demo=False)
    stories = (replace(SIX_ITEMS, slug=f"crowd-{n}", family_name=f"Crowd {n}", items=THREE) for n in range(patients))
    phones = [signed_in(patient_user(story, team)) for story in stories]
    roles = [Role.CLINICIAN if n % 2 == 0 else Role.FRONT_DESK for n in range(staff)]
    desks = [_at_a_desk(n, role) for n, role in enumerate(roles)]
    settle()
    return {
        "patients": [cookies_of(each) for each in phones],
        "staff": [
            {"user": str(user.pk), "cookies": cookies_of(client), "issues": role is Role.CLINICIAN}
            for (user, client), role in zip(desks, roles, strict=True)
        ],
    }


def _at_a_desk(number: int, role: Role) -> tuple[User, Client]:
    user = User.objects.create_staff(f"crowd-{number}", PASSWORD, display_name=f"Staff {number}")
    user.groups.add(Group.objects.get(name=role.value))
    return user, signed_in_staff(user, PASSWORD)


def compare(file: Path) -> dict[str, int]:
    """What the database lacks of the acknowledged writes that `file` tells of, and what it holds more often."""
    told: dict[str, dict[str, list[str]]] = json.loads(file.read_text())
    lost, twice = DoneToday.objects.filter(item__in=map(UUID, told[TAKEN_BACK]["done"])).count(), 0
    for kind, (rows, column) in _kept().items():
        asked, done = Counter(told[kind]["asked"]), Counter(told[kind]["done"])
        kept = Counter(map(str, rows.filter(**{f"{column}__in": list(asked)}).values_list(column, flat=True)))
        lost += (done - kept).total()
        twice += (kept - asked).total()
    return {"lost_writes": lost, "double_writes": twice}


def _kept() -> dict[str, tuple[QuerySet[Any], str]]:
    """Of each kind of write the rows, and the column that tells which write made them."""
    searches = AuditEvent.objects.filter(action=AuditEvent.Action.SEARCHED).exclude(detail__startswith="registering")
    return {
        TICKED: (DoneToday.objects.all(), "item"),
        "searched": (searches, "actor"),
        "registered": (Patient.objects.all(), "family_name"),
        "screened": (Screening.objects.sent(), "patient"),
        "issued": (PlanVersion.objects.issued(), "plan__patient"),
        "printed": (Printing.objects.all(), "version"),
    }
