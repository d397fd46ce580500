"""The whole rule set of this clinic as one thing that can be read, hashed and signed.

The hash covers what the page shows: the rules with their words and sources, the code that decides, the clinic's
choices and limits, and each published instruction's cautions, in every language, and doses. Whatever changes it asks
for new signatures.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from itertools import groupby
from operator import attrgetter

from django.utils.translation import override

from practice.models import Clinic
from therapies.choices import choices_of
from therapies.dose import GROWING, NAMES
from therapies.dose_in_words import dose_words
from therapies.loading import content_hash
from therapies.models import InstructionText, InstructionVersion, Language, Status
from therapies.movement_cautions import condition_words
from therapies.rule_set_parts import Caution, Fact, Movement, Part, Sentence, static_parts
from therapies.suitability import VOCABULARY, ClinicChoices

ON, OFF = "on", "off"


@dataclass(frozen=True)
class RuleSet:
    parts: tuple[Part, ...]
    hashes: dict[str, str]

    @cached_property
    def hash(self) -> str:
        """SHA-256 of all parts, in hexadecimal: the same for the same rule set, wherever it is worked out."""
        return content_hash(self.hashes)

    def titles_changed_since(self, hashes: dict[str, str]) -> tuple[str, ...]:
        """The titles of the parts that are not as they were when these were their hashes."""
        return tuple(part.title for part in self.parts if hashes.get(part.key) != self.hashes[part.key])


def rule_set(clinic: Clinic) -> RuleSet:
    """As it stands now, by one query; `clinic` as Clinic.load() gives it."""
    choices = choices_of(clinic)
    # A patient who reads another language asks for it too, and the hash is of the English words.
    with override(Language.ENGLISH):
        living = (_clinic_part(clinic), _movements_part())
    hashes = _static_hashes(choices) | {part.key: _hash_of(part) for part in living}
    return RuleSet((living[0], *static_parts(choices), living[1]), hashes)


@cache
def _static_hashes(choices: ClinicChoices) -> dict[str, str]:
    return {part.key: _hash_of(part) for part in static_parts(choices)}


def _hash_of(part: Part) -> str:
    return content_hash(asdict(part))


def _clinic_part(clinic: Clinic) -> Part:
    facts = (
        Fact("Heat in the first two weeks (D1)", ON if clinic.allow_heat_under_14_days else OFF),
        Fact("Standing orders", ON if clinic.standing_orders_on else OFF),
        Fact("Phases that patients open", ON if clinic.patient_opened_phases_on else OFF),
        Fact("A screening is good for", f"{clinic.screening_limit_days} days"),
    )
    return Part("clinic", "What this clinic chose", "Its switches and its limit.", facts=facts)


def _movements_part() -> Part:
    texts = (
        InstructionText.objects.filter(version__status=Status.PUBLISHED)
        .select_related("version__instruction__therapy")
        .order_by("version__instruction__therapy__order", "version__instruction", "language")
    )
    titles = {text.version.instruction_id: text.title for text in texts if text.language == Language.ENGLISH}
    by_version = groupby(texts, key=attrgetter("version"))
    return Part(
        "instructions",
        "Cautions and doses of each instruction",
        "What the catalogue holds now: whom a movement is not for, what changes for whom, and how far its dose goes.",
        movements=tuple(_movement(version, tuple(words), titles) for version, words in by_version),
    )


def _movement(version: InstructionVersion, texts: tuple[InstructionText, ...], titles: dict[str, str]) -> Movement:
    return Movement(
        slug=version.instruction_id,
        title=titles.get(version.instruction_id, version.instruction_id),
        kind=version.instruction.therapy.get_kind_display(),
        level=version.get_level_display(),
        first_48h=version.first_48h,
        dose=dose_words(version.dose),
        most=_most(version),
        cautions=tuple(_cautions(version, texts)),
        instead=tuple(titles.get(slug, slug) for slug in version.alternatives),
    )


def _most(version: InstructionVersion) -> str:
    numbers = ((name, version.dose_most[name]) for name in GROWING if name in version.dose_most)
    return ", ".join(f"{NAMES[name].lower()} {number}" for name, number in numbers)


def _cautions(version: InstructionVersion, texts: tuple[InstructionText, ...]) -> Iterable[Caution]:
    for each in version.cautions:
        condition = each["condition"]
        yield Caution(
            condition=condition_words(condition),
            action=each["action"],
            sentences=tuple(Sentence(text.language, text.caution_notes.get(condition, "")) for text in texts),
            asked=condition in VOCABULARY,
        )
