"""A reason is copied into the record of events, which holds no names: the patient's own is refused in it."""

import re
from unicodedata import normalize

from django.core.exceptions import ValidationError

from intake.models import Patient
from intake.names import fold, search_key, words_of

SHORTEST = 3
# Written small these are words of any sentence, of a back's too; with a capital they are taken for the name.
EVERYDAY = frozenset(
    (
        "april art august back baker banks best black bone bones brook brown burn burns case chance chase church clay "
        "cold cook day dean drew early faith field fields foot frank friend frost gay good grace grant gray green guy "
        "hand hands hard hill holiday home hope house jack joy june king lane law little long love major mark marsh "
        "may miles minor moody nurse page park parks pat power price rice rich rob rose sands self sharp short small "
        "stone strong sue summer walker ward waters wells west white will winter wise wood woods young"
    ).split()
)
WORD = re.compile(r"[^\W_]+(?:['’ʼ‘][^\W_]+)*")
OWNERS = re.compile(r"['’ʼ‘]s$", re.IGNORECASE)


def name_in(text: str, *names: str) -> str | None:
    """The first whole word of the text that is one of these names, as it was written there."""
    looked_for = {word for word in words_of(search_key(*names)) if len(word) >= SHORTEST}
    for written in WORD.findall(normalize("NFC", text)):
        for word in (fold(written), fold(OWNERS.sub("", written))):
            if word in looked_for and not (word in EVERYDAY and written.islower()):
                return str(written)
    return None


def what_is_wrong(reason: str, patient: Patient) -> str:
    """A sentence for whoever typed it; empty when the reason may be kept with an event."""
    written = name_in(reason, patient.given_name, patient.family_name)
    return f"Write it without the patient's name (“{written}”): the record of events holds no names." if written else ""


def without_names(reason: str, patient: Patient) -> str:
    """For a form's field: the reason as it is. Raises ValidationError."""
    if wrong := what_is_wrong(reason, patient):
        raise ValidationError(wrong)
    return reason
