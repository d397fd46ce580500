"""What the builder offers: verdicts with their reasons, the instructions beside them, and programmes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from plans.barring import ToOverride
from plans.checking import Assessment, movement_cautions, unfit
from plans.proposing import OPENS_ON_DAY
from therapies.dose import dose_words
from therapies.models import InstructionText, InstructionVersion, Language, Programme, Status
from therapies.safety import notice_of
from therapies.suitability import Modality, ModalityAdvice


@dataclass(frozen=True)
class Choice:
    """One instruction that could be added; `why_not` is empty when it can.

    `may_wait`: what does not fit today can be approved in advance for a later day.
    """

    slug: str
    title: str
    level: str
    dose: str
    why_not: str
    adapt: bool
    chosen: bool
    may_wait: bool
    alternatives: tuple[str, ...] = ()
    # What could be added in its place, when it cannot be.
    instead: tuple["Choice", ...] = ()


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

    def instead_of(self, alternatives: Iterable[str]) -> tuple[Choice, ...]:
        """Those of the alternatives that this person may do and that the draft has not got yet."""
        return _addable([choice for shelf in self.shelves for choice in shelf.choices], alternatives)


def choices_for(assessment: Assessment) -> Choices:
    """Every published instruction of the three modalities, with why one cannot be added. Three queries."""
    if assessment.advice is None:
        return Choices((), ())
    versions = list(
        InstructionVersion.objects.published()
        .annotate(blocked_because=notice_of("pk"))
        .select_related("instruction__therapy")
        .order_by("instruction__entry", "instruction")
    )
    titles = titles_of(versions)
    choices = {version: _choice(version, titles, assessment) for version in versions}
    shelves = tuple(
        Shelf(
            modality,
            assessment.advice.for_modality(modality),
            tuple(
                replace(choice, instead=_addable(choices.values(), choice.alternatives)) if choice.why_not else choice
                for version, choice in choices.items()
                if version.kind == modality.value
            ),
            tuple(each for each in assessment.to_override if each.modality is modality),
        )
        for modality in Modality
    )
    return Choices(shelves, tuple(Programme.objects.filter(status=Status.PUBLISHED)))


def titles_of(versions: list[InstructionVersion], language: str = Language.ENGLISH) -> dict[object, str]:
    """The title of each version by its id."""
    texts = InstructionText.objects.filter(version__in=versions, language=language)
    return dict(texts.values_list("version_id", "title"))


def _addable(choices: Iterable[Choice], slugs: Iterable[str]) -> tuple[Choice, ...]:
    free = {choice.slug: choice for choice in choices if not choice.why_not and not choice.chosen}
    return tuple(free[slug] for slug in slugs if slug in free)


def _choice(version: InstructionVersion, titles: dict[object, str], assessment: Assessment) -> Choice:
    assert assessment.advice
    against = next(iter(unfit(version, assessment.advice, assessment.findings, assessment.overridden)), None)
    blocked = getattr(version, "blocked_because", "")
    cautions = movement_cautions(version, assessment.findings)
    return Choice(
        slug=version.instruction_id,
        title=titles.get(version.pk, version.instruction_id),
        level=version.get_level_display(),
        dose=dose_words(version.dose),
        why_not=f"Blocked for safety: {blocked}" if blocked else against.text if against else "",
        adapt=bool(cautions),
        chosen=any(item.instruction_version.instruction_id == version.instruction_id for item in assessment.items),
        may_wait=version.kind in OPENS_ON_DAY and not blocked and not any(caution.forbids for caution in cautions),
        alternatives=tuple(version.alternatives),
    )
