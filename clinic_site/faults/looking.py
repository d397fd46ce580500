"""What must be so after the process was killed: a sound database, nothing lost, nothing twice, no half backup."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection
from django.db.models import Count

from clinic_site.faults.deeds import ANSWERING, BACKING_UP, ISSUING, KEY, Said
from clinic_site.keeping.backing_up import backups_in, check
from clinic_site.keeping.refusals import KeepingRefused
from intake.models import Screening
from plans.models import Plan, PlanVersion
from practice.models import AuditEvent

Action = AuditEvent.Action


def faults(said: Iterable[Said], backups: Path, checked: set[str]) -> Iterator[str]:
    """A sentence for each thing that is not as it must be; `checked` are backups that were read before."""
    yield from _unsound()
    yield from _lost(said, backups)
    yield from _not_once("issued plan", Action.ISSUED, PlanVersion.objects.issued().values_list("pk", flat=True))
    yield from _not_once("sent screening", Action.SCREENED, Screening.objects.sent().values_list("pk", flat=True))
    yield from _several_plans()
    yield from _half_backups(backups, checked)


def _unsound() -> Iterator[str]:
    """PostgreSQL's server was not killed; what it holds is told by the rows below."""
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        found = [row[0] for row in cursor.execute("PRAGMA integrity_check").fetchall()]
        orphans = cursor.execute("PRAGMA foreign_key_check").fetchall()
    if found != ["ok"] or orphans:
        yield f"The database is not sound: {found[:3]} {orphans[:3]}."


def _lost(said: Iterable[Said], backups: Path) -> Iterator[str]:
    there = {
        ANSWERING: _keys(Screening.objects.sent().values_list("pk", flat=True)),
        ISSUING: _keys(PlanVersion.objects.issued().values_list("pk", flat=True)),
    }
    newest = max((path.name for path in _backups(backups)), default="")
    for each in said:
        # A backup takes the place of those that were made before it on the same day.
        is_there = newest >= each.made if each.deed == BACKING_UP else each.made in there[each.deed]
        if each.made and not is_there:
            yield f"{each.deed} was acknowledged and is lost: {each.made}."


def _not_once(what: str, action: AuditEvent.Action, keys: Iterable[object]) -> Iterator[str]:
    """Each has exactly the one event that is written with it."""
    events = AuditEvent.objects.filter(action=action).values_list("object_id").annotate(times=Count("pk"))
    times, there = dict(events.order_by()), _keys(keys)
    for key in there | set(times):
        if key not in there or times.get(key) != 1:
            yield f"{what} {key}: {times.get(key, 0)} events, and it is {'there' if key in there else 'not there'}."


def _several_plans() -> Iterator[str]:
    running = Plan.objects.active().values("patient").annotate(plans=Count("pk")).filter(plans__gt=1).order_by()
    yield from (f"A patient has {each['plans']} active plans." for each in running)


def _half_backups(backups: Path, checked: set[str]) -> Iterator[str]:
    """What has the name of a backup is one."""
    for path in _backups(backups):
        if path.name in checked:
            continue
        checked.add(path.name)
        try:
            check(path, key=KEY)
        except KeepingRefused as refused:
            yield f"{path.name}: {refused}"


def _backups(folder: Path) -> Iterable[Path]:
    return backups_in(folder).values() if folder.exists() else ()


def _keys(keys: Iterable[object]) -> set[str]:
    return {str(key) for key in keys}
