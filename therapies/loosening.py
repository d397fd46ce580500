"""What a version forbids or limits less than the one before it. Only a clinician publishes that, with a reason."""

from therapies.dose import GROWING, NAMES, limits_for, most_of
from therapies.models import InstructionVersion
from therapies.movement_cautions import ADAPT, AVOID, condition_words


def loosened(version: InstructionVersion, before: InstructionVersion | None) -> tuple[str, ...]:
    """One sentence for each caution that is gone or eased, each dose that may grow higher, and the first 48 hours."""
    if before is None:
        return ()
    return (*_cautions(version, before), *_doses(version, before), *_first_48h(version, before))


def _cautions(version: InstructionVersion, before: InstructionVersion) -> list[str]:
    now = {each["condition"]: each["action"] for each in version.cautions}
    sentences = []
    for each in before.cautions:
        words, then = condition_words(each["condition"]), each["action"]
        if each["condition"] not in now:
            sentences.append(f"The caution about {words} (“{then}”) would be gone.")
        elif (then, now[each["condition"]]) == (AVOID, ADAPT):
            sentences.append(f"The caution about {words} would be “adapt” instead of “avoid”.")
    return sentences


def _doses(version: InstructionVersion, before: InstructionVersion) -> list[str]:
    sentences = []
    for name in GROWING:
        if name not in limits_for(version.kind) or getattr(before, name) is None or getattr(version, name) is None:
            continue
        then, now = (most_of(name, each.kind, each.dose_most) for each in (before, version))
        if now > then:
            sentences.append(f"{NAMES[name]} could grow to {now} instead of {then}.")
    return sentences


def _first_48h(version: InstructionVersion, before: InstructionVersion) -> list[str]:
    if version.first_48h and not before.first_48h:
        return ["It would be in the set for the first 48 hours."]
    return []
