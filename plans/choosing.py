"""What the builder offers: verdicts with their reasons, the instructions beside them, and programmes."""

from dataclasses import dataclass

from plans.checking import Assessment, movement_cautions, unfit
from therapies.dose import dose_words
from therapies.models import InstructionText, InstructionVersion, Language, Programme, Status
from therapies.suitability import Modality, ModalityAdvice


@dataclass(frozen=True)
class Choice:
    """One instruction that could be added; `why_not` is empty when it can."""

    slug: str
    title: str
    level: str
    dose: str
    why_not: str
    adapt: bool
    chosen: bool


@dataclass(frozen=True)
class Shelf:
    """One modality: its verdict and its instructions."""

    modality: Modality
    advice: ModalityAdvice
    choices: tuple[Choice, ...]

    @property
    def barred(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if choice.why_not)


@dataclass(frozen=True)
class Choices:
    shelves: tuple[Shelf, ...]
    programmes: tuple[Programme, ...]


def choices_for(assessment: Assessment) -> Choices:
    """Every published instruction of the three modalities, with why one cannot be added. Three queries."""
    if assessment.advice is None:
        return Choices((), ())
    versions = list(
        InstructionVersion.objects.published()
        .select_related("instruction__therapy")
        .order_by("instruction__entry", "instruction")
    )
    titles = titles_of(versions)
    shelves = tuple(
        Shelf(
            modality,
            assessment.advice.for_modality(modality),
            tuple(_choice(version, titles, assessment) for version in versions if version.kind == modality.value),
        )
        for modality in Modality
    )
    return Choices(shelves, tuple(Programme.objects.filter(status=Status.PUBLISHED)))


def titles_of(versions: list[InstructionVersion], language: str = Language.ENGLISH) -> dict[object, str]:
    """The title of each version by its id."""
    texts = InstructionText.objects.filter(version__in=versions, language=language)
    return dict(texts.values_list("version_id", "title"))


def _choice(version: InstructionVersion, titles: dict[object, str], assessment: Assessment) -> Choice:
    assert assessment.advice
    against = next(iter(unfit(version, assessment.advice, assessment.findings)), None)
    return Choice(
        slug=version.instruction_id,
        title=titles.get(version.pk, version.instruction_id),
        level=version.get_level_display(),
        dose=dose_words(version.dose),
        why_not=against.text if against else "",
        adapt=bool(movement_cautions(version, assessment.findings)),
        chosen=any(item.instruction_version.instruction_id == version.instruction_id for item in assessment.items),
    )
