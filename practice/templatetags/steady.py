"""The few tags and filters that every template may use."""

import json
import re
from functools import cache

import lucide
import nh3
from django import template
from django.contrib.auth.models import AnonymousUser
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language_bidi
from markdown_it import MarkdownIt

from practice.models import User
from practice.roles import May

register = template.Library()

_MARKDOWN = MarkdownIt("commonmark", {"html": False})
_TAGS = {"p", "ul", "ol", "li", "strong", "em", "a"}


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """The lucide icon `name` as inline SVG. It is decoration: the word beside it says the same.

    Raises lucide.IconDoesNotExist for a name that lucide does not have.
    """
    attributes = {"class": "icon", "aria_hidden": "true", "focusable": "false"}
    svg = re.sub(r">\s+<", "><", lucide._render_icon(str(name), None, **attributes))
    # Our own package's drawing with fixed attributes: nothing that a person typed is in it.
    return mark_safe(svg)


@register.filter
def markdown(text: str) -> SafeString:
    """Short Markdown (paragraphs, lists, emphasis, http links) as HTML; anything else is dropped."""
    html = nh3.clean(
        _MARKDOWN.render(text or ""),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel="noopener noreferrer",
    )
    return mark_safe(html)


@register.filter
def tel(phone: str) -> str:
    """A telephone number as the address of a `tel:` link: digits, with the plus in front if there is one."""
    digits = re.sub(r"\D", "", phone)
    return f"+{digits}" if phone.strip().startswith("+") else digits


@register.filter
def ltr(number: str) -> str:
    """A number that keeps its order within words that run from right to left (isolated as Unicode does it)."""
    return f"\u2066{number}\u2069" if get_language_bidi() else number


@register.filter
def may(user: User | AnonymousUser, deed: str) -> bool:
    """Whether the person who is signed in may do `deed`, a name of practice.roles.May."""
    return isinstance(user, User) and user.may(May[deed])


@register.filter
def as_json(value: object) -> str:
    """For a data attribute that a script reads; the template escapes it like any text."""
    return json.dumps(value)
