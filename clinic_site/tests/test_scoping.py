"""What views read of a patient, told by reading the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from intake.models import Patient

HOUSE = ("practice", "therapies", "intake", "plans", "clinic_site")
# What narrows a query to the patients whom this person may see, or to one who was loaded that way before.
SCOPED_BY = {"visible_to", "open_to", "of_user", "newest_of"}
SCOPED_TO = {"patient", "plan__patient", "screening__patient", "screening", "user", "access__patient"}


def is_about_a_patient(model: type[models.Model], seen: frozenset[type[models.Model]] = frozenset()) -> bool:
    """Whether its rows lead to a patient: the patient, or a foreign key to something that does."""
    if model is Patient:
        return True
    keys = [field.related_model for field in model._meta.get_fields() if isinstance(field, models.ForeignKey)]
    return any(is_about_a_patient(key, seen | {model}) for key in keys if key not in seen and key is not model)


MODELS = [model for app in ("intake", "plans") for model in apps.get_app_config(app).get_models()]
PATIENT_BEARING = {model.__name__ for model in MODELS if is_about_a_patient(model)}
ROOT = Path(settings.BASE_DIR)
# What answers somebody directly; the modules below it are asked by these, for rows that were found here.
ASKED = ("views*.py", "forms*.py", "middleware*.py", "sessions_middleware.py", "context*.py", "templatetags/*.py")
VIEWS = sorted(path for app in HOUSE for names in ASKED for path in (ROOT / app).glob(names))
ALLOWED = {
    "plans/forms_erasing.py": "Whether there is a record of the number that an owner, who may erase any, has typed.",
    "plans/views_keeping.py": "What owners keep longer, by the records' numbers, and why, as one of them wrote it.",
}


def unscoped(tree: ast.AST) -> Iterator[str]:
    """Each query of a view about patients that begins at all of them and is narrowed to nobody's."""
    above = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
    for node in ast.walk(tree):
        is_one = isinstance(node, ast.Name) and node.id in PATIENT_BEARING and _is_queried(node, above)
        if is_one and not _is_scoped(node, above):
            yield f"line {node.lineno}: {node.id}"


def _is_queried(node: ast.Name, above: dict[ast.AST, ast.AST]) -> bool:
    over = above[node]
    if isinstance(over, ast.Attribute):
        return over.attr in ("objects", "_default_manager")
    return isinstance(over, ast.Call) and getattr(over.func, "id", "") in ("get_object_or_404", "get_list_or_404")


def _is_scoped(node: ast.AST, above: dict[ast.AST, ast.AST]) -> bool:
    over = above.get(node)
    while isinstance(over, ast.Attribute | ast.Call):
        if isinstance(over, ast.Attribute) and over.attr in SCOPED_BY:
            return True
        if isinstance(over, ast.Call) and SCOPED_TO & {keyword.arg for keyword in over.keywords}:
            return True
        over = above.get(over)
    return False


def test_patients_are_among_what_is_looked_for() -> None:
    assert {"Patient", "Plan", "PlanItem", "Screening", "SignInCode", "GlassBroken"} <= PATIENT_BEARING


@pytest.mark.requirement("ASVS 8.2.1", "ASVS 8.2.2")
@pytest.mark.parametrize("view", VIEWS, ids=lambda view: str(view.relative_to(ROOT)))
def test_a_view_reads_no_patient_but_those_its_user_may_see(view: Path) -> None:
    found = list(unscoped(ast.parse(view.read_text(encoding="utf-8"))))
    assert bool(found) == (str(view.relative_to(ROOT)) in ALLOWED), found


@pytest.mark.parametrize(
    "query",
    [
        "Patient.objects.get(pk=patient_id)",
        "get_object_or_404(Plan, pk=plan_id)",
        "get_object_or_404(PlanVersion.objects.select_related('plan'), pk=version_id)",
        "Screening.objects.sent().filter(pk=pk).first()",
    ],
)
def test_such_a_query_would_be_found(query: str) -> None:
    assert list(unscoped(ast.parse(query)))
