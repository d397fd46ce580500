"""What a press of a button on the builder does: first keep what was typed, then the one thing that was asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict

from plans.building import (
    CannotAdd,
    acknowledge,
    add_item,
    add_later,
    add_offer,
    apply_programme,
    change_draft,
    move_item,
    remove_item,
    set_items,
)
from plans.checking import Assessment, assess_draft, movement_cautions
from plans.forms import ItemForm, NoteForm
from plans.handout import texts_for
from plans.meanwhile import LostItem, both_changed, lost_items, post_what_was_drawn, take_stored
from plans.models import PlanItem, PlanVersion
from plans.overriding import CannotOverride, override
from practice.models import Clinic, User
from practice.roles import May
from therapies.models import InstructionText, Language, Programme
from therapies.movement_cautions import conditions_not_asked, words_for

# An instruction as it fits today; a modality as its phase offers it; an instruction approved for a later day.
ADDING = {"add": add_item, "phase": add_offer, "later": add_later}


@dataclass(frozen=True)
class FieldError:
    """One thing to mend: the id of the place on the page, what it is called, and the sentence."""

    place: str
    label: str
    text: str


@dataclass
class Draft:
    """A draft with its forms, bound when something was typed.

    `ticked` are the keys of the caution reasons that were ticked on the page; `lost` the items it held that are gone.
    """

    version: PlanVersion
    assessment: Assessment
    note: NoteForm
    items: list[ItemForm]
    ticked: set[str]
    lost: list[LostItem] = field(default_factory=list)

    @property
    def bound(self) -> list[NoteForm | ItemForm]:
        forms: list[NoteForm | ItemForm] = [self.note, *self.items]
        return [form for form in forms if form.is_bound]

    @property
    def is_valid(self) -> bool:
        # All of them first, so that every field shows its error at once.
        answers = [form.is_valid() for form in self.bound]
        return all(answers)

    @property
    def errors(self) -> list[FieldError]:
        return [error for form in self.bound for error in _errors_of(form)]


def load_draft(version: PlanVersion, clinic: Clinic, data: QueryDict | None = None) -> Draft:
    """The draft as it stands, with what was typed (`data`) in its fields."""
    return _with_forms(version, assess_draft(version, clinic=clinic, today=clinic.today()), clinic, data)


def load_overtaken_draft(version: PlanVersion, clinic: Clinic, data: QueryDict) -> Draft:
    """The draft as it is stored now, with only what this page's person really changed still in its fields.

    A field that both changed says so beside it, as an error to look at; what was typed into items that are gone
    is in `lost`.
    """
    posted = load_draft(version, clinic, data)
    merged = data.copy()
    both = [list(take_stored(form, merged)) for form in posted.bound]
    draft = _with_forms(version, posted.assessment, clinic, merged)
    # A name only when it is sure: after several changes nobody knows whose this one was.
    by = version.changed_by if version.revision == posted_revision(data) + 1 else None
    for form, changed in zip(draft.bound, both, strict=True):
        form.is_valid()
        for name, stored in changed:
            form.add_error(name, both_changed(form[name], stored, by))
    draft.lost = lost_items(data, (item.pk for item in posted.assessment.items))
    return draft


def _with_forms(version: PlanVersion, assessment: Assessment, clinic: Clinic, data: QueryDict | None) -> Draft:
    words = texts_for(assessment.items, Language.ENGLISH)
    note = NoteForm(data, initial={"note": version.note})
    forms = [_item_form(item, assessment, words, clinic, data) for item in assessment.items]
    for form in (note, *forms):
        post_what_was_drawn(form)
    return Draft(version, assessment, note, forms, ticked=set(data.getlist("acknowledge")) if data else set())


def _errors_of(form: NoteForm | ItemForm) -> Iterator[FieldError]:
    title = f"{form.title}: " if isinstance(form, ItemForm) else ""
    for name, texts in form.errors.items():
        whole = name == NON_FIELD_ERRORS
        place, label = (f"item-{form.prefix}", "Dose") if whole else (form[name].auto_id, form[name].label)
        for text in texts:
            yield FieldError(place, f"{title}{label}", str(text))


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
        cautions=tuple(each.with_note(text.caution_notes) for each in applying),
        ask_about=tuple(
            (words_for(each), text.caution_notes.get(each, ""))
            for each in conditions_not_asked(item.instruction_version.cautions)
        ),
        easier=text.easier if applying and not any(each.forbids for each in applying) else "",
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
        if action == "override":
            return _override(target, version, draft.assessment, data, by)
        return _do(action, target, version, draft.assessment, clinic, data)


def _do(
    action: str, target: str, version: PlanVersion, assessment: Assessment, clinic: Clinic, data: QueryDict
) -> list[str]:
    today = clinic.today()
    if action in ADDING:
        try:
            ADDING[action](version, target, assessment=assessment, today=today)
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


def _override(target: str, version: PlanVersion, assessment: Assessment, data: QueryDict, by: User) -> list[str]:
    modality, _, rule = target.partition(":")
    try:
        override(version, modality, rule, reason=_word(data, f"reason:{target}"), assessment=assessment, by=by)
    except CannotOverride as why:
        return [str(why)]
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
