"""Which test shows which requirement of a standard: read from the marks, without running anything.

`python -m clinic_site.tests.requirements` writes the list of tests into SECURITY.md.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SECURITY = ROOT / "SECURITY.md"
APPS = ("clinic_site", "plans", "intake", "therapies", "practice")
BEGIN, END = "<!-- tests -->\n", "\n<!-- end of tests -->"
ROW = re.compile(r"^\| ((?:ASVS|HIPAA) [^ |]+) \|", re.MULTILINE)


def mapped() -> list[str]:
    """The requirements that SECURITY.md explains, in its order."""
    return ROW.findall(SECURITY.read_text(encoding="utf-8").split(BEGIN)[0])


def listed() -> str:
    """The list of tests as it stands in SECURITY.md."""
    return SECURITY.read_text(encoding="utf-8").split(BEGIN)[1].split(END)[0]


@cache
def shown() -> dict[str, list[str]]:
    """Each marked requirement with its tests as `path::name`, file by file."""
    found: dict[str, list[str]] = {}
    for path in sorted(path for app in APPS for path in (ROOT / app).rglob("tests/**/test_*.py")):
        for name, requirement in _marks(ast.parse(path.read_text(encoding="utf-8"))):
            tests = found.setdefault(requirement, [])
            if (test := f"{path.relative_to(ROOT)}::{name}") not in tests:
                tests.append(test)
    return found


def as_list(tests: dict[str, list[str]]) -> str:
    """One line for each requirement in the order of the table, its tests as links."""
    lines = [f"- **{requirement}**: {_links(tests.get(requirement, []))}" for requirement in mapped()]
    return "\n".join(lines)


def _links(tests: list[str]) -> str:
    by_file = groupby((test.split("::") for test in tests), key=itemgetter(0))
    return "; ".join(f"[{Path(path).name}]({path}): {_sentences(parts)}" for path, parts in by_file)


def _sentences(parts: Iterable[list[str]]) -> str:
    return ", ".join(name.removeprefix("test_").replace("_", " ") for _, name in parts)


def _marks(module: ast.Module) -> Iterator[tuple[str, str]]:
    """(test, requirement) for the marks of a module, of its classes and of its functions."""
    whole = _requirements(_pytestmark(module))
    for function in (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)):
        if function.name.startswith("test_"):
            for requirement in [*whole, *_requirements(function.decorator_list)]:
                yield function.name, requirement


def _pytestmark(module: ast.Module) -> list[ast.expr]:
    return [
        node.value
        for node in module.body
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets)
    ]


def _requirements(marked: list[ast.expr]) -> list[str]:
    calls = [node for mark in marked for node in ast.walk(mark) if isinstance(node, ast.Call)]
    return [
        _paragraph(argument.value)
        for call in calls
        if ast.unparse(call.func) == "pytest.mark.requirement"
        for argument in call.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]


def _paragraph(requirement: str) -> str:
    """A mark may be more exact than the table: 164.312(a)(2)(ii) is a part of 164.312(a)."""
    return re.sub(r"^(HIPAA [\d.]+\([a-e]\)).*", r"\1", requirement)


def write() -> None:
    text = SECURITY.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    SECURITY.write_text(f"{before}{BEGIN}{as_list(shown())}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    write()
