"""How the clinic sends mail, from one variable: EMAIL_URL=smtp+tls://user:password@mail.example.org:587"""

from urllib.parse import unquote, urlsplit

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
LOCAL = ("localhost", "127.0.0.1", "::1")


class WrongMailUrl(ValueError):
    """The message is a sentence that names what is wrong, without what was written."""


def mail_settings(url: str) -> dict[str, str | int | bool]:
    """Django's settings for this address. Mail leaves the machine over TLS only. Raises WrongMailUrl."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise WrongMailUrl("EMAIL_URL must look like smtp+tls://user:password@mail.example.org:587.")
    if parts.scheme == "smtp" and parts.hostname not in LOCAL:
        raise WrongMailUrl("EMAIL_URL must begin with smtp+tls:// or smtps:// for another machine.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or PORTS[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
    }
