"""seal() and unseal(): short secrets that lie in the database, such as those of authenticator apps.

They are encrypted under MFA_KEY, which comes from the environment: who copies the database alone cannot sign in with
it. MFA_KEY may name several keys with a comma between them, the newest first; what an older one sealed still opens.
(OWASP ASVS 5.0: 6.5.2)
"""

import base64
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

PURPOSE = b"steady: secrets of second factors"


class WrongKey(Exception):
    """What was sealed does not open: MFA_KEY is another one than it was, or the text was changed."""


def seal(text: str) -> str:
    return _keys(settings.MFA_KEY).encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """The text as it was. Raises WrongKey."""
    try:
        return _keys(settings.MFA_KEY).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise WrongKey("A second factor was sealed under another MFA_KEY than the one that is set.") from error


@lru_cache(maxsize=4)
def _keys(named: str) -> MultiFernet:
    return MultiFernet([Fernet(_derived(part.strip())) for part in named.split(",") if part.strip()])


def _derived(secret: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(derive.derive(secret.encode()))
