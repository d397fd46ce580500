"""A visitor of the load test: keeps its cookies, follows where it is led and fills in the forms it is shown."""

import threading
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

# As patient as a browser is: on a busy machine everybody waits behind everybody else.
TIMEOUT = 120.0
REDIRECTS = (301, 302, 303)
Fields = dict[str, list[str]]


class Unanswered(Exception):
    """The server refused, failed or did not answer; the message says what was asked and what came back."""


@dataclass
class Log:
    """What all visitors met, by the kind of request."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def took(self, kind: str, seconds: float) -> None:
        with self.lock:
            self.seconds[kind].append(seconds)

    def failed(self, what: object) -> None:
        with self.lock:
            self.errors.append(str(what))


@dataclass
class Form:
    """A form as its page shows it: where it leads, what it would send, its boxes that are not ticked, its buttons."""

    action: str
    fields: Fields = field(default_factory=dict)
    unticked: Fields = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    path: str
    text: str
    kind: str

    @cached_property
    def forms(self) -> list[Form]:
        reader = _FormReader()
        reader.feed(self.text)
        return reader.forms

    def form(self, part_of_address: str) -> Form:
        """The first form whose address holds this; raises Unanswered where the page has none."""
        for form in self.forms:
            if part_of_address in (form.action or self.path):
                return form
        raise Unanswered(f"{self.path} has no form that leads to {part_of_address}")


class Visitor:
    """One browser. Every request is timed in the log by its `kind`."""

    def __init__(self, base: str, cookies: Mapping[str, str], log: Log) -> None:
        self._netloc, self._base, self._log = urlsplit(base).netloc, base, log
        self._cookies = dict(cookies)

    def get(self, path: str, *, kind: str) -> Page:
        return self._follow(path, *self._ask("GET", path, None, kind), kind=kind)

    def send(self, page: Page, form: Form, *, kind: str, press: tuple[str, str] | None = None, **typed: Any) -> Page:
        """Press a button of the form, with `typed` in place of what stands in its fields."""
        fields = {**form.fields, **typed, **({press[0]: press[1]} if press else {})}
        path = urljoin(page.path, form.action) if form.action else page.path
        return self._follow(path, *self._ask("POST", path, urlencode(fields, doseq=True), kind), kind=kind)

    def _follow(self, path: str, status: int, headers: Mapping[str, str], text: str, *, kind: str) -> Page:
        if status in REDIRECTS:
            to = urljoin(path, headers["location"]).partition("#")[0]
            return self._follow(to, *self._ask("GET", to, None, f"{kind}, then"), kind=kind)
        return Page(path, text, headers.get("content-type", ""))

    def _ask(self, method: str, path: str, body: str | None, kind: str) -> tuple[int, dict[str, str], str]:
        begun = time.monotonic()
        connection = HTTPConnection(self._netloc, timeout=TIMEOUT)
        try:
            connection.request(method, path, body=body, headers=self._headers(path, posts=body is not None))
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", errors="replace")
        except (OSError, HTTPException) as error:
            raise Unanswered(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()
        self._log.took(kind, time.monotonic() - begun)
        if answer.status >= 400:
            raise Unanswered(f"{method} {path}: {answer.status}")
        self._keep_cookies(answer.headers.get_all("Set-Cookie", []))
        return answer.status, {name.lower(): value for name, value in answer.headers.items()}, text

    def _headers(self, path: str, *, posts: bool) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        headers = {"Cookie": cookies, "Referer": urljoin(self._base, path)}
        return headers | ({"Content-Type": "application/x-www-form-urlencoded"} if posts else {})

    def _keep_cookies(self, sent: list[str]) -> None:
        for line in sent:
            self._cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}


class _FormReader(HTMLParser):
    """Collects what a browser would send of each form."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(held.get("action", ""))
            self.forms.append(self._open)
        elif self._open is not None and "disabled" not in held:
            self._take(tag, held)

    def handle_data(self, data: str) -> None:
        if self._open and self._area:
            self._open.fields[self._area] = [data.removeprefix("\n")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._area = ""

    def _take(self, tag: str, held: dict[str, str]) -> None:
        assert self._open is not None
        name, value = held.get("name", ""), held.get("value", "")
        if tag == "button":
            self._open.buttons.append((name, value))
        elif tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            self._open.fields[name] = [""]
        elif tag == "option" and self._select and "selected" in held:
            self._open.fields.setdefault(self._select, []).append(value)
        elif tag == "input" and name:
            self._take_input(name, value, held)

    def _take_input(self, name: str, value: str, held: dict[str, str]) -> None:
        assert self._open is not None
        kind = held.get("type", "text")
        if kind in ("checkbox", "radio"):
            fields = self._open.fields if "checked" in held else self._open.unticked
            fields.setdefault(name, []).append(value or "on")
        elif kind not in ("submit", "button"):
            self._open.fields.setdefault(name, []).append(value)
