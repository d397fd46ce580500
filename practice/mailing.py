"""Sending a mail after the page has answered, so that the answer's time tells nobody whether one was sent."""

import logging
from threading import Thread

from django.core.mail import send_mail

logger = logging.getLogger(__name__)


def send_later(*, subject: str, text: str, to: str) -> None:
    """Hand the mail to a thread of its own; with nobody to send it `to`, the thread ends at once.

    A mail that fails is lost: the log says so, and neither to whom nor what.
    """
    Thread(target=_send, args=(subject, text, to), name="mail").start()


def _send(subject: str, text: str, to: str) -> None:
    if not to:
        return
    try:
        send_mail(subject, text, None, [to])
    except OSError as why:  # Also the errors of smtplib.
        logger.warning("A mail could not be sent: %s", type(why).__name__)
