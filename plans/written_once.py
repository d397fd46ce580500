"""Parts of a page that are made of nothing but words: a process writes each of them once.

Kept under all that it is made of (its template, the words themselves, the language), so that it is never old.
"""

from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

# Some 2 kB each; above twice the instructions that ship, in each language.
MOST_KEPT = 512

Words = str | tuple[str, ...]


def written(template: str, **words: Words) -> SafeString:
    """The template's HTML in the language that is spoken; the template may use `words` and nothing else."""
    return _written(template, get_language(), **words)


@lru_cache(MOST_KEPT)
def _written(template: str, language: str | None, **words: Words) -> SafeString:
    return render_to_string(template, words)
