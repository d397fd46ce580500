"""One variable says how mail is sent; what is wrong with it is said without its password."""

import pytest

from practice.mail_url import WrongMailUrl, mail_settings


def test_a_mail_server_of_another_machine_is_spoken_to_over_tls() -> None:
    found = mail_settings("smtp+tls://clinic:p%40ss@mail.example.org")
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"], found["EMAIL_USE_TLS"]) == ("mail.example.org", 587, True)


def test_a_name_and_a_password_may_hold_any_sign() -> None:
    assert mail_settings("smtps://clinic:p%40ss@mail.example.org")["EMAIL_HOST_PASSWORD"] == "p@ss"


def test_a_port_may_be_named() -> None:
    assert mail_settings("smtps://mail.example.org:2465")["EMAIL_PORT"] == 2465


@pytest.mark.parametrize(
    "url", ["mail.example.org", "http://mail.example.org", "smtp+tls://", "smtp://mail.example.org"]
)
def test_what_would_send_in_the_open_or_nowhere_is_refused(url: str) -> None:
    with pytest.raises(WrongMailUrl):
        mail_settings(url)


def test_a_server_on_this_machine_needs_no_tls() -> None:
    assert not mail_settings("smtp://localhost")["EMAIL_USE_TLS"]


def test_the_refusal_does_not_repeat_the_password() -> None:
    with pytest.raises(WrongMailUrl) as refused:
        mail_settings("smtp://clinic:secret@mail.example.org")
    assert "secret" not in str(refused.value)
