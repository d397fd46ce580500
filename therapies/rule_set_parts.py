"""The rule set in parts that people can read: everything that decides, from the code itself. No queries.

`instructions` and `clinic` come from rule_set.py, which reads them from the database.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from therapies import dose, movement_cautions, suitability
from therapies.dose import LIMITS, NAMES
from therapies.suitability import (
    VOCABULARY,
    ClinicChoices,
    Level,
    constants,
    emergency,
    heat,
    ice,
    label_of,
    pairing,
    review,
    same_day,
)
from therapies.suitability.flags import FlagRule
from therapies.suitability.interpretations import DISAGREEMENTS, INTERPRETATIONS, Interpretation
from therapies.suitability.medicines import ROWS as ALERTS
from therapies.suitability.open_questions import OPEN_QUESTIONS
from therapies.suitability.record import conditions, precedence
from therapies.suitability.stretching import TABLE as STRETCHING
from therapies.suitability.tables import URGENT, BaseRule, Rule, Table
from therapies.suitability.verdicts import PairingNote, Verdict

DOES = {Verdict.SUITABLE: "suitable", Verdict.CAUTION: "caution", Verdict.NOT_SUITABLE: "not suitable"}
LEVELS = {
    Level.EMERGENCY: "emergency: 911 now",
    Level.SAME_DAY: "a doctor today",
    Level.REVIEW: "a clinician's review before any plan",
}
# How a text that is filled in for a person reads on a page that is about nobody.
BLANKS = {"days": "…", "found": "…", "rules": "…"}
# The shorthand of rules.md section 4, in words.
SHORTHAND = {
    "inflam": "inflammation",
    "flare": "a flare of an old pain",
    "inflammatory_pattern": "the inflammatory pattern",
}
PHRASES = {
    "band recent/grey": f"day 0 to {constants.GREY_MAX_DAYS}",
    "band recent": f"day 0 to {constants.RECENT_MAX_DAYS}",
    "band grey": f"day {constants.GREY_MIN_DAYS} to {constants.GREY_MAX_DAYS}",
    "band late": f"from day {constants.LATE_MIN_DAYS}",
    "onset_days": "day",
    " not null": "",
}
KEY = re.compile(r"`([a-z_]+)( = [a-z_]+)?`")


@dataclass(frozen=True)
class RuleLine:
    """One rule: its condition (Markdown, from rules.md), what it does, both sentences, the source."""

    id: str
    when: str
    does: str
    staff: str
    patient: str
    source: str


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


@dataclass(frozen=True)
class Sentence:
    """What patients who read this language are told."""

    language: str
    text: str


@dataclass(frozen=True)
class Caution:
    """A movement's own caution. `asked`: the screening's answers decide it; else a clinician asks."""

    condition: str
    action: str
    sentences: tuple[Sentence, ...]
    asked: bool


@dataclass(frozen=True)
class Movement:
    """A published instruction as far as it can harm or be refused."""

    slug: str
    title: str
    kind: str
    level: str
    first_48h: bool
    dose: str
    most: str
    cautions: tuple[Caution, ...]
    instead: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One heading of the page. `key` names it in the address and in a signature."""

    key: str
    title: str
    about: str
    rules: tuple[RuleLine, ...] = ()
    facts: tuple[Fact, ...] = ()
    lines: tuple[str, ...] = ()
    movements: tuple[Movement, ...] = ()


@cache
def static_parts(choices: ClinicChoices) -> tuple[Part, ...]:
    """Everything that the program itself decides, for a clinic with these choices."""
    return (
        Part("order", "What comes first", "Which rule wins when several apply.", lines=precedence()),
        Part("numbers", "Numbers", "What the rules count with. The first day is day 0.", facts=_numbers()),
        *_flag_parts(),
        _table_part("ice", "Ice", ice.TABLE),
        _table_part("heat", "Heat", heat.table_for(choices)),
        _table_part("stretching", "Stretching and movement", STRETCHING),
        Part("both", "Ice and heat together", "Both, one or neither.", rules=tuple(_pairing_lines())),
        Part("medicine", "Medicine alerts", "They teach, and change no verdict.", rules=tuple(_alert_lines())),
        Part(
            "interpretations",
            "Interpretations",
            "What the sources leave open, and how it is read here. You sign these too.",
            rules=tuple(_interpretation(entry, entry.does) for entry in INTERPRETATIONS),
        ),
        Part(
            "disagreements",
            "Disagreements",
            "Where the sources differ, and what this clinic does.",
            rules=tuple(_interpretation(entry, entry.in_force(choices)) for entry in DISAGREEMENTS),
        ),
        Part(
            "open-questions",
            "Open questions for the clinician",
            "What the rules do not say, and what Steady does until you decide. You sign these too.",
            rules=tuple(_interpretation(entry, entry.does) for entry in OPEN_QUESTIONS),
        ),
        Part("doses", "Limits of a dose", "No plan goes beyond these, whoever types it.", facts=tuple(_limits())),
        Part(
            "code",
            "The rules' own code",
            "A fingerprint of the program's files that decide. Any change of them asks for new signatures.",
            facts=(Fact("Fingerprint", fingerprint(deciding_files())),),
        ),
    )


def deciding_files() -> list[Path]:
    """The source of all that decides: the rules, the movements' cautions, the dose limits."""
    rules = sorted(Path(str(suitability.__file__)).parent.glob("*.py"))
    return [*rules, *(Path(str(module.__file__)) for module in (movement_cautions, dose))]


def fingerprint(files: Iterable[Path]) -> str:
    """SHA-256 over the names and contents of files, whatever their line ends."""
    digest = sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return digest.hexdigest()


def _numbers() -> tuple[Fact, ...]:
    return (
        Fact("Recent", f"day 0 to {constants.RECENT_MAX_DAYS}"),
        Fact("Between", f"day {constants.GREY_MIN_DAYS} to {constants.GREY_MAX_DAYS}"),
        Fact("Old", f"from day {constants.LATE_MIN_DAYS}"),
        Fact("The first 48 hours", f"day 0 to {constants.FIRST_48H_MAX_DAYS}"),
        Fact("“Not getting better” is asked", f"from day {constants.NOT_IMPROVING_DAYS}"),
        Fact("Fever", f"{constants.FEVER_F} °F ({constants.FEVER_C} °C) or more"),
        Fact("Longest ice", f"{constants.ICE_MAX_MIN} minutes"),
        Fact("Longest heat", f"{constants.HEAT_MAX_MIN} minutes"),
        Fact("Adult (R24)", f"from {constants.ADULT_AGE} years"),
        Fact("Weak bones (R14)", f"from {constants.WEAK_BONE_AGE} years"),
        Fact("Long pain at an age (R30)", f"from {constants.MYELOMA_AGE} years and day {constants.MYELOMA_MIN_DAYS}"),
        Fact("Pain medicine in pregnancy (M03)", f"from week {constants.NSAID_ASK_WEEKS}"),
        Fact("Movements in pregnancy", f"cautions apply from week {movement_cautions.PREGNANT_FROM_WEEK}"),
    )


def _flag_parts() -> tuple[Part, ...]:
    return (
        Part(
            "emergency",
            "Red flags: emergency",
            "The patient sees one card: call 911 now. No plan leaves the clinic.",
            rules=tuple(map(_flag_line, emergency.ROWS)),
        ),
        Part(
            "same-day",
            "Red flags: same day",
            "The patient sees one card: call the clinic or a doctor today. No plan leaves the clinic.",
            rules=tuple(map(_flag_line, same_day.ROWS)),
        ),
        Part(
            "review",
            "Red flags: review",
            "The plan is held until a clinician clears the review, with a reason.",
            rules=tuple(map(_flag_line, review.ROWS)),
        ),
    )


def _flag_line(row: FlagRule) -> RuleLine:
    return _line(row.rule, LEVELS[row.level], row.text, row.patient_text, row.source)


def _table_part(key: str, title: str, table: Table) -> Part:
    """One modality: base rows, signs, bars, cautions, the open-question rule, the hold of a review; and its limits."""
    rows: Iterable[BaseRule | Rule] = (*table.base, *table.signs, *table.bars, *table.cautions)
    lines = [_line(row.rule, DOES[row.verdict], row.text, row.patient_text, row.source) for row in rows]
    open_question = table.unanswered
    lines.append(
        _line(
            open_question.rule,
            "at best caution",
            open_question.text,
            open_question.patient_text,
            "Decision rules, section 2",
            when="An answer that this part needs is “not sure”.",
        )
    )
    held = table.review
    at_review = "The red-flag level is review."
    lines.append(_line(held.rule, "at best caution", held.text, held.patient_text, held.source, when=at_review))
    lines += [
        _line("3.2", "not suitable", *sentences, "Decision rules, section 3", when=f"The level is: {LEVELS[level]}.")
        for level, sentences in URGENT.items()
    ]
    return Part(key, title, "The strictest rule that applies decides.", rules=tuple(lines), lines=table.limits)


def _pairing_lines() -> Iterable[RuleLine]:
    notes: tuple[PairingNote, ...] = (
        pairing.B01,
        pairing.B02,
        pairing.B03,
        pairing.TIE_BREAK,
        pairing.B04,
        pairing.B05,
    )
    yield from (_line(note.rule, "advice", note.text, note.patient_text, note.source) for note in notes)
    for row in pairing.NEITHER:
        yield _line(row.rule, "neither", row.text, row.patient_text, row.source)
    yield _line(pairing.B11.rule, "advice", pairing.B11.text, pairing.B11.patient_text, pairing.B11.source)


def _alert_lines() -> Iterable[RuleLine]:
    return (_line(row.rule, "alert", row.text, row.patient_text, row.source) for row in ALERTS)


def _interpretation(entry: Interpretation, does: str) -> RuleLine:
    return RuleLine(entry.id, entry.about, does, "", "", f"Stands under {', '.join(entry.rules)}")


def _limits() -> Iterable[Fact]:
    for kind, limits in LIMITS.items():
        words = ", ".join(f"{NAMES[name].lower()} {least} to {most}" for name, (least, most) in limits.items())
        yield Fact(kind.capitalize(), words)


def in_words(condition: str) -> str:
    """A condition of rules.md with its findings and bands named in words; still Markdown."""
    for phrase, words in PHRASES.items():
        condition = condition.replace(phrase, words)
    return KEY.sub(_named, condition)


def _named(found: re.Match[str]) -> str:
    key, choice = found[1], (found[2] or "").replace("_", " ")
    label = SHORTHAND.get(key) or (label_of(key) if key in VOCABULARY else key.replace("_", " "))
    return f"*{label}*{choice}"


def _line(rule: str, does: str, text: str, patient_text: str, source: str, *, when: str = "") -> RuleLine:
    condition = when or in_words(conditions().get(rule, ""))
    return RuleLine(rule, condition, does, text.format(**BLANKS), patient_text.format(**BLANKS), source)
