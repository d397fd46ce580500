"""Photographs of every page and every handout of the demo, for whoever changes the look."""

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import APIResponse, BrowserContext
from playwright.sync_api import Error as BrowserError

from clinic_site.demo.browsing import Scheme, Visitors
from clinic_site.demo.pages import PAGES
from clinic_site.demo.visits import Page, Who

WIDTHS = (390, 1280)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
DOTS_PER_INCH = 70
FORM = "application/x-www-form-urlencoded"


class CannotPhotograph(Exception):
    """A program is missing, or a page did not answer as it should; the message says which."""


@dataclass(frozen=True)
class Handout:
    """One way to print a story's plan."""

    story: str
    paper: str
    size: str
    with_codes: bool = False

    @property
    def label(self) -> str:
        return f"handout-{self.story}.{self.paper}.{self.size}{'.codes' if self.with_codes else ''}"


HANDOUTS = (
    Handout("stuck-for-weeks", "letter", "normal", with_codes=True),
    Handout("stuck-for-weeks", "letter", "large"),
    Handout("stuck-for-weeks", "a4", "normal"),
    Handout("fresh-sprain", "letter", "normal"),
    Handout("second-version", "letter", "normal"),
    Handout("ice-then-heat", "letter", "normal"),
    Handout("ice-on-hold", "letter", "large"),
    Handout("large-print", "letter", "large", with_codes=True),
    Handout("another-script", "letter", "normal"),
    Handout("in-spanish", "letter", "normal", with_codes=True),
)


def photograph_pages(visitors: Visitors, folder: Path, *, only: str = "") -> Iterator[str]:
    """Write `<page>.<who>.<width>.<scheme>.png` for each page whose label holds `only`; yields names."""
    for page in PAGES:
        if only not in page.label:
            continue
        for width in WIDTHS:
            for scheme in SCHEMES:
                yield _photograph(visitors, page, folder, width, scheme)


def photograph_handouts(visitors: Visitors, folder: Path, *, only: str = "") -> Iterator[str]:
    """Write `<handout>.page-<n>.png` for each handout whose label holds `only`; yields names."""
    wanted = [handout for handout in HANDOUTS if only in handout.label]
    if not wanted:
        return
    if shutil.which("pdftoppm") is None:
        raise CannotPhotograph("pdftoppm is missing: install Debian's poppler-utils to photograph handouts.")
    context = visitors.context(Who.FRONT_DESK)
    for handout in wanted:
        pdf = folder / f"{handout.label}.pdf"
        pdf.write_bytes(_print(visitors, context, handout))
        yield from _pages_of(pdf)
    context.close()


def _photograph(visitors: Visitors, page: Page, folder: Path, width: int, scheme: Scheme) -> str:
    name = f"{page.label}.{width}.{scheme}.png"
    try:
        with visitors.tab(page, width=width, scheme=scheme) as tab:
            tab.screenshot(path=folder / name, full_page=True)
    except BrowserError as error:
        raise CannotPhotograph(f"{name}: {error.message.splitlines()[0]}") from error
    return name


def _print(visitors: Visitors, context: BrowserContext, handout: Handout) -> bytes:
    """The PDF as the front desk gets it, by the buttons' own addresses."""
    record = visitors.demo.sign_ins.patient(handout.story)
    fields = [("size", handout.paper), ("print_size", handout.size)]
    if handout.with_codes:
        page = _post(visitors, context, f"/desk/patients/{record.patient}/codes/", [])
        fields += [("code", code) for code in _hidden(page.text(), "code")]
    pdf = _post(visitors, context, f"/desk/versions/{record.versions[0]}/print/", fields)
    if not pdf.headers.get("content-type", "").startswith("application/pdf"):
        raise CannotPhotograph(f"{handout.label}: the server answered {pdf.status} without a PDF.")
    return pdf.body()


def _post(visitors: Visitors, context: BrowserContext, path: str, fields: list[tuple[str, str]]) -> APIResponse:
    base = visitors.demo.base_url
    token = _hidden(context.request.get(f"{base}/desk/patients/").text(), "csrfmiddlewaretoken")[0]
    body = urlencode([("csrfmiddlewaretoken", token), *fields])
    return context.request.post(f"{base}{path}", data=body, headers={"Content-Type": FORM, "Origin": base})


def _hidden(html: str, name: str) -> list[str]:
    """The values of the hidden fields of this name, each once."""
    marker = f'name="{name}" value="'
    values = [part.split('"', 1)[0] for part in html.split(marker)[1:]]
    return list(dict.fromkeys(values))


def _pages_of(pdf: Path) -> list[str]:
    stem = pdf.with_suffix("")
    for old in pdf.parent.glob(f"{stem.name}.page-*.png"):
        old.unlink()
    command = ["pdftoppm", "-r", str(DOTS_PER_INCH), "-png", str(pdf), f"{stem}.page"]
    subprocess.run(command, check=True, capture_output=True)
    return sorted(picture.name for picture in pdf.parent.glob(f"{stem.name}.page-*.png"))
