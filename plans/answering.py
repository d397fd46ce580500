"""A patient answers alone: which pages there are, which is next, and keeping one page's answers in the draft.

The draft is the one that staff may go on with, and the other way round. A page writes only the answers of its own
questions, so what somebody else typed on other pages stays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intake.asking import Group
from intake.forms_screening import ScreeningForm, page_form, pages_of
from intake.models import Patient, Screening
from intake.screening import draft_form, earlier_of
from intake.typed_answers import read_typed, typed_with_page
from plans.asking import days_on_plan
from plans.models import Plan
from plans.receiving import DraftElsewhere, ScreeningGone, keep_draft
from plans.renewing import renew_draft, seen_anew
from practice.models import User

PLAIN = frozenset({"no", "none", ""})
UNITS = {"onset_ago": "onset_unit", "temperature": "temperature_unit"}
# A label that goes on from the field before it.
ALONE = {
    "onset_ago": gettext_lazy("It began about this long ago"),
    "onset_is_minimum": gettext_lazy("Longer than that?"),
}


@dataclass(frozen=True)
class Shown:
    """An answer to read again before sending, and the page to change it on."""

    question: str
    answer: str
    page: str


@dataclass(frozen=True)
class Sitting:
    """One patient in front of the questions: the draft as it stands, and its pages in order."""

    patient: Patient
    draft: Screening
    today: date
    plan_days: int | None
    private_only: bool = False

    @cached_property
    def pages(self) -> tuple[Group, ...]:
        """The pages that matter by what was answered so far."""
        pages = pages_of(
            self.draft.typed,
            born=self.patient.birth_date,
            today=self.today,
            plan_days=self.plan_days,
            earlier=earlier_of(self.draft.based_on),
        )
        return tuple(page for page in pages if page.private or not self.private_only)

    def form(self, page: Group, data: QueryDict | None = None) -> ScreeningForm:
        return page_form(
            page,
            data,
            typed=self.draft.typed,
            born=self.patient.birth_date,
            today=self.today,
            plan_days=self.plan_days,
            earlier=earlier_of(self.draft.based_on),
        )

    @cached_property
    def whole_form(self) -> ScreeningForm:
        """Everything that was answered on all pages, checked together."""
        form = draft_form(self.draft, self.today, plan_days=self.plan_days)
        form.is_valid()
        return form

    @cached_property
    def open_pages(self) -> tuple[Group, ...]:
        """The pages on which something is still to be answered, or to be mended."""
        wrong = set(self.whole_form.errors)
        return tuple(page for page in self.pages if wrong.intersection(page.names))

    def not_asked(self, page: Group) -> tuple[str, ...]:
        """The fields of the page that do not matter by what was answered so far."""
        return tuple(name for name in self.whole_form.not_asked() if name in page.names)

    def to_read(self) -> tuple[Shown, ...]:
        """What was answered, but for the plain no, in the order asked."""
        return tuple(
            Shown(str(ALONE.get(name, self.whole_form.fields[name].label)), said, page.slug)
            for page in self.pages
            for name in page.names
            if (said := self._said(name))
        )

    def _said(self, name: str) -> str:
        fields, typed = self.whole_form.fields, self.draft.typed
        if name not in fields or name in UNITS.values() or name in self.whole_form.not_asked():
            return ""
        said = _words(fields[name], typed.get(name))
        unit = UNITS.get(name)
        return f"{said} {_words(fields[unit], typed.get(unit))}".strip() if said and unit else said


def sit_down(
    patient: Patient,
    *,
    by: User,
    today: date,
    draft_id: str = "",
    again: bool = False,
    private_only: bool = False,
    looks: bool = False,
    goes_on: bool = False,
) -> Sitting:
    """The patient's draft, or a new one that is not stored before it holds an answer.

    `draft_id` is the draft that a page was drawn from: raises ScreeningGone when it was sent meanwhile. With `again`
    a new draft stands on the newest sent screening and asks what can change. A draft of an earlier day
    asks again what can change: who only `looks` sees it so, and a page that `goes_on` from there stores it so. A page
    from before that is left to keep_draft().
    """
    _refuse_sent(draft_id, patient)
    drafts = Screening.objects.drafts().select_related("based_on")
    draft = drafts.filter(patient=patient).first() or _new_draft(patient, draft_id, by=by, again=again)
    if goes_on:
        draft = renew_draft(draft, by=by, today=today)
    elif looks:
        draft = seen_anew(draft, today)
    draft.patient = patient
    return Sitting(patient, draft, today, days_on_plan(patient.pk, today), private_only)


def keep_page(
    sitting: Sitting, page: Group | None, posted: QueryDict, *, by: User, channel: Screening.Channel, page_id: UUID
) -> Sitting:
    """Keep this page's answers, checked or not, with the red flags that they raise: the sitting as it is then.

    No `page`: it is not among the sitting's pages any more, and what it sent is kept all the same. Raises
    BegunEarlier when the page or the draft is from before today.
    """
    typed = typed_with_page(sitting.draft.typed, posted, sitting.form(page).fields if page else ())
    drawn = revision_of(posted)
    try:
        keep_draft(sitting.draft, typed, by=by, today=sitting.today, channel=channel, page=page_id, drawn=drawn)
    except DraftElsewhere as elsewhere:
        # Somebody typed between reading and keeping: this page's answers go onto what stands there now.
        elsewhere.draft.patient = sitting.patient
        there = replace(sitting, draft=elsewhere.draft)
        return keep_page(there, page, posted, by=by, channel=channel, page_id=page_id)
    sitting.draft.typed = typed
    return replace(sitting)


def revision_of(posted: QueryDict) -> int:
    """The revision that a page was drawn from; 0 is a page from before anything was kept."""
    try:
        return int(posted.get("revision", "0"))
    except ValueError:
        return 0


def changed_elsewhere(
    sitting: Sitting, page: Group, posted: QueryDict, *, page_id: UUID | None
) -> tuple[tuple[str, str], ...]:
    """(question, stored answer) for each question of this page that somebody else answered otherwise meanwhile."""
    draft = sitting.draft
    if draft._state.adding or str(draft.revision) == posted.get("revision") or draft.page == page_id:
        return ()
    typed = read_typed(posted)
    return tuple(
        (str(field.label), _words(field, stored) or _("No"))
        for name, field in sitting.form(page).fields.items()
        if (stored := draft.typed.get(name)) and stored != typed.get(name)
    )


def answering_patient(user: User) -> Patient | None:
    """Whom this person answers for: the patient of the plan that they see, else the one whose record they may open."""
    plans = Plan.objects.of_user(user).filter(current__isnull=False).select_related("patient")
    # "active" sorts before "ended": the order of the plan page.
    plan = plans.order_by("status", "-started_at").first()
    return plan.patient if plan else Patient.objects.visible_to(user).first()


def _refuse_sent(draft_id: str, patient: Patient) -> None:
    if not draft_id:
        return
    try:
        sent = Screening.objects.sent().filter(pk=UUID(draft_id)).first()
    except ValueError as error:
        raise ScreeningGone from error
    if sent is not None:
        raise ScreeningGone(sent if sent.patient_id == patient.pk else None)


def _new_draft(patient: Patient, draft_id: str, *, by: User, again: bool) -> Screening:
    based_on = Screening.objects.newest_of(patient) if again else None
    draft = Screening(patient=patient, started_by=by, based_on=based_on)
    if draft_id:
        draft.pk = UUID(draft_id)
    return draft


def _words(field: forms.Field, typed: Any) -> str:
    """A typed answer as it stood on the page; empty for a plain no and for what was left open."""
    values = typed if isinstance(typed, list) else [typed or ""]
    if PLAIN.issuperset(values):
        return ""
    said: Mapping[str, Any] = dict(getattr(field, "choices", ()))
    if isinstance(field, forms.BooleanField):
        return _("Yes")
    return ", ".join(str(said.get(value, value)) for value in values)
