"""Answers for the screening as a person types them, put through the real form."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from intake.forms_screening import ScreeningForm
from intake.questions import QUESTIONS


def typed_answers(said: Mapping[str, Any]) -> dict[str, Any]:
    """The screening's fields as a page would send them: "no" to everything but what was said."""
    plain_no = {question.name: ["none"] if question.many else question.plain_no for question in QUESTIONS}
    where = {"side": "middle", "movements": ["none"]}
    return {"onset_unit": "days", "temperature_unit": "F", **where, **plain_no, **said}


def cleaned_answers(said: Mapping[str, Any], *, born: date, today: date) -> dict[str, Any]:
    """The cleaned data of a valid ScreeningForm. Raises ValueError naming the fields when it is not valid."""
    form = ScreeningForm(typed_answers(said), born=born, today=today)
    if not form.is_valid():
        raise ValueError(f"These answers do not fit the screening: {form.errors.as_json()}")
    return form.cleaned_data
