"""What the builder offers: verdicts with their reasons, the instructions beside them, and programmes."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, QuerySet

from plans.barring import ToOverride, reason_key
from plans.checking import Assessment, movement_cautions, unfit
from plans.confirming import CONFIRMED_RULE, to_confirm
from plans.proposing import OPENS_ON_DAY
from practice.models import User
from therapies.dose_in_words import dose_words
from therapies.models import Favourite, InstructionText, InstructionVersion, Language, Programme, Status
from therapies.movement_cautions import conditions_not_asked, is_kept_from
from therapies.safety import notice_of
from therapies.suitability import Modality, ModalityAdvice

# What stands in for a movement whose own alternatives do not fit: so many, of the same place on the body.
MOST_NEAR = 2


@dataclass(frozen=True)
class Choice:
    """One instruction that could be added; `why_not` is empty when it can.

    `cautions`: what to mind with this person's answers, a sentence each; then `easier` says its easier way.
    `may_wait`: what does not fit today can be approved in advance for a later day.
    """

    version: InstructionVersion
    title: str
    dose: str
    why_not: str
    # Whether it is the movement itself that is not for this person, and not all of its kind.
    by_its_own_caution: bool
    chosen: bool
    may_wait: bool
    cautions: tuple[str, ...] = ()
    easier: str = ""
    # Whether it is a favorite of the one who builds the plan.
    starred: bool = False
    # What could be added in its place, when it cannot be.
    instead: tuple["Choice", ...] = ()

    @property
    def slug(self) -> str:
        return self.version.instruction_id

    @property
    def level(self) -> str:
        return self.version.get_level_display()

    @property
    def can_be_added(self) -> bool:
        return not self.why_not and not self.chosen

    def is_near(self, other: InstructionVersion) -> bool:
        """Of the same kind and place on the body, and with nothing to mind."""
        return (
            self.version.kind == other.kind
            and not set(self.version.regions).isdisjoint(other.regions)
            and not self.cautions
        )


@dataclass(frozen=True)
class Shelf:
    """One modality: its verdict and its instructions."""

    modality: Modality
    advice: ModalityAdvice
    choices: tuple[Choice, ...]
    to_override: tuple[ToOverride, ...] = ()

    @property
    def barred(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.why_not)


@dataclass(frozen=True)
class Choices:
    shelves: tuple[Shelf, ...]
    programmes: tuple[Programme, ...]

    def instead_of(self, version: InstructionVersion, *, of_whom: Collection[str] = ()) -> tuple[Choice, ...]:
        """What this person may do in its place that the draft has not got yet, the best first.

        `of_whom`: conditions that no question tells of, and that this person has.
        """
        offered = [choice for shelf in self.shelves for choice in shelf.choices]
        return _instead_of(version, offered, of_whom=of_whom, near=True)

    def instead_of_confirming(self, assessment: Assessment) -> dict[str, tuple[Choice, ...]]:
        """By the key of each thing to confirm: what to give when the answer is that the person has it."""
        return {
            reason_key(modality, reason): self.instead_of(item.instruction_version, of_whom=kept_from)
            for item in assessment.items
            for modality, reason in to_confirm([item])
            if (kept_from := _not_asked_that_forbid(item.instruction_version))
        }


def choices_for(assessment: Assessment, *, of: User | None = None) -> Choices:
    """Every published instruction of the three modalities, with why one cannot be added. Three queries.

    `of`: whose favorites come first.
    """
    if assessment.advice is None:
        return Choices((), ())
    versions = list(
        InstructionVersion.objects.published()
        .annotate(
            blocked_because=notice_of("pk"),
            starred=Exists(Favourite.objects.filter(user=of, instruction=OuterRef("instruction"))),
        )
        .select_related("instruction__therapy")
        .order_by("-starred", "instruction__entry", "instruction")
    )
    texts = {text.version_id: text for text in _texts_of(versions)}
    choices = [_choice(version, texts.get(version.pk), assessment) for version in versions]
    shelves = tuple(
        Shelf(
            modality,
            assessment.advice.for_modality(modality),
            tuple(_with_instead(choice, choices) for choice in choices if choice.version.kind == modality.value),
            tuple(each for each in assessment.to_override if each.modality is modality),
        )
        for modality in Modality
    )
    return Choices(shelves, tuple(Programme.objects.filter(status=Status.PUBLISHED)))


def titles_of(versions: list[InstructionVersion], language: str = Language.ENGLISH) -> dict[object, str]:
    """The title of each version by its id."""
    return dict(_texts_of(versions, language).values_list("version_id", "title"))


def _texts_of(versions: list[InstructionVersion], language: str = Language.ENGLISH) -> QuerySet[InstructionText]:
    return InstructionText.objects.filter(version__in=versions, language=language)


def _with_instead(choice: Choice, offered: list[Choice]) -> Choice:
    if not choice.why_not:
        return choice
    return replace(choice, instead=_instead_of(choice.version, offered, near=choice.by_its_own_caution))


def _instead_of(
    version: InstructionVersion, offered: list[Choice], *, of_whom: Collection[str] = (), near: bool
) -> tuple[Choice, ...]:
    """What the catalogue lists in its place; with `near`, where none of that fits, others of the same place."""
    fit = {each.slug: each for each in offered if not each.why_not and not is_kept_from(each.version.cautions, of_whom)}
    listed = [fit[slug] for slug in version.alternatives if slug in fit]
    if not listed and near:
        near_by = (each for each in fit.values() if each.can_be_added and each.is_near(version))
        return tuple(near_by)[:MOST_NEAR]
    return tuple(each for each in listed if each.can_be_added)


def _not_asked_that_forbid(version: InstructionVersion) -> tuple[str, ...]:
    return tuple(each for each in conditions_not_asked(version.cautions) if is_kept_from(version.cautions, [each]))


def _choice(version: InstructionVersion, text: InstructionText | None, assessment: Assessment) -> Choice:
    assert assessment.advice
    against = next(iter(unfit(version, assessment.advice, assessment.findings, assessment.overridden)), None)
    blocked = version.blocked_because
    applying = movement_cautions(version, assessment.findings)
    why_not = f"Blocked for safety: {blocked}" if blocked else against.text if against else ""
    own = not blocked and against is not None and against.rule == CONFIRMED_RULE
    notes = text.caution_notes if text else {}
    return Choice(
        version=version,
        title=text.title if text else version.instruction_id,
        dose=dose_words(version.dose),
        why_not=why_not,
        by_its_own_caution=own,
        chosen=any(item.instruction_version.instruction_id == version.instruction_id for item in assessment.items),
        may_wait=version.kind in OPENS_ON_DAY and not blocked and not any(caution.forbids for caution in applying),
        cautions=tuple(each.with_note(notes) for each in applying) if own or not why_not else (),
        easier=text.easier if text and applying and not why_not else "",
        starred=getattr(version, "starred", False),
    )
