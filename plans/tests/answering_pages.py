"""What a patient sends from one page of their own screening."""

import re
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from intake.models import Screening
from intake.questions import GROUP_BY_SLUG, GROUPS
from intake.tests.factories import typed_answers

PAGE = "00000000-0000-4000-8000-000000000001"


def page_post(slug: str, *, draft: Screening | None = None, **said: Any) -> dict[str, Any]:
    """A page's fields with "no" to all but what is said; an answer of None was left open."""
    typed = typed_answers(**said)
    fields = {name: typed[name] for name in GROUP_BY_SLUG[slug].names if typed.get(name) is not None}
    hidden = {"page": PAGE, "revision": draft.revision if draft else 0}
    return {**fields, **hidden, **({"draft": str(draft.pk)} if draft else {})}


def press_next(client: Client, slug: str, **said: Any) -> HttpResponse:
    """Press "Next" on a page, as the page of the patient's draft as it stands now."""
    draft = Screening.objects.drafts().first()
    return client.post(reverse("answer_page", args=[slug]), page_post(slug, draft=draft, **said))


def hidden_fields(page: HttpResponse) -> dict[str, str]:
    """What an opened page says of itself when it sends its answers."""
    shown = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page.content.decode())
    return {name: value for name, value in shown if name != "csrfmiddlewaretoken"}


def press_next_on(page: HttpResponse, client: Client, slug: str, **said: Any) -> HttpResponse:
    """Press "Next" on the page as it was opened."""
    return client.post(reverse("answer_page", args=[slug]), page_post(slug, **said) | hidden_fields(page))


def answer_everything(client: Client, **said: Any) -> None:
    """Every page in order, whichever of them matters."""
    for group in GROUPS:
        press_next(client, group.slug, **said)


def press_send(client: Client, draft: Screening | None = None) -> HttpResponse:
    draft = draft or Screening.objects.drafts().get()
    return client.post(reverse("answer_check"), {"draft": str(draft.pk), "revision": draft.revision})
