"""What a patient reads, and so is translated: which files hold it, and the words of modules that know no gettext.

The desk is English. A template or module that is not named here marks nothing for translation (a test holds that),
and nothing that is named here is for staff alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date

from intake import contradictions, dates
from intake.asking import Group, Question
from intake.asking_again import NOW, WHAT_IS_NEW, questions_about_changes
from intake.questions import GROUPS
from plans.holding import NOT_FOR_NOW
from plans.leaflet import LeafletWords
from plans.sheet import SheetWords
from therapies import universal
from therapies.movement_cautions import CAUTION_WORDS, NOT_ASKED_WORDS
from therapies.suitability.patient_words import finding_words, patient_sentences

# Below templates/, as patterns.
TEMPLATES = (
    "base.html",
    "base_failure.html",
    "403.html",
    "400.html",
    "404.html",
    "500.html",
    "503.html",
    "includes/emergency*.html",
    "includes/form_errors.html",
    "includes/languages.html",
    "includes/nav.html",
    "includes/proxy.html",
    "intake/field_*.html",
    "intake/rest_is_no.html",
    "intake/who_looked_list.html",
    "intake/start*.html",
    "plans/answer*.html",
    "plans/card.html",
    "plans/device_words.html",
    "plans/me*.html",
    "plans/tablet_done.html",
    "practice/csrf_failure.html",
    "practice/home.html",
    "therapies/care.html",
    "therapies/learn*.html",
    "therapies/player.html",
    "therapies/sources.html",
    "therapies/therapy_page.html",
    "therapies/where_it_goes.html",
    "therapies/words_meant.html",
)
# Modules that call gettext. What staff read too (doses, days, the screening's form) is in English at the desk.
MODULES = (
    "intake/code_guesses.py",
    "intake/codes.py",
    "intake/email_codes.py",
    "intake/fields_screening.py",
    "intake/forms.py",
    "intake/forms_email.py",
    "intake/forms_screening.py",
    "intake/looks.py",
    "intake/models.py",
    "intake/models_access.py",
    "intake/passkeys.py",
    "intake/movements.py",
    "intake/views_start.py",
    "plans/answering.py",
    "plans/cards.py",
    "plans/days.py",
    "plans/explaining.py",
    "plans/handout.py",
    "plans/item_pictures.py",
    "plans/leaflets.py",
    "plans/minding.py",
    "plans/models.py",
    "plans/phase_words.py",
    "plans/sheet_filling.py",
    "plans/sheets_without_a_plan.py",
    "plans/views_answer.py",
    "plans/views_devices.py",
    "plans/views_patient.py",
    "plans/views_ways.py",
    "therapies/body_maps.py",
    "therapies/dose_in_words.py",
    "therapies/reading_language.py",
    "therapies/regions.py",
    "therapies/side_words.py",
)


def words_of_pure_modules() -> Iterator[tuple[str, str]]:
    """(file, English words): what a patient must not miss comes first."""
    yield from _from("therapies/universal.py", (line for lines in universal.LINES for line in lines))
    yield from ((f"therapies/suitability/{module}.py", sentence) for module, sentence in patient_sentences())
    yield from _from("therapies/suitability/vocabulary.py", finding_words())
    yield from _from("therapies/movement_cautions.py", (NOT_ASKED_WORDS | CAUTION_WORDS).values())
    yield from _from("plans/holding.py", [NOT_FOR_NOW])
    for group in GROUPS:
        yield from _from("intake/questions.py", _of_group(group))
    yield from _from("intake/asking_again.py", [WHAT_IS_NEW, NOW])
    for question in questions_about_changes(date.min):
        yield from _from("intake/asking_again.py", _of_question(question))
    yield from _from("intake/contradictions.py", contradictions.SENTENCES)
    yield from _from("intake/dates.py", dates.SENTENCES)
    yield from _from("plans/sheet.py", asdict(SheetWords()).values())
    yield from _from("plans/leaflet.py", asdict(LeafletWords()).values())


def _from(file: str, words: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((file, each) for each in words if each)


def _of_group(group: Group) -> Iterator[str]:
    yield from (group.title, group.intro)
    for part in group.parts:
        if part.only_if:
            yield part.only_if.words
        if isinstance(part, Question):
            yield from _of_question(part)


def _of_question(question: Question) -> Iterator[str]:
    yield from (question.text, question.help)
    yield from (label for _value, label in question.choices)
