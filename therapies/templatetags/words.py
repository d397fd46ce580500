"""How words read, where the library shows them: `{% load words %}{% words_report draft %}`."""

from collections.abc import Iterable
from typing import Any

from django import template

from therapies.models import InstructionVersion, TherapyPage
from therapies.reading_gate import texts_of
from therapies.reviewing import may_show_terms
from therapies.source_words import said_of_source
from therapies.text_lines import Text, terms_in
from therapies.words_list import grade_words
from therapies.words_report import kind_of, language_name, report_of

register = template.Library()
register.filter("said_of_source", said_of_source)


@register.inclusion_tag("therapies/words_report.html", name="words_report")
def show_report(draft: InstructionVersion | TherapyPage) -> dict[str, Any]:
    """What an editor can mend in each text of a draft."""
    return {"reports": [report_of(text) for text in texts_of(draft)]}


@register.inclusion_tag("therapies/words_kept.html")
def words_kept(held: InstructionVersion | TherapyPage) -> dict[str, Any]:
    """How each text of what was published read then, with the way to its page."""
    return {"kept": list(_kept(texts_of(held)))}


def _kept(texts: Iterable[Text]) -> Iterable[dict[str, Any]]:
    for text in texts:
        grade = grade_words(getattr(text, "reading_grade", None))
        yield {"text": text, "kind": kind_of(text), "language": language_name(text.language), "grade": grade}


@register.inclusion_tag("therapies/words_meant.html")
def words_meant(page: TherapyPage) -> dict[str, Any]:
    """What the defined terms of a page mean, for its reader, in words that a patient may read."""
    return {"terms": terms_in(page) if may_show_terms(page.language) else ()}
