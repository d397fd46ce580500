"""look_at(): everything that the tests of every page ask, seen in one visit."""

from dataclasses import dataclass

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page as Tab

from clinic_site.demo.browsing import Scheme
from clinic_site.tests.journeys.walking import Walk, walk

PHONE, WIDE = 390, 1280
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
END_OF_FADING = "Promise.allSettled(document.getAnimations().map(each => each.finished)).then(() => null)"
RUN_AXE = "async options => (await axe.run(options)).violations.map(each => [each.id, each.nodes[0].html])"
# What a window of 1280 px by 1024 px shows at 400 % zoom.
NARROW, LOW = 320, 256
# What is on purpose: a page that refuses answers 403, 404 or 422, and a search gives way to the next letter typed.
ON_PURPOSE = ("Failed to load resource: the server responded with a status of 4", "htmx:afterRequest")


@dataclass(frozen=True)
class Survey:
    """One visit: axe's violations by width and scheme, the width at 320 px, what was blocked, a walk by Tab."""

    violations: dict[str, list[str]]
    narrowest: int
    blocked: list[str]
    walk: Walk


def look_at(tab: Tab, heard: list[str], *, width: int = WIDE) -> Survey:
    """Survey the page in this tab, in the width that it is mostly used in; `heard` is what the browser complains
    about (conftest.listen()). Other widths change no name, role or color, and running over is asked at the narrowest.
    """
    found = {}
    tab.evaluate(Axe().axe_script)
    tab.set_viewport_size({"width": width, "height": 900})
    for scheme in SCHEMES:
        if wrong := violations(tab, scheme):
            found[f"{width} px, {scheme}"] = wrong
    tab.set_viewport_size({"width": NARROW, "height": LOW})
    narrowest = int(tab.evaluate("document.documentElement.scrollWidth"))
    walked = walk(tab)
    return Survey(found, narrowest, [words for words in heard if not words.startswith(ON_PURPOSE)], walked)


def violations(tab: Tab, scheme: Scheme) -> list[str]:
    """What axe, whose script the page has, finds in this scheme: its rule and the first place."""
    tab.emulate_media(color_scheme=scheme)
    # Django's admin fades from one scheme into the other.
    tab.evaluate(END_OF_FADING)
    # The dark scheme changes nothing but colors, so there the rules about colors are enough.
    only = {"runOnly": ["color-contrast", "link-in-text-block"]} if scheme == "dark" else {}
    found = tab.evaluate(RUN_AXE, {"resultTypes": ["violations"], **only})
    return [f"{rule}: {html[:160]}" for rule, html in found]
