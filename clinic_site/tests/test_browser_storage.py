"""What a browser keeps of a page: where a window stood, and nothing about anybody."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.BASE_DIR)
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
STORES = ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "caches", "serviceWorker")
# How far down the builder's window stood, until its page is back; and when somebody last touched the keyboard.
KEPT = {"build.js": {"sessionStorage"}, "staying.js": {"localStorage"}}

# One's own passkeys, which open for nobody else.
COUNTED = {"passkey_id"}


@pytest.mark.requirement("ASVS 14.3.3")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_keeps_nothing_in_the_browser(script: Path) -> None:
    used = {store for store in STORES if re.search(rf"\b{re.escape(store)}\b", script.read_text(encoding="utf-8"))}
    assert used == KEPT.get(script.name, set())


@pytest.mark.requirement("ASVS 14.3.3")
@pytest.mark.parametrize("attribute", ["hx-push-url", "hx-replace-url", "hx-history", "hx-boost"])
def test_no_page_has_htmx_keep_its_history(attribute: str) -> None:
    assert [path.name for path in TEMPLATES if attribute in path.read_text(encoding="utf-8")] == []


def parts() -> set[tuple[str, str]]:
    """The name and the kind of everything that stands in an address of ours."""
    found: set[tuple[str, str]] = set()
    waiting: list[URLPattern | URLResolver] = [one for one in get_resolver().url_patterns if "admin" not in str(one)]
    while waiting:
        one = waiting.pop()
        found |= {(name, type(kind).__name__) for name, kind in one.pattern.converters.items()}
        if isinstance(one, URLResolver):
            waiting += one.url_patterns
    return found


@pytest.mark.requirement("ASVS 14.2.1")
def test_an_address_names_people_and_plans_by_random_numbers() -> None:
    assert {name for name, kind in parts() if name.endswith("_id") and kind != "UUIDConverter"} == COUNTED


@pytest.mark.requirement("ASVS 14.2.1")
@pytest.mark.parametrize("word", ["code", "token", "key", "name", "birth", "number"])
def test_no_address_has_a_place_for_a_secret(word: str) -> None:
    open_words = {name for name, kind in parts() if kind in ("StringConverter", "PathConverter")}
    assert not any(word in name for name in open_words)
