"""The screening as one form: the groups of questions.py, all of them or one page's. Answers come out as what was said.

`page_form` is the patient's page of one group, `form_of_typed` a whole draft as it was typed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intake.asking import Answer, Facts, Group, Own, Question, Said, matters
from intake.asking_again import Earlier, groups_to_ask_again, with_carried_answers
from intake.contradictions import contradictions
from intake.fields_screening import (
    NEEDED,
    NEEDED_TICKS,
    field_for,
    layout_of,
    movements_field,
    regions_field,
    side_field,
)
from intake.forms import TypedDateField
from intake.models import Complaint, Patient
from intake.questions import GROUPS, QUESTION_BY_NAME
from intake.questions_pain import ONSET
from intake.unnamed import without_names

DAYS_IN = {"days": 1, "weeks": 7, "months": 30}
COLDEST_C, HOTTEST_C = 30.0, 45.0
OPEN = "open"


class ScreeningForm(forms.Form):
    """What the rules ask, for the groups given. `born` and `today` bound the onset.

    `plan_days` is how long the running plan has run. `earlier` are the answers that this asking stands on, and
    `before` what was said on other pages. With `asks_why` a clinician says why the questions are asked anew.
    """

    regions = regions_field()
    side = side_field()
    movements = movements_field()
    onset_date = TypedDateField(label=_("It began on"), required=False, help_text=_("Or like 10 Nov 2026."))
    onset_ago = forms.IntegerField(label=_("or about this long ago"), required=False, min_value=0, max_value=999)
    onset_unit = forms.ChoiceField(
        label=_("counted in"),
        choices=[("days", _("days")), ("weeks", _("weeks")), ("months", _("months"))],
        required=False,
    )
    onset_is_minimum = forms.BooleanField(label=_("It may be longer than that"), required=False)
    onset_unknown = forms.BooleanField(label=_("Not sure when"), required=False)
    brought_on_by = forms.CharField(label=_("What brought it on?"), max_length=250, required=False)
    how_often = forms.ChoiceField(
        label=_("How often?"), choices=[("", _("Not said")), *Complaint.HowOften.choices], required=False
    )
    temperature = forms.DecimalField(label=_("Temperature, if taken"), required=False, max_digits=5, decimal_places=2)
    temperature_unit = forms.ChoiceField(
        label=pgettext_lazy("before °F or °C", "in"), choices=[("F", "°F"), ("C", "°C")], required=False
    )
    pregnant_weeks = forms.IntegerField(label=_("How many weeks, if known"), required=False, min_value=1, max_value=45)
    reason = forms.CharField(
        label="What did you find? Why are the questions asked anew?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self,
        *args: Any,
        born: date,
        today: date,
        groups: tuple[Group, ...] = GROUPS,
        plan_days: int | None = None,
        earlier: Earlier | None = None,
        before: Said | None = None,
        asks_why: bool = False,
        why_required: bool = False,
        patient: Patient | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.born, self.today, self.groups, self.earlier = born, today, groups, earlier
        self.before = before or _nothing_said(born, today, plan_days, earlier)
        self.patient = patient
        self.fields["reason"].required = why_required
        self._keep_fields(asks_why=asks_why)
        self.helper = layout_of(groups, frozenset(self.fields), asks_why=asks_why)

    def _keep_fields(self, *, asks_why: bool) -> None:
        """The fields of the parts that can matter here, in the order they are asked."""
        declared, self.fields = self.fields, {"reason": self.fields["reason"]} if asks_why else {}
        for part in self._parts():
            if self._can_matter(part):
                for name in part.names:
                    self.fields[name] = field_for(part) if isinstance(part, Question) else declared[name]

    def _parts(self) -> Iterator[Question | Own]:
        return (part for group in self.groups for part in group.parts)

    def _can_matter(self, part: Question | Own) -> bool:
        """False when answers outside this form, or the age, have decided that it is not asked."""
        hangs_on = {*part.only_if.parents, *part.only_if.reads} if part.only_if else set()
        return bool(hangs_on.intersection(self.fields)) or matters(part, self.before, QUESTION_BY_NAME)

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"]
        return without_names(reason, self.patient) if self.patient else reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["onset_on"] = self._onset(cleaned) if "onset_date" in self.fields else self._onset_of_earlier()
        cleaned["temperature_c"] = self._temperature(cleaned)
        said = self._said(cleaned)
        self._demand(said)
        self._refuse_contradictions(said, cleaned["temperature_c"])
        cleaned["onset_is_minimum"] = said.facts.onset_is_minimum
        cleaned["said"], cleaned["earlier"] = said, self.earlier
        return cleaned

    @property
    def open_fields(self) -> list[BoundField]:
        """Those whose only fault is that nothing was answered."""
        return [self[name] for name in self.fields if self.has_error(name, OPEN) or self.has_error(name, "required")]

    @property
    def wrong_fields(self) -> list[BoundField]:
        still_open = {field.name for field in self.open_fields}
        return [self[name] for name in self.fields if name in self.errors and name not in still_open]

    def group_after(self, slug: str) -> str:
        """The slug of the group that is asked after this one; the first one's when there is none."""
        shown = [group.slug for group in self.groups if not self.fields.keys().isdisjoint(group.names)]
        return next((after for here, after in pairwise(shown) if here == slug), shown[0] if shown else "")

    def not_asked(self) -> tuple[str, ...]:
        """The fields of this form that do not matter by what was typed so far, or not yet. Call is_valid() first."""
        said: Said = self.cleaned_data["said"]
        parts = [part for part in self._parts() if not matters(part, said, QUESTION_BY_NAME) or self._waits(part, said)]
        return tuple(name for part in parts for name in part.names if name in self.fields)

    def _said(self, cleaned: dict[str, Any]) -> Said:
        typed: dict[str, Answer] = {
            name: value if isinstance(value, list) else str(value)
            for name in self.fields
            if (value := cleaned.get(name)) not in (None, "", [], False)
        }
        of_other_pages = {name: said for name, said in self.before.answers.items() if name not in self.fields}
        said = Said({**of_other_pages, **typed}, self._facts(cleaned))
        return with_carried_answers(said, self.earlier) if self.earlier else said

    def _facts(self, cleaned: dict[str, Any]) -> Facts:
        if "onset_date" not in self.fields:
            return self.before.facts
        began = cleaned["onset_on"]
        return replace(
            self.before.facts,
            onset_days=(self.today - began).days if began else None,
            onset_is_minimum=bool(cleaned.get("onset_is_minimum")),
        )

    def _demand(self, said: Said) -> None:
        """A sentence beside each open question that matters; not where its parent is still open, or wrong."""
        for question in (part for part in self._parts() if isinstance(part, Question)):
            if self._is_open(question, said) and not self._waits(question, said):
                sentence = NEEDED_TICKS if question.many else NEEDED
                self.add_error(question.name, ValidationError(sentence, code=OPEN))

    def _is_open(self, question: Question, said: Said) -> bool:
        untouched = question.name in self.fields and question.name not in self.errors
        return untouched and not said.answers.get(question.name) and matters(question, said, QUESTION_BY_NAME)

    def _waits(self, part: Question | Own, said: Said) -> bool:
        """Whether what decides on it is still open, or wrong."""
        only_if = part.only_if
        if only_if is None:
            return False
        parents = [QUESTION_BY_NAME[name] for name in only_if.parents if name in self.fields]
        asked = [parent for parent in parents if matters(parent, said, QUESTION_BY_NAME)]
        all_open = bool(asked) and not any(said.one(name) for name in only_if.parents)
        return all_open or bool(set(only_if.reads) & set(ONSET) & set(self.errors))

    def _refuse_contradictions(self, said: Said, temperature_c: float | None) -> None:
        for names, sentence in contradictions(said, temperature_c):
            for name in [each for each in names if each in self.fields][:1]:
                self.add_error(name, _(sentence))

    def _onset_of_earlier(self) -> date | None:
        return self.earlier.onset_on if self.earlier else None

    def _onset(self, cleaned: dict[str, Any]) -> date | None:
        """The day it began, or None for "not sure". Exactly one of the three ways must be used."""
        if {"onset_date", "onset_ago", "onset_unit"} & set(self.errors):
            return None
        given = [name for name in ("onset_date", "onset_ago") if cleaned.get(name) is not None]
        if cleaned.get("onset_unknown"):
            self._refuse_beside_unknown(given, cleaned)
            return None
        if not given:
            self.add_error("onset_date", _("Say when it began: a day, about how long ago, or “Not sure when”."))
            return None
        if len(given) == 2:
            self.add_error("onset_ago", _("There is a day as well. Keep one of the two."))
            return None
        return self._believable_onset(given[0], cleaned)

    def _refuse_beside_unknown(self, given: list[str], cleaned: dict[str, Any]) -> None:
        if given:
            self.add_error("onset_unknown", _("A time is given as well. Keep the time or “Not sure”, not both."))
        elif cleaned.get("onset_is_minimum"):
            self.add_error("onset_is_minimum", _("“It may be longer” needs a day or a time. Give one, or untick this."))

    def _believable_onset(self, field: str, cleaned: dict[str, Any]) -> date | None:
        onset = cleaned.get("onset_date")
        if onset is None:
            onset = self.today - timedelta(days=cleaned["onset_ago"] * DAYS_IN[cleaned["onset_unit"] or "days"])
        if onset > self.today:
            self.add_error(field, _("This day is still to come. Check the month and the year."))
            return None
        if onset < self.born:
            self.add_error(field, _("This is before the date of birth. Check the year."))
            return None
        return onset

    def _temperature(self, cleaned: dict[str, Any]) -> float | None:
        """Degrees Celsius, or None when it was not measured."""
        typed = cleaned.get("temperature")
        if typed is None:
            return None
        unit = cleaned.get("temperature_unit") or "F"
        celsius = float(typed) if unit == "C" else (float(typed) - 32) * 5 / 9
        if not COLDEST_C <= celsius <= HOTTEST_C:
            wrong = _("%(degrees)s °%(unit)s cannot be right. Check the number and °F or °C.")
            self.add_error("temperature", wrong % {"degrees": typed, "unit": unit})
            return None
        return round(celsius, 2)


def form_of_typed(
    typed: Mapping[str, Any], *, born: date, today: date, plan_days: int | None = None, earlier: Earlier | None = None
) -> ScreeningForm:
    """A whole draft as it was typed, bound: what its groups hold, whichever page each answer came from."""
    groups = groups_of(typed, earlier)
    return ScreeningForm(typed, born=born, today=today, plan_days=plan_days, earlier=earlier, groups=groups)


def groups_of(typed: Mapping[str, Any], earlier: Earlier | None) -> tuple[Group, ...]:
    """All groups, or those that are asked again."""
    return groups_to_ask_again(earlier, Said(dict(typed), Facts(age=0))) if earlier else GROUPS


def said_in(form: ScreeningForm) -> Said:
    """What the typed answers of this form say, wrong ones left out."""
    form.is_valid()
    said: Said = form.cleaned_data["said"]
    return said


def pages_of(
    typed: Mapping[str, Any], *, born: date, today: date, plan_days: int | None = None, earlier: Earlier | None = None
) -> tuple[Group, ...]:
    """The groups that hold a question which matters by what was typed so far: the patient's pages, in order."""
    form = form_of_typed(typed, born=born, today=today, plan_days=plan_days, earlier=earlier)
    said = said_in(form)
    return tuple(group for group in form.groups if any(matters(part, said, QUESTION_BY_NAME) for part in group.parts))


def page_form(
    group: Group,
    data: Any = None,
    *,
    typed: Mapping[str, Any],
    born: date,
    today: date,
    plan_days: int | None = None,
    earlier: Earlier | None = None,
) -> ScreeningForm:
    """One group's form: `data` is the page's POST, or None to show it; `typed` what all pages said so far."""
    whole = form_of_typed(typed, born=born, today=today, plan_days=plan_days, earlier=earlier)
    return ScreeningForm(
        data, initial=dict(typed), born=born, today=today, groups=(group,), earlier=earlier, before=said_in(whole)
    )


def _nothing_said(born: date, today: date, plan_days: int | None, earlier: Earlier | None) -> Said:
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    onset = earlier.onset_on if earlier else None
    facts = Facts(
        age,
        onset_days=(today - onset).days if onset else None,
        onset_is_minimum=bool(earlier and earlier.answer("onset_is_minimum")),
        plan_days=plan_days,
    )
    said = Said({}, facts)
    return with_carried_answers(said, earlier) if earlier else said
