"""The house rules that a machine can hold. Types are mypy's business, style is ruff's (`make lint`)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from importlinter.cli import lint_imports

ROOT = Path(settings.BASE_DIR)
APPS = ("clinic_site", "plans", "intake", "therapies", "practice")
MOST_LINES = 400
STRANGERS = {"utils", "util", "common", "helpers", "misc", "services"}
PYTHON = sorted(path for app in APPS for path in (ROOT / app).rglob("*.py") if not path.name.endswith("_initial.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
# Not the stylesheets: each is a request of a first load, whose size is measured.
OURS = [*PYTHON, *TEMPLATES, *sorted((ROOT / "static").rglob("*.js"))]
# What a strict Content-Security-Policy would block: it must not be written in the first place.
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*["']|javascript:|<script\b(?![^>]*\ssrc=)""", re.IGNORECASE
)
DJANGOS_OWN = {("save_model", "change")}
SHOWN_ONLY_TO_US = re.compile(r"{#.*?#}|{% comment %}.*?{% endcomment %}", re.DOTALL)


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def is_boolean(argument: ast.arg, default: ast.expr | None) -> bool:
    annotated = argument.annotation is not None and ast.unparse(argument.annotation) in (
        "bool",
        "bool | None",
    )
    return annotated or (isinstance(default, ast.Constant) and isinstance(default.value, bool))


def positional(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[tuple[ast.arg, ast.expr | None]]:
    """The arguments that can be given by position, each with its default."""
    arguments = [*function.args.posonlyargs, *function.args.args]
    missing: list[ast.expr | None] = [None] * (len(arguments) - len(function.args.defaults))
    return list(zip(arguments, [*missing, *function.args.defaults], strict=True))


def is_called_by_others(function: ast.FunctionDef | ast.AsyncFunctionDef, argument: ast.arg) -> bool:
    """pytest calls a test by keyword, and Django some methods in its own order."""
    return function.name.startswith("test_") or (function.name, argument.arg) in DJANGOS_OWN


def test_imports_follow_the_contracts_of_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(config_filename="pyproject.toml", no_cache=True) == 0


def test_imports_stand_at_the_top() -> None:
    inline = [
        f"{relative(path)}:{node.lineno}"
        for path in PYTHON
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inline == []


def test_booleans_are_keyword_only() -> None:
    loose = [
        f"{relative(path)}: {function.name}({argument.arg})"
        for path in PYTHON
        for function in functions(path)
        for argument, default in positional(function)
        if is_boolean(argument, default) and not is_called_by_others(function, argument)
    ]
    assert loose == []


def test_no_test_is_skipped_but_where_a_program_is_missing() -> None:
    skips = re.compile(r"pytest\.(?:mark\.)?(?:skip|xfail|importorskip)")
    found = {relative(path) for path in PYTHON if skips.search(path.read_text(encoding="utf-8"))}
    assert found == {"clinic_site/tests/journeys/conftest.py", "clinic_site/tests/programs.py"}


def test_files_are_short_enough_to_read() -> None:
    lines = {relative(path): len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    assert {path: count for path, count in lines.items() if count > MOST_LINES} == {}


def test_no_file_is_named_after_nothing() -> None:
    named = {relative(path) for path in PYTHON if STRANGERS & {path.stem, path.parent.name}}
    assert named == set()


def test_templates_hold_no_inline_style_or_script() -> None:
    shown = {relative(path): SHOWN_ONLY_TO_US.sub("", path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {path: INLINE.findall(text) for path, text in shown.items() if INLINE.search(text)} == {}


def requirements(name: str) -> set[str]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    return {re.split(r"[\[=]", line)[0] for line in lines if line and line[0] not in "#-"}


def test_readme_says_why_for_each_package() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("### Parts") :]
    parts = set(re.findall(r"^\| ([\w-]+) \| ", table, re.MULTILINE)) - {"Package"}
    assert parts == requirements("requirements.txt") | requirements("requirements-test.txt")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_each_package_is_pinned(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and line[0] not in "#-" and "==" not in line] == []


def test_what_can_be_read_can_be_asked_for_by_its_head() -> None:
    """Watchers of sites and link checkers ask so; Django's `require_GET` refuses them."""
    refusing = re.compile(r"require_GET|require_http_methods\(\[(?!.*\"HEAD\").*\"GET\"")
    views = [path for path in PYTHON if path.name.startswith("views")]
    assert [relative(path) for path in views if refusing.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.xdist_group("grouped")
def test_a_group_of_tests_goes_to_one_worker(request: pytest.FixtureRequest) -> None:
    """Else each worker makes its own demo, and visits every page."""
    in_groups = getattr(request.config.option, "loadgroup", False)
    assert request.node.nodeid.endswith("@grouped") == in_groups
