"""Plans for tests: keyword-only, plain defaults; a test names only what it is about."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from intake.models import Patient, Screening
from intake.tests.factories import make_clinician, make_patient, make_screening
from plans.confirming import to_confirm
from plans.models import Acknowledgement, Plan, PlanItem, PlanVersion
from practice.models import Clinic, User
from therapies.dose import DOSE_FIELDS, NUMBERS
from therapies.models import InstructionVersion
from therapies.suitability import Verdict
from therapies.suitability.verdicts import ModalityRecord, ReasonRecord
from therapies.tests.factories import make_instruction_version

USUAL_DAYS = 13
# A rule of ice that gives this verdict.
DECIDING = {"suitable": "I-B1", "caution": "I-C1", "not_suitable": "I-B4"}
# Ice ends on day 13, before it needs caution, and a screening of these tests began on day 10.
ICE_DAYS = 3


def make_plan(*, patient: Patient | None = None) -> Plan:
    """The patient's open plan; a new one when there is none."""
    patient = patient or make_patient()
    return Plan.objects.filter(patient=patient, status__in=Plan.OPEN).first() or Plan.objects.create(patient=patient)


def make_draft(
    *, plan: Plan | None = None, patient: Patient | None = None, by: User | None = None, **fields: Any
) -> PlanVersion:
    """The plan's next version, an empty draft."""
    plan = plan or make_plan(patient=patient)
    defaults = {"number": plan.versions.count() + 1, "changed_by": by or make_clinician()}
    return PlanVersion.objects.create(plan=plan, **(defaults | fields))


def make_item(
    *,
    version: PlanVersion,
    instruction_version: InstructionVersion | None = None,
    title: str = "Knee to chest",
    kind: str = "stretching",
    text: Mapping[str, Any] | None = None,
    **fields: Any,
) -> PlanItem:
    """The next item of a draft, for two weeks (ice: shorter) from today with its instruction's dose, unless told."""
    shown = instruction_version or make_instruction_version(kind=kind, title=title, text=dict(text or {}))
    today = Clinic.load().today()
    defaults: dict[str, Any] = {name: getattr(shown, name) for name in DOSE_FIELDS}
    defaults |= {"position": version.items.count() + 1, "from_date": today}
    days = ICE_DAYS if shown.kind == "ice" else USUAL_DAYS
    defaults |= {"until_date": fields.get("from_date", today) + timedelta(days=days)}
    return PlanItem.objects.create(version=version, instruction_version=shown, **(defaults | fields))


def freeze(version: PlanVersion, *, findings: dict[str, Any] | None = None, by: User | None = None) -> PlanVersion:
    """Make a draft the patient's current version as issue_plan() would, whatever the rules say of it."""
    screening = make_screening(patient=version.plan.patient, findings=findings)
    version.items.update(verdict=Verdict.SUITABLE.value)
    _confirm(version, screening)
    PlanVersion.objects.filter(pk=version.pk).update(
        status=PlanVersion.Status.ISSUED,
        issued_at=timezone.now(),
        issued_on=Clinic.load().today(),
        issued_by=by or version.changed_by,
        screening=screening,
        level="none",
        unanswered_count=0,
        advice=advice_of(version),
    )
    Plan.objects.filter(pk=version.plan_id).update(status=Plan.Status.ACTIVE, current=version)
    return PlanVersion.objects.select_related("plan__patient", "plan__current").get(pk=version.pk)


def _confirm(version: PlanVersion, screening: Screening) -> None:
    """As if a clinician had asked what the screening does not."""
    items = version.items.select_related("instruction_version__instruction__therapy")
    for modality, reason in to_confirm(items):
        Acknowledgement.objects.create(
            version=version,
            screening=screening,
            modality=modality.value,
            rule=reason.rule,
            text=reason.text,
            by=version.changed_by,
        )


def advice_of(version: PlanVersion) -> dict[str, ModalityRecord]:
    """An advice to keep that says of each kind what its item says, with one reason for it."""
    items = version.items.select_related("instruction_version__instruction__therapy")
    return {
        item.instruction_version.kind: ModalityRecord(verdict=item.verdict, reasons=[_reason(item)], limits=[])
        for item in items
        if item.verdict and not item.gated
    }


def _reason(item: PlanItem) -> ReasonRecord:
    return ReasonRecord(rule=DECIDING[item.verdict], verdict=item.verdict, text="Read.", source="")


def make_issued(
    *,
    patient: Patient | None = None,
    items: Sequence[Mapping[str, Any]] = ({},),
    findings: dict[str, Any] | None = None,
    **fields: Any,
) -> PlanVersion:
    """The patient's current version, with one item for each mapping of make_item()'s arguments."""
    version = make_draft(patient=patient, **fields)
    for item in items:
        make_item(version=version, **item)
    return freeze(version, findings=findings)


def end(version: PlanVersion) -> Plan:
    """End the plan of this version today."""
    Plan.objects.filter(pk=version.plan_id).update(
        status=Plan.Status.ENDED, ended_at=timezone.now(), ended_by=version.issued_by
    )
    return Plan.objects.get(pk=version.plan_id)


def make_ready_draft(
    *,
    patient: Patient | None = None,
    items: Sequence[Mapping[str, Any]] = ({"kind": "ice"}, {}),
    findings: dict[str, Any] | None = None,
    onset_days: int | None = 10,
    by: User | None = None,
    **fields: Any,
) -> PlanVersion:
    """A draft on a screening of today, with one item for each mapping: with plain answers it can be issued."""
    patient = patient or make_patient()
    make_screening(patient=patient, findings=findings, onset_days=onset_days)
    version = make_draft(patient=patient, by=by, **fields)
    for item in items:
        make_item(version=version, **item)
    return version


def builder_post(version: PlanVersion, action: str = "save", **fields: Any) -> dict[str, Any]:
    """What the builder's page sends for the draft as it is stored now, with `fields` typed over it."""
    stored = PlanVersion.objects.get(pk=version.pk)
    data: dict[str, Any] = {"revision": stored.revision, "action": action}
    drawn: dict[str, Any] = {"note": stored.note}
    for item in stored.items.all():
        data[f"{item.pk}-title"] = item.instruction_version.texts.get(language="en").title
        for name in (*NUMBERS, "note"):
            drawn[f"{item.pk}-{name}"] = "" if getattr(item, name) is None else getattr(item, name)
        for name in ("from_date", "until_date"):
            drawn[f"{item.pk}-{name}"] = f"{getattr(item, name):%m/%d/%Y}"
    return data | drawn | {f"initial-{name}": value for name, value in drawn.items()} | fields
