"""The tags and filters of every template."""

import lucide
import pytest
from django.contrib.auth.models import AnonymousUser

from practice.templatetags.steady import icon, markdown, may, tel


def test_an_icon_is_hidden_from_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("snowflake")


def test_an_icon_carries_no_inline_style() -> None:
    assert "style=" not in icon("flame")


def test_an_unknown_icon_is_refused() -> None:
    with pytest.raises(lucide.IconDoesNotExist):
        icon("no-such-icon")


def test_markdown_keeps_paragraphs_and_lists() -> None:
    assert markdown("One\n\n- two") == "<p>One</p>\n<ul>\n<li>two</li>\n</ul>\n"


@pytest.mark.requirement("ASVS 1.3.1", "ASVS 1.3.5")
@pytest.mark.parametrize(
    "text", ["<script>x</script>", "<img src=x onerror=y>", "[x](javascript:alert)", "<p style='a'>b</p>"]
)
def test_markdown_lets_no_markup_through(text: str) -> None:
    html = markdown(text)
    assert not any(part in html for part in ("<script", "<img", 'href="javascript', "<p style"))


@pytest.mark.requirement("ASVS 1.3.5")
def test_markdown_drops_what_is_not_on_the_list() -> None:
    assert "<h1>" not in markdown("# Big")


def test_a_link_in_markdown_does_not_tell_where_it_came_from() -> None:
    assert 'rel="noopener noreferrer"' in markdown("[NHS](https://www.nhs.uk/)")


@pytest.mark.parametrize(
    ("phone", "address"), [("(303) 555-0142", "3035550142"), ("+1 303 555 0142", "+13035550142"), ("", "")]
)
def test_a_telephone_number_becomes_an_address(phone: str, address: str) -> None:
    assert tel(phone) == address


def test_nobody_who_is_not_signed_in_may_do_anything() -> None:
    assert may(AnonymousUser(), "SEE_PATIENTS") is False
