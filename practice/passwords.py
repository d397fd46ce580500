"""Which passwords are too easily guessed, beyond those that Django knows.

Of Django's 20,000 common passwords few have 12 characters: people make them longer by "123", by "!" or by typing them
twice, and so do those who guess. (OWASP ASVS 5.0: 6.2.4)
"""

import re

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from practice.models import User

LENGTHENED = "This is a common password with something added. Take a few words in a row instead."
AT_THE_ENDS = re.compile(r"^[\W\d_]+|[\W\d_]+$")


class LengthenedPasswordValidator:
    """Refuses a common password with digits or signs around it, one that is typed over and over, and digits alone."""

    def __init__(self) -> None:
        self.common: set[str] = CommonPasswordValidator().passwords

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError."""
        if cores_of(password) & (self.common | {""}):
            raise ValidationError(LENGTHENED, code="password_lengthened")

    def get_help_text(self) -> str:
        return "A common password with digits or signs added is refused."


def cores_of(password: str) -> set[str]:
    """What the password may have been made from: without digits and signs at its ends, and typed once."""
    once = _units(password.lower()) | _units(AT_THE_ENDS.sub("", password.lower()))
    return once | {AT_THE_ENDS.sub("", unit) for unit in once}


def _units(text: str) -> set[str]:
    """The text, and each shorter one that it repeats."""
    length = len(text)
    return {text} | {text[:size] for size in range(1, length) if text[:size] * (length // size) == text}
