"""Reviews for tests, and the program's own words in a made-up translation."""

from typing import Any

from practice.models import User
from therapies.interface_parts import CRITICAL, TITLES
from therapies.models import InstructionText, InstructionVersion, TextReview
from therapies.wordings import Line, Wording, wording_of_instruction

APPROVED, NEEDS_WORK = TextReview.Outcome.APPROVED, TextReview.Outcome.NEEDS_WORK
QUALIFICATION = "Grew up with Spanish; a physical therapist since 2009."


def make_interface(language: str = "es", **words: str) -> dict[str, Wording]:
    """Each part of the program's own words with one line; `words` by the last word of the part's key."""
    told = {part: words.get(part.rsplit("-", 1)[1], f"Palabras {part}") for part in TITLES}
    return {part: Wording(language, part, (Line("", part, said),)) for part, said in told.items()}


def make_review(
    *, of: Wording, by: User | None = None, outcome: TextReview.Outcome = APPROVED, **fields: Any
) -> TextReview:
    """A review of these very words; what needs work says so."""
    defaults: dict[str, Any] = {
        "language": of.language,
        "part": of.part,
        "content_hash": of.hash,
        "note": "" if outcome == APPROVED else "The side is wrong.",
        "qualification": QUALIFICATION,
    }
    return TextReview.objects.create(outcome=outcome, by=by or reviewer(), **(defaults | fields))


def reviewer() -> User:
    return User.objects.filter(username="reviewer").first() or User.objects.create(username="reviewer")


def approve_interface(parts: dict[str, Wording]) -> None:
    """What must be approved before anything is shown in a language."""
    for part in CRITICAL:
        make_review(of=parts[part])


def words_of(version: InstructionVersion, language: str = "es") -> Wording:
    texts = {text.language: text for text in InstructionText.objects.filter(version=version)}
    return wording_of_instruction(version.instruction_id, texts[language], texts["en"])
