"""What the list of published words shows: each text with its language, its grade and its PEMAT-P scores."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from therapies.models import InstructionText, PematTick, ReadingGrade, Status, TherapyPage
from therapies.pemat import Score
from therapies.reading.measures import MEASURES
from therapies.text_lines import Text
from therapies.ticking import pemat_of
from therapies.words_report import kind_of, language_name


@dataclass(frozen=True)
class WordsRow:
    """One published text; `grade` is None for one that was published before grades were kept."""

    text: Text
    kind: str
    language: str
    grade: ReadingGrade | None
    scores: tuple[Score, Score]
    open: int

    @property
    def reads(self) -> str:
        return grade_words(self.grade)


def grade_words(grade: ReadingGrade | None) -> str:
    """How a text read when it was published, for staff."""
    if grade is None:
        return "published before this was measured"
    if grade.value is None:
        return "not measured: no measure is known for this language"
    return f"{MEASURES[grade.measure].name} {grade.value}"


def published_texts() -> QuerySet[InstructionText]:
    texts = InstructionText.objects.filter(version__status=Status.PUBLISHED).select_related("version", *_KEPT)
    return texts.prefetch_related(_TICKS).order_by("title", "language")


def published_pages() -> QuerySet[TherapyPage]:
    pages = TherapyPage.objects.filter(status=Status.PUBLISHED).select_related("therapy", *_KEPT)
    return pages.prefetch_related(_TICKS).order_by("title", "language")


def words_rows() -> Iterator[WordsRow]:
    """Every published text, pages first; four queries whatever their number."""
    texts: list[Text] = [*published_pages(), *published_texts()]
    for text in texts:
        pemat = pemat_of(text)
        grade = getattr(text, "reading_grade", None)
        yield WordsRow(text, kind_of(text), language_name(text.language), grade, pemat.scores, pemat.open)


_KEPT = ("reading_grade__leave__by",)
_TICKS = Prefetch("pemat_ticks", PematTick.objects.order_by("pk").select_related("by"))
