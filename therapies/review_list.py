"""How it stands with every part of a language: what the reviewers' list and the page of one part show."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from therapies.interface_parts import CRITICAL, TITLES, interface_parts
from therapies.languages import ENGLISH, LanguageFile, languages
from therapies.models import InstructionText, Status, TextReview, TherapyPage
from therapies.wordings import (
    Wording,
    part_of_instruction,
    part_of_page,
    wording_of_instruction,
    wording_of_page,
)


class State(StrEnum):
    NOT_REVIEWED = "not reviewed"
    APPROVED = "approved"
    NEEDS_WORK = "needs work"
    CHANGED = "changed since the review"
    NOT_WRITTEN = "not written"


# What a reviewer can do something about.
TO_REVIEW = frozenset({State.NOT_REVIEWED, State.CHANGED})


@dataclass(frozen=True)
class Part:
    """A part with its words, None where it has none in the language, and the newest review of these very words or,
    where there is none, of earlier ones."""

    key: str
    title: str
    wording: Wording | None
    review: TextReview | None = None

    @property
    def state(self) -> State:
        if self.wording is None:
            return State.NOT_WRITTEN
        if self.review is None:
            return State.NOT_REVIEWED
        if self.review.content_hash != self.wording.hash:
            return State.CHANGED
        return State.APPROVED if self.review.approves else State.NEEDS_WORK

    @property
    def is_to_review(self) -> bool:
        return self.state in TO_REVIEW

    @property
    def holds_all_back(self) -> bool:
        """Whether patients get English everywhere until it is approved."""
        return self.key in CRITICAL and self.state is not State.APPROVED


@dataclass(frozen=True)
class LanguageParts:
    """A language with its parts: the program's own words first, then instructions, then pages."""

    language: LanguageFile
    parts: tuple[Part, ...]

    @property
    def approved(self) -> int:
        return sum(part.state is State.APPROVED for part in self.parts)

    @property
    def to_review(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.is_to_review)

    @property
    def held_back_by(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.holds_all_back)

    @property
    def has_own_words(self) -> bool:
        """Whether the program's own words are there at all, without which English is shown."""
        return any(part.key in CRITICAL for part in self.parts)


def other_languages() -> list[LanguageFile]:
    """Every language but English, which needs no review of its own."""
    return [language for code, language in languages().items() if code != ENGLISH]


def parts_in(language: LanguageFile) -> LanguageParts:
    """Three queries, however many parts there are."""
    reviews = list(TextReview.objects.filter(language=language.code).select_related("by"))
    titled = [*_own_words(language.code), *_instructions(language.code), *_pages(language.code)]
    parts = (Part(key, title, wording, _review_of(key, wording, reviews)) for key, title, wording in titled)
    return LanguageParts(language, tuple(parts))


def _review_of(key: str, wording: Wording | None, reviews: Iterable[TextReview]) -> TextReview | None:
    """The newest of these words, else the newest of the part; `reviews` come newest first."""
    of_part = [review for review in reviews if review.part == key]
    same = (review for review in of_part if wording and review.content_hash == wording.hash)
    return next(same, of_part[0] if of_part else None)


def _own_words(language: str) -> Iterator[tuple[str, str, Wording | None]]:
    for key, wording in interface_parts(language).items():
        yield key, TITLES[key], wording


def _instructions(language: str) -> Iterator[tuple[str, str, Wording | None]]:
    texts = InstructionText.objects.filter(
        version__status=Status.PUBLISHED, language__in=(ENGLISH, language)
    ).select_related("version")
    found = {(text.version.instruction_id, text.language): text for text in texts}
    english = sorted((text.title, slug) for (slug, code), text in found.items() if code == ENGLISH)
    for title, slug in english:
        own = found.get((slug, language))
        wording = wording_of_instruction(slug, own, found[slug, ENGLISH]) if own else None
        yield part_of_instruction(slug), title, wording


def _pages(language: str) -> Iterator[tuple[str, str, Wording | None]]:
    pages = TherapyPage.objects.filter(status=Status.PUBLISHED, language__in=(ENGLISH, language))
    found = {(page.therapy_id, page.language): page for page in pages}
    for slug, page in ((slug, page) for (slug, code), page in found.items() if code == ENGLISH):
        own = found.get((slug, language))
        yield part_of_page(slug), f"{page.title} (page)", wording_of_page(own, page) if own else None
