"""What a plan stands on: the newest screening, what it says today, and what clinicians decided about it. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from intake.models import Patient, RedFlag, Screening
from intake.screening import advice_on, findings_on
from plans.models import ReviewClearance
from plans.problems import Problem
from practice.models import Clinic
from therapies.suitability import AS_SHIPPED, Advice, ClinicChoices, Level
from therapies.suitability import RedFlag as Raised
from therapies.suitability.findings import label_of

# rules.md section 3: nothing lets a plan out past these.
NEVER_CLEARED = {Level.EMERGENCY: "Emergency", Level.SAME_DAY: "To be seen today"}
BEGUN = "A newer screening is begun. Send it, or delete it; a clinician deletes one that holds answers."


@dataclass(frozen=True)
class Footing:
    """The newest sent screening seen on one day. `begun`: a newer one that is being answered."""

    screening: Screening
    advice: Advice
    findings: dict[str, object]
    clearance: ReviewClearance | None
    open_flags: tuple[RedFlag, ...]
    begun: Screening | None

    @property
    def uncleared(self) -> tuple[Raised, ...]:
        """The review flags of the day that the newest clearance does not name: a later one (R30) is not covered."""
        cleared = self.clearance.rules if self.clearance else []
        return tuple(flag for flag in self.advice.red_flags if flag.level is Level.REVIEW and flag.rule not in cleared)

    @property
    def awaits_clearance(self) -> bool:
        """Whether a clinician may clear the review now."""
        is_review = self.advice.level is Level.REVIEW and bool(self.uncleared)
        return is_review and not self.advice.unanswered and self.begun is None

    @property
    def changed_since_sent(self) -> bool:
        """Whether it was stricter on the day it was sent than the rules are on it today (somebody turned 18)."""
        eased = Level(self.screening.level).severity > self.advice.level.severity
        return eased or bool(self.screening.unanswered_count and not self.advice.unanswered)


def footing_of(patient: Patient, today: date, choices: ClinicChoices = AS_SHIPPED) -> Footing | None:
    """None when nothing was sent yet. The level and what is open do not depend on the clinic's choices."""
    screening = Screening.objects.newest_of(patient)
    if screening is None:
        return None
    screening.patient = patient
    return Footing(
        screening=screening,
        advice=advice_on(screening, today, choices),
        findings=findings_on(screening, today),
        clearance=ReviewClearance.objects.filter(screening=screening).first(),
        open_flags=tuple(RedFlag.objects.open().filter(patient=patient)),
        begun=begun_since(screening),
    )


def begun_since(sent: Screening) -> Screening | None:
    """The patient's draft with answers that are newer than this screening."""
    drafts = Screening.objects.drafts().filter(patient=sent.patient_id, saved_at__gt=sent.sent_at)
    return drafts.exclude(typed={}).first()


def footing_problems(footing: Footing, clinic: Clinic, today: date) -> Iterable[Problem]:
    """Why no plan at all can be issued on it."""
    if is_too_old(footing.screening, clinic, today):
        yield Problem("screening", too_old_words(clinic))
    if footing.begun:
        yield Problem("screening", BEGUN)
    if footing.changed_since_sent:
        yield Problem("screening", "The rules were stricter on the day of the screening. Ask the questions again.")
    yield from _of_the_level(footing)
    if footing.advice.unanswered:
        still_open = ", ".join(map(label_of, footing.advice.unanswered))
        yield Problem("unanswered", f"“Not sure” is not enough for a red-flag question. Find out about: {still_open}.")


def _of_the_level(footing: Footing) -> Iterable[Problem]:
    for flag in footing.advice.red_flags:
        if words := NEVER_CLEARED.get(flag.level):
            yield Problem(flag.rule, f"{words}: {flag.text}")
    for flag in footing.uncleared:
        yield Problem(flag.rule, f"A clinician has not cleared this review: {flag.text}")
    if footing.open_flags:
        rules = ", ".join(dict.fromkeys(flag.rule for flag in footing.open_flags))
        yield Problem("red-flag", f"A red flag is open ({rules}). A clinician closes it on the patient's page.")


def is_too_old(screening: Screening, clinic: Clinic, today: date) -> bool:
    return age_in_days(screening, clinic, today) > clinic.screening_limit_days


def too_old_words(clinic: Clinic) -> str:
    return f"The screening is more than {clinic.screening_limit_days} days old. Ask the questions again."


def age_in_days(screening: Screening, clinic: Clinic, today: date) -> int:
    """How many of the clinic's days ago the screening was sent."""
    return (today - timezone.localdate(screening.sent_at, clinic.zone)).days
