"""What a press of a button on the builder does: first keep what was typed, then the one thing that was asked."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from plans.building import (
    CannotAdd,
    acknowledge,
    add_item,
    apply_programme,
    change_draft,
    move_item,
    remove_item,
    set_items,
)
from plans.checking import Assessment, assess_draft, movement_cautions
from plans.forms import ItemForm, NoteForm
from plans.handout import texts_for
from plans.models import PlanItem, PlanVersion
from practice.models import Clinic, User
from practice.roles import May
from therapies.models import InstructionText, Language, Programme


@dataclass
class Draft:
    """A draft with its forms, bound when something was typed."""

    version: PlanVersion
    assessment: Assessment
    note: NoteForm
    items: list[ItemForm]

    @property
    def is_valid(self) -> bool:
        bound = [self.note, *(form for form in self.items if form.is_bound)]
        # All of them first, so that every field shows its error at once.
        answers = [form.is_valid() for form in bound]
        return all(answers)


def load_draft(version: PlanVersion, clinic: Clinic, data: QueryDict | None = None) -> Draft:
    """The draft as it stands, with what was typed (`data`) in its fields."""
    assessment = assess_draft(version, clinic=clinic, today=clinic.today())
    words = texts_for(assessment.items, Language.ENGLISH)
    forms = [_item_form(item, assessment, words, clinic, data) for item in assessment.items]
    note = NoteForm(data, initial={"note": version.note})
    return Draft(version, assessment, note, forms)


def _item_form(
    item: PlanItem,
    assessment: Assessment,
    words: dict[object, InstructionText],
    clinic: Clinic,
    data: QueryDict | None,
) -> ItemForm:
    text = words[item.instruction_version_id]
    applying = movement_cautions(item.instruction_version, assessment.findings)
    return ItemForm(
        _posted(data, str(item.pk)),
        instance=item,
        prefix=str(item.pk),
        today=clinic.today(),
        title=text.title,
        problems=tuple(problem for problem in assessment.problems if problem.item is item),
        cautions=tuple(
            text.caution_notes[each.condition] for each in applying if each.condition in text.caution_notes
        ),
    )


def apply_action(draft: Draft, data: QueryDict, *, by: User, clinic: Clinic) -> list[str]:
    """Keep the typed values and do `data["action"]`; answers what to tell the person.

    `draft` must be valid. Raises StaleDraft or DraftGone, and then nothing was changed.
    """
    action, _, target = _word(data, "action").partition(":")
    changes = {form.instance.pk: form.changes for form in draft.items if form.is_bound}
    with change_draft(draft.version, revision=posted_revision(data), by=by) as version:
        set_items(version, draft.note.cleaned_data["note"], changes)
        if by.may(May.ISSUE_PLAN):
            acknowledge(version, set(data.getlist("acknowledge")), assessment=draft.assessment, by=by)
        return _do(action, target, version, draft.assessment, clinic, data)


def _do(
    action: str, target: str, version: PlanVersion, assessment: Assessment, clinic: Clinic, data: QueryDict
) -> list[str]:
    today = clinic.today()
    if action == "add":
        try:
            add_item(version, target, assessment=assessment, today=today)
        except CannotAdd as reason:
            return [str(reason)]
    elif action == "programme":
        programme = Programme.objects.filter(pk=_word(data, "programme"), status="published").first()
        if programme is None:
            return ["Choose a programme first."]
        _, left_out = apply_programme(version, programme, assessment=assessment, today=today)
        return [f"Left out: {words}" for words in left_out]
    elif action in ("remove", "up", "down") and (item_id := _uuid(target)):
        if action == "remove":
            remove_item(version, item_id)
        else:
            move_item(version, item_id, by=-1 if action == "up" else 1)
    return []


def _posted(data: QueryDict | None, prefix: str) -> QueryDict | None:
    """The data, when it holds this item's fields: an item that somebody else added was not on the page."""
    return data if data is not None and f"{prefix}-from_date" in data else None


def _word(data: QueryDict, name: str) -> str:
    """A button's or a menu's value; no such value holds a NUL, which PostgreSQL would not compare."""
    return data.get(name, "").replace("\0", "")


def posted_revision(data: QueryDict) -> int:
    """The revision that the page was drawn from; -1, which no draft has, when it is not a number."""
    text = data.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
