"""What staff must know when a patient's language is not fully shown: what comes in English, and that they interpret."""

from dataclasses import dataclass

from django.conf import settings

from intake.models import Patient
from plans.handout import texts_for
from plans.models import PlanVersion
from therapies.languages import ENGLISH, languages
from therapies.reviewing import language_for


@dataclass(frozen=True)
class Interpreting:
    """`language` is its name for staff; `in_english` names the instructions that are not approved in it."""

    language: str
    in_demo: bool = False
    shows_nothing: bool = False
    in_english: tuple[str, ...] = ()


def interpreting_for(patient: Patient, version: PlanVersion | None = None) -> Interpreting | None:
    """None where there is nothing to say. `version` is of the plan that the page is about, if it is about one."""
    if patient.language == ENGLISH:
        return None
    # A language whose files are gone has no name any more.
    known = languages().get(patient.language)
    name = known.name_in_english if known else patient.language
    if language_for(patient.language) == ENGLISH:
        return Interpreting(name, shows_nothing=True)
    if settings.DEMO:
        return Interpreting(name, in_demo=True)
    in_english = _in_english(version, patient.language) if version else ()
    return Interpreting(name, in_english=in_english) if in_english else None


def languages_not_shown() -> tuple[str, ...]:
    """The names of those whose patients get English, for pages on which staff print for several people."""
    return tuple(file.name_in_english for code, file in languages().items() if language_for(code) != code)


def _in_english(version: PlanVersion, language: str) -> tuple[str, ...]:
    items = version.items.select_related("instruction_version")
    texts = texts_for(items, language).values()
    return tuple(text.title for text in texts if text.language != language)
