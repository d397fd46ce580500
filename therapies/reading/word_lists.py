"""The shipped lists of words, one of each kind for a language: terms that are defined, and plainer words."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "catalogue"
DEFINED_TERMS, PLAIN_WORDS = "defined-terms", "plain-words"
# How a word of these lists may end in a text, and what the list then has instead.
ENDINGS = {
    "en": (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", "e"),
        ("ing", ""),
        ("ed", "e"),
        ("ed", ""),
        ("es", ""),
        ("'s", ""),
        ("s", ""),
    ),
    "es": (("es", ""), ("s", "")),
}


@dataclass(frozen=True)
class Term:
    name: str
    meaning: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class WordLists:
    """What is known of the words of one language; all empty for a language that ships no lists."""

    language: str
    terms: tuple[Term, ...] = ()
    easy: frozenset[str] = frozenset()
    instead: dict[str, str] = field(default_factory=dict)

    @property
    def defined(self) -> tuple[str, ...]:
        """Every form of every defined term."""
        return tuple(form for term in self.terms for form in (term.name, *term.words))

    def is_easy(self, word: str) -> bool:
        return any(form in self.easy for form in self._forms(word))

    def plainer(self, word: str) -> str:
        """What to say instead of the word; empty when the list has nothing."""
        return next((self.instead[form] for form in self._forms(word) if form in self.instead), "")

    def meanings(self, used: tuple[str, ...]) -> tuple[Term, ...]:
        """The terms of which a form is among `used`."""
        return tuple(term for term in self.terms if {term.name, *term.words} & set(used))

    def _forms(self, word: str) -> tuple[str, ...]:
        ends = ENDINGS.get(self.language, ())
        return (word, *(word.removesuffix(end) + base for end, base in ends if word.endswith(end)))


@cache
def word_lists(language: str) -> WordLists:
    """The lists that ship for the language."""
    terms, plain = _read(DEFINED_TERMS, language), _read(PLAIN_WORDS, language)
    return WordLists(
        language=language,
        terms=tuple(Term(name, held["meaning"], tuple(held["words"])) for name, held in terms.items()),
        easy=frozenset(plain.get("easy", "").split()),
        instead=plain.get("instead", {}),
    )


def _read(kind: str, language: str) -> dict[str, Any]:
    path = FOLDER / f"{kind}.{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
