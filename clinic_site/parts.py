"""Which packages Steady runs on here, with all that they need in turn: version, license, and who needs whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"
CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "SIL Open Font License 1.1 (OFL-1.1)": "OFL-1.1",
}
# What a package says in words of its own, or not precisely.
SAID = {"BSD": "BSD-3-Clause", "SIL OFL 1.1": "OFL-1.1"}
UNKNOWN = "unknown"


@dataclass(frozen=True)
class Part:
    """A package that is installed here. `license` is an SPDX expression; `needs` holds names of other parts."""

    name: str
    version: str
    license: str
    needs: tuple[str, ...]

    @property
    def purl(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def parts() -> list[Part]:
    """Everything that requirements.txt brings, in the order of the names. Raises PackageNotFoundError."""
    found: dict[str, Part] = {}
    waiting = list(required())
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asked = waiting.pop()
        name, extras = canonicalize_name(asked.name), frozenset(asked.extras)
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        installed = distribution(asked.name)
        needed = list(_needed(installed, extras))
        before = found[name].needs if name in found else ()
        needs = sorted({*before, *(canonicalize_name(one.name) for one in needed)})
        found[name] = Part(name, installed.version, _license(installed), tuple(needs))
        waiting += needed
    return [found[name] for name in sorted(found)]


def required() -> Iterator[Requirement]:
    """The lines of requirements.txt."""
    for line in REQUIREMENTS.read_text(encoding="utf-8").splitlines():
        if text := line.split("#")[0].strip():
            yield Requirement(text)


def _needed(installed: Distribution, extras: frozenset[str]) -> Iterator[Requirement]:
    for text in installed.requires or ():
        one = Requirement(text)
        if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in extras or {""}):
            yield one


def _license(installed: Distribution) -> str:
    """What the package says itself: in SPDX, else in its classifiers, else in a line of its own."""
    about = installed.metadata.json
    if expression := about.get("license_expression"):
        return str(expression)
    classified = [kind.split(" :: ")[-1] for kind in about.get("classifier", []) if kind.startswith("License")]
    if known := sorted({CLASSIFIED[kind] for kind in classified if kind in CLASSIFIED}):
        return " AND ".join(known)
    said = str(about.get("license") or "").strip()
    return SAID.get(said, said) if said and "\n" not in said else UNKNOWN
