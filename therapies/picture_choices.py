"""The pictures that a draft may have: those of published instructions, the clinic's own, and uploaded ones."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from therapies.library import text_in
from therapies.models import InstructionVersion, Language
from therapies.models_pictures import ClinicFigure, UploadedPicture
from therapies.photos import is_photo
from therapies.pictures import DRAWN, Picture, Use, pictures_of

NAMES = {"main": "the movement", "easier": "the easier way", "harder": "the harder way"}


@dataclass(frozen=True)
class PictureChoice:
    """A figure as data, with a sentence for each of its panels by language; English is always there."""

    key: str
    title: str
    data: Mapping[str, Any]
    words: Mapping[str, list[str]]
    # Where on the body it is for; empty for the clinic's own, which nobody has said that of.
    regions: frozenset[str] = frozenset()

    def words_in(self, language: str) -> list[str]:
        """None where nobody has written them: what the picture shows is not said in another language."""
        return list(self.words.get(language, ()))

    @property
    def is_drawn(self) -> bool:
        """Whether another figure can be begun from it."""
        return not is_photo(self.data)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        words = {"main": self.words[Language.ENGLISH]}
        ids = f"c-{self.key.replace(':', '-')}"
        return pictures_of({"main": self.data}, words, title=self.title, ids=ids, use=Use.SMALL)

    def is_called(self, text: str) -> bool:
        return text.lower() in self.title.lower()

    def nearness(self, instruction: str, regions: Collection[str]) -> tuple[bool, bool, int]:
        """To sort by: what the draft's own instruction has, the clinic's own, then by shared places on the body."""
        own = self.key.startswith(f"{instruction}:")
        return not own, bool(self.regions), -len(self.regions.intersection(regions))


def picture_choices() -> list[PictureChoice]:
    """All of them: the clinic's own first. Four queries."""
    return [*_own(), *_of_instructions()]


def _own() -> Iterator[PictureChoice]:
    for drawn in ClinicFigure.objects.standing():
        yield PictureChoice(f"clinic:{drawn.pk}", drawn.title, drawn.data, drawn.words)
    for sent in UploadedPicture.objects.described():
        yield PictureChoice(f"upload:{sent.pk}", sent.title, sent.figure, sent.words)


def _of_instructions() -> Iterator[PictureChoice]:
    published = InstructionVersion.objects.published().prefetch_related("texts").order_by("instruction")
    for version in published:
        yield from of_version(version)


def of_version(version: InstructionVersion) -> Iterator[PictureChoice]:
    """Its pictures, by keys like `bird-dog:easier`; its texts must be at hand."""
    english = text_in(version)
    for name in DRAWN:
        if english and name in version.figures and name in english.pictures:
            words = {text.language: text.pictures[name] for text in version.texts.all() if name in text.pictures}
            title = english.title if name == "main" else f"{english.title}, {NAMES[name]}"
            key = f"{version.instruction_id}:{name}"
            yield PictureChoice(key, title, version.figures[name], words, frozenset(version.regions))
