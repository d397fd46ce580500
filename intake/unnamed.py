"""A reason is copied into the record of events, which holds no names: the patient's own is refused in it."""

import re
from unicodedata import category, normalize

from django.core.exceptions import ValidationError

from intake.models import Patient
from intake.names import APOSTROPHES, fold, search_key, unseen, words_of

# A shorter one is taken for the name where it is not all small letters.
SHORTEST = 3
# Written small these are words of any sentence, of a back's too; with a capital they are taken for the name.
EVERYDAY = frozenset(
    (
        "april art august back baker banks best black bone bones brook brown burn burns case chance chase church clay "
        "cold cook court day dean drew early faith fall field fields file foot for frank friend frost gay good grace "
        "grant gray green guy hand hands hard hill holiday home hope house jack joy judge june king lane law lawyer "
        "little long love major mark marsh may miles minor moody nurse page park parks pat power price rice rich rob "
        "rose sands self sharp short small son stone strong sue summer walker ward waters wells west white will winter "
        "wise wood woods young"
    ).split()
)
OWNERS = re.compile(f"[{''.join(map(chr, APOSTROPHES))}]s$", re.IGNORECASE)


def name_in(text: str, *names: str) -> str | None:
    """The first word of the text that is one of these names, as it was written there.

    Where a script has no capitals, words are often written together: there a name within a word counts too.
    """
    looked_for = set(words_of(search_key(*names)))
    without_capitals = {word for word in looked_for if word.upper() == word and not word.isascii()}
    for written in _words(normalize("NFC", text)):
        for word in (fold(written), fold(OWNERS.sub("", written))):
            if (word in looked_for and not _is_everyday(word, written)) or any(n in word for n in without_capitals):
                return written
    return None


def _is_everyday(word: str, written: str) -> bool:
    return (word in EVERYDAY or len(word) < SHORTEST) and written.islower()


def _words(text: str) -> list[str]:
    """What stands between blanks and punctuation marks: letters with their accents, and apostrophes between them."""
    apart = "".join(each if _is_of_a_word(each) else " " for each in text)
    return [word.strip("".join(map(chr, APOSTROPHES))) for word in apart.split()]


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or ord(character) in APOSTROPHES or category(character)[0] == "M" or unseen(character)


def what_is_wrong(reason: str, patient: Patient) -> str:
    """A sentence for whoever typed it; empty when the reason may be kept with an event."""
    written = name_in(reason, patient.given_name, patient.family_name)
    return f"Write it without the patient's name (“{written}”): the record of events holds no names." if written else ""


def without_names(reason: str, patient: Patient) -> str:
    """For a form's field: the reason as it is. Raises ValidationError."""
    if wrong := what_is_wrong(reason, patient):
        raise ValidationError(wrong)
    return reason
