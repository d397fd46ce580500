"""What a version forbids, limits or says less than the one before it. Only a clinician publishes that, with a reason.

Of a sentence that keeps people safe nobody but a reader can tell whether new words say as much as the old ones did:
one that is gone or worded anew counts as eased. One that is added does not; but the first words of a clinic's own in
another language do: whether they warn of the same, no rule can tell. So do a clinic's own words of what to do with ice
or heat, those that are added too: a step more can undo the cloth that another asks for. So does an instruction that is
new altogether: what it leaves out nobody has read. Of an education page the same holds for what stands under "Ask
first", in each language by itself.
"""

from collections.abc import Iterator

from therapies.dose import GROWING, NAMES, limits_for, most_of
from therapies.models import InstructionText, InstructionVersion, Origin, Therapy, TherapyPage
from therapies.movement_cautions import ADAPT, AVOID, condition_words
from therapies.suitability import VOCABULARY

# The lists of sentences that keep people safe, by the heading under which a patient reads them.
SAFETY_LINES = {"stop_if": "Stop if", "not_now_if": "Not now if"}
# Of these every word about what to do keeps the skin whole: the cloth between, the timer, staying awake.
ON_THE_SKIN = (Therapy.Kind.ICE, Therapy.Kind.HEAT)
FIRST = "Nothing of it is published that it could be read against: does it warn of all that it should?"
TO_DO = {"steps": "Steps", "feel": "What you should feel", "easier": "Easier", "harder": "Harder"}


def loosened(version: InstructionVersion, before: InstructionVersion | None) -> tuple[str, ...]:
    """One sentence for each caution, dose limit or safety line that is gone, eased or worded anew."""
    if before is None:
        return () if version.origin == Origin.SHIPPED else (FIRST,)
    return (
        *_cautions(version, before),
        *_doses(version, before),
        *_gap(version, before),
        *_first_48h(version, before),
        *_words(version, before),
        *_new_languages(version, before),
        *_steps_on_the_skin(version, before),
    )


def loosened_page(page: TherapyPage, before: TherapyPage | None) -> tuple[str, ...]:
    """One sentence for each line under "Ask first" that is gone or worded anew."""
    if before is None:
        return () if page.origin == Origin.SHIPPED else (FIRST,)
    gone = (line for line in before.ask_first if line not in page.ask_first)
    return tuple(f"“Ask first, or do not use” would no longer say: “{line}”" for line in gone)


def _actions(version: InstructionVersion) -> dict[str, str]:
    """What each caution does, by its condition."""
    return {each["condition"]: each["action"] for each in version.cautions}


def _cautions(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    now = _actions(version)
    for condition, then in _actions(before).items():
        words = condition_words(condition)
        if condition not in now:
            yield f"The caution about {words} (“{then}”) would be gone."
        elif (then, now[condition]) == (AVOID, ADAPT):
            yield f"The caution about {words} would be “adapt” instead of “avoid”."


def _doses(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    for name in GROWING:
        then, now = _furthest(before, name), _furthest(version, name)
        if now and not then:
            yield f"{NAMES[name]} could grow to {now}; there was no such number."
        elif now > then:
            yield f"{NAMES[name]} could grow to {now} instead of {then}."


def _furthest(version: InstructionVersion, name: str) -> int:
    """How far a number may grow in a plan; 0 when the instruction has no use for it."""
    # Rounds may be typed wherever something is repeated (the builder's forms), whether or not the version has them.
    used = "repetitions" if name == "sets" and version.sets is None else name
    if name not in limits_for(version.kind) or getattr(version, used) is None:
        return 0
    return most_of(name, version.kind, version.dose_most)


def _gap(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    then, now = before.least_gap_minutes, version.least_gap_minutes
    if then is not None and now is None:
        yield f"{NAMES['least_gap_minutes']} would be gone; it was {then}."
    elif then is not None and now is not None and now < then:
        yield f"{NAMES['least_gap_minutes']} would be {now} instead of {then}."


def _first_48h(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    if version.first_48h and not before.first_48h:
        yield "It would be in the set for the first 48 hours."


def _words(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    now = {text.language: text for text in version.texts.all()}
    for then in before.texts.all():
        if then.language not in now:
            yield f"The words in {then.get_language_display()} would be gone, and what they warn of."
            continue
        yield from _lines(now[then.language], then)
        yield from _notes(version, before, now[then.language], then)


def _new_languages(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    """Shipped words are read before they are shipped."""
    if version.origin == Origin.SHIPPED:
        return
    known = {text.language for text in before.texts.all()}
    texts = list(version.texts.all())
    for text in texts:
        if text.language not in known and (version.cautions or any(map(_warns, texts))):
            yield f"The words in {text.get_language_display()} are new: do they warn of the same?"


def _warns(text: InstructionText) -> bool:
    return any(getattr(text, name) for name in SAFETY_LINES)


def _lines(now: InstructionText, then: InstructionText) -> Iterator[str]:
    for name, heading in SAFETY_LINES.items():
        for line in getattr(then, name):
            if line not in getattr(now, name):
                yield f"“{heading}” would no longer say: “{line}”"


def _steps_on_the_skin(version: InstructionVersion, before: InstructionVersion) -> Iterator[str]:
    """Shipped words are read before they are shipped."""
    if version.origin == Origin.SHIPPED or version.kind not in ON_THE_SKIN:
        return
    if version.figures != before.figures:
        yield "The pictures would be others: do they show the cloth between?"
    now = {text.language: text for text in version.texts.all()}
    for then in before.texts.all():
        if then.language in now:
            yield from _to_do(now[then.language], then)


def _to_do(now: InstructionText, then: InstructionText) -> Iterator[str]:
    for name, heading in TO_DO.items():
        old, new = (_as_lines(getattr(text, name)) for text in (then, now))
        yield from (f"“{heading}” would no longer say: “{line}”" for line in old if line not in new)
        yield from (f"“{heading}” would say anew: “{line}”" for line in new if line not in old)


def _as_lines(said: str | list[str]) -> list[str]:
    return said if isinstance(said, list) else [said] if said else []


def _notes(
    version: InstructionVersion, before: InstructionVersion, now: InstructionText, then: InstructionText
) -> Iterator[str]:
    """The cautions' own sentences, where the caution stays."""
    for condition in _actions(before):
        old, new = (text.caution_notes.get(condition, "") for text in (then, now))
        if not old or old == new or _is_settled(condition, version, before):
            continue
        about = f"About {condition_words(condition)} it would"
        yield f"{about} say “{new}” instead of “{old}”" if new else f"{about} no longer say: “{old}”"


def _is_settled(condition: str, version: InstructionVersion, before: InstructionVersion) -> bool:
    """Whether the caution's sentence needs no look of its own.

    A caution that is gone is named as that. One that turns from "adapt" to "avoid" is read by nobody any more, when
    the answers decide it; of a condition that is not asked everybody goes on reading.
    """
    then, now = _actions(before)[condition], _actions(version).get(condition)
    return now is None or ((then, now) == (ADAPT, AVOID) and condition in VOCABULARY)
