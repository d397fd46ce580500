"""What is drawn by chance, so that nobody can tell the next one, is drawn by `secrets`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal import auth as recovery_codes
from allauth.mfa.totp.internal import auth as totp
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# What plays and measures has to draw the same again.
MAY_REPEAT = ("clinic_site/demo/", "clinic_site/bench/", "clinic_site/faults/")
THEIRS = [Path(str(module.__file__)) for module in (totp, recovery_codes)]


def product() -> Iterator[Path]:
    for app in ("clinic_site", "plans", "intake", "therapies", "practice"):
        for path in (ROOT / app).rglob("*.py"):
            if "tests" not in path.parts and not str(path.relative_to(ROOT)).startswith(MAY_REPEAT):
                yield path


def imports(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    # To read each module as a tree would take seconds.
    for node in ast.walk(ast.parse(text if "random" in text or "uuid1" in text else "")):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def is_guessable(name: str) -> bool:
    return name.split(".")[0] == "random" or name in ("uuid.uuid1", "numpy.random")


@pytest.mark.requirement("ASVS 6.5.3")
def test_nothing_in_the_product_is_drawn_by_what_can_be_foretold() -> None:
    assert [path.name for path in (*product(), *THEIRS) if any(map(is_guessable, imports(path)))] == []


def test_what_can_be_foretold_would_be_seen() -> None:
    assert any(map(is_guessable, imports(ROOT / "clinic_site" / "faults" / "drill.py")))
