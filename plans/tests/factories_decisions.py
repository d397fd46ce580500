"""What clinicians decided, for tests: keyword-only, plain defaults."""

from typing import Any

from django.utils import timezone

from intake.models import Patient, Screening
from intake.tests.factories import make_clinician, make_patient, make_screening
from plans.building import acknowledge
from plans.checking import assess_draft
from plans.models import Acknowledgement, Override, Plan, PlanResumption, PlanVersion, ReviewClearance
from plans.tests.factories import advice_of, make_draft, make_issued, make_item, make_ready_draft
from practice.models import Clinic
from therapies.tests.factories import make_instruction_version


def make_clearance(*, screening: Screening | None = None, **fields: Any) -> ReviewClearance:
    """A clearance of a screening of level review."""
    screening = screening or make_screening(patient=make_patient(), findings={"cancer_history": True})
    defaults = {"rules": ["R22"], "reason": "Treated long ago."}
    return ReviewClearance.objects.create(screening=screening, by=make_clinician(), **(defaults | fields))


def make_override(*, version: PlanVersion | None = None, **fields: Any) -> Override:
    """An override in a draft, for the patient's newest screening."""
    return Override.objects.create(**_read(version) | {"rule": "I-B4", "reason": "It helped before."} | fields)


def make_acknowledgement(*, version: PlanVersion | None = None, **fields: Any) -> Acknowledgement:
    return Acknowledgement.objects.create(**_read(version) | {"rule": "I-C1"} | fields)


def make_resumption(*, plan: Plan | None = None, reason: str = "Examined, all is well.") -> PlanResumption:
    plan = plan or make_issued().plan
    screening = Screening.objects.newest_of(plan.patient)
    return PlanResumption.objects.create(plan=plan, screening=screening, reason=reason, by=make_clinician())


def make_judged(*, verdict: str = "suitable", item: dict[str, Any] | None = None, **fields: Any) -> PlanVersion:
    """A draft whose one item has a verdict: with plain answers it may be issued."""
    version = make_ready_draft(items=[item or {"kind": "ice"}], **fields)
    version.items.update(verdict=verdict)
    return version


def issue_past_everything(version: PlanVersion, **fields: Any) -> int:
    """What issue_plan() writes, without a single question asked."""
    now = timezone.now()
    written = {
        "status": PlanVersion.Status.ISSUED,
        "issued_at": now,
        "issued_on": Clinic.load().today(),
        "issued_by": version.changed_by,
        "screening": Screening.objects.newest_of(version.plan.patient),
        "level": "none",
        "unanswered_count": 0,
        "advice": advice_of(version),
    }
    return PlanVersion.objects.filter(pk=version.pk).update(**(written | fields))


def make_movement(
    *,
    item: dict[str, Any] | None = None,
    patient: Patient | None = None,
    findings: dict[str, Any] | None = None,
    onset_days: int | None = 10,
    **fields: Any,
) -> PlanVersion:
    """A draft of one movement, with what its instruction says (`fields`), on findings that raise no level."""
    patient = patient or make_patient()
    make_screening(patient=patient, findings=findings, onset_days=onset_days, level="none", unanswered_count=0)
    version = make_draft(patient=patient)
    shown = make_instruction_version(**fields)
    make_item(version=version, instruction_version=shown, verdict="suitable", **(item or {}))
    return version


def avoid(condition: str) -> list[dict[str, str]]:
    """The cautions of a movement that is not for people with this."""
    return [{"condition": condition, "action": "avoid"}]


def issue_with_reasons(version: PlanVersion, *reasons: tuple[str, str]) -> int:
    """Issue a draft of one item on these (rule, verdict), the deciding one first, the nth with the text "Reason n."."""
    verdict, kind = reasons[0][1], version.items.get().instruction_version.kind
    kept = [
        {"rule": rule, "verdict": each, "text": f"Reason {number}.", "source": ""}
        for number, (rule, each) in enumerate(reasons)
    ]
    version.items.update(verdict=verdict)
    return issue_past_everything(version, advice={kind: {"verdict": verdict, "reasons": kept, "limits": []}})


def acknowledge_all(version: PlanVersion) -> PlanVersion:
    """Every caution of today read by a clinician."""
    clinic = Clinic.load()
    found = assess_draft(version, clinic=clinic, today=clinic.today())
    acknowledge(version, {each.key for each in found.to_acknowledge}, assessment=found, by=make_clinician())
    return version


def _read(version: PlanVersion | None) -> dict[str, Any]:
    version = version or make_draft()
    patient = version.plan.patient
    screening = Screening.objects.newest_of(patient) or make_screening(patient=patient)
    return {"version": version, "screening": screening, "modality": "ice", "text": "Read.", "by": make_clinician()}
