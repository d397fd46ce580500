"""/healthz and its two halves, for the machine that watches over this one. They say nothing about anybody.

Alive: the program answers; where it is not, start it again. Ready: it can serve; where it is not, a new start mends
nothing. The last migration is missing, the database is of a newer version or does not answer, or the disk is full:
somebody has to look.
"""

import shutil

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Below this much room a write may fail half-way through a day's work.
LEAST_ROOM = 200 * 1024 * 1024


@login_not_required  # Public: it says "ok" or not, nothing about anybody.
@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 {"status": "ok"}, or 503 when the database does not answer."""
    return _answer(_database_problem())


@login_not_required  # Public, as above.
@never_cache
@require_safe
def alive(request: HttpRequest) -> JsonResponse:
    """200 as long as the program itself answers."""
    return _answer("")


@login_not_required  # Public, as above.
@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 when pages can be served and written; otherwise 503 with the first thing that is in the way."""
    return _answer(_database_problem() or _migration_problem() or _room_problem())


# The middleware would ask the database first, and a lost one would answer 500 instead of 503.
for view in (health, alive, ready):
    view.needs_no_clinic = True  # type: ignore[attr-defined]


def _answer(problem: str) -> JsonResponse:
    return JsonResponse({"status": problem or "ok"}, status=503 if problem else 200)


def _database_problem() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return "the database does not answer"
    return ""


def _migration_problem() -> str:
    executor = MigrationExecutor(connection)
    if set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations):
        return "the database is of a newer version"
    return "migrations are missing" if executor.migration_plan(executor.loader.graph.leaf_nodes()) else ""


def _room_problem() -> str:
    return "the disk is almost full" if shutil.disk_usage(settings.VAR_DIR).free < LEAST_ROOM else ""
