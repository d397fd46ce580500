"""Seals over the record of events: removing, editing, adding or rebuilding any part of it shows.

seal() puts all events since the last seal under HMAC-SHA-256 digests. The key (AUDIT_KEY) is not in the database, so
whoever can write there, triggers or not, cannot make a seal that fits. Each digest begins with the one before it, so
no batch can be exchanged alone. What is cut off at the end together with its seals would leave a chain that fits:
that is why the newest seal is also kept elsewhere (in each backup, in the log of the timer), and check() is told of
it. Events younger than the newest seal are not covered: the timer says how many minutes that may be.

AUDIT_KEY may name several keys with a comma between them, the newest first. New seals are made under the first; what
an older one sealed still fits, but nothing that comes after a seal under a newer one. Whoever has an old key and the
database could make all of the record anew under it: a seal that was kept elsewhere shows that as well.

A patient who is erased stays in the record under a key that then leads to nothing but a tombstone: events hold no
names, so none of them is ever removed and the seals fit as before. Undoing a migration is no reason either: a digest
covers the columns that its `form` lists, and a later column gets a later form.
(OWASP ASVS 5.0: 16.4.2; HIPAA 164.312(c)(1), (c)(2))
"""

import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from practice.models import AuditEvent, AuditSeal

FORM = 1
COLUMNS: dict[int, tuple[str, ...]] = {
    1: (
        "id",
        "at",
        "action",
        "actor_id",
        "object_type",
        "object_id",
        "patient_id",
        "address",
        "session",
        "once",
        "detail",
        "why",
    )
}
# A batch that does not fit names at most this many events to look through.
BATCH = 2_000


@dataclass(frozen=True)
class Witness:
    """What a place outside the database keeps of a seal, to know it again."""

    number: int
    digest: str

    @classmethod
    def read(cls, text: str) -> "Witness":
        """From what was written out, with or without the words that a command puts before it. Raises ValueError."""
        _, brace, rest = text.partition("{")
        try:
            kept = json.loads(brace + rest)
            return cls(int(kept["number"]), str(kept["digest"]))
        except (TypeError, KeyError) as error:
            raise ValueError("This is not a seal of the record.") from error

    def written(self) -> str:
        return json.dumps(asdict(self))


@dataclass(frozen=True)
class Checked:
    """What check() found: sentences about what does not fit, none when all does."""

    faults: tuple[str, ...]
    sealed: int
    unsealed: int

    @property
    def fits(self) -> bool:
        return not self.faults


def seal() -> int:
    """Seal what is not sealed yet; answers how many events that were.

    Two who seal at once (a backup and the timer) take turns, batch by batch, and make one chain.
    """
    upto, sealed = _last_event_for_good(), 0
    while batch := _seal_batch(upto):
        sealed += batch
    return sealed


def newest_seal() -> Witness | None:
    newest = AuditSeal.objects.order_by("-number").first()
    return Witness(newest.number, newest.digest) if newest else None


def check(*, witnesses: Mapping[str, Witness] | None = None) -> Checked:
    """Recompute each seal from the events as they stand now; each witness (by where it is kept) must be one of them."""
    seals = list(AuditSeal.objects.order_by("number"))
    faults = [*_faults_of_numbers(seals), *_faults_of_witnesses(seals, witnesses or {})]
    before, sealed, keys = None, 0, _keys()
    for one in seals:
        fitting = _from_the_one_that_fits(keys, one, before)
        faults += [] if fitting else [_fault_of_batch(one, before)]
        before, sealed, keys = one, sealed + one.count, fitting or keys
    return Checked(tuple(faults), sealed, _after(before).count())


def _last_event_for_good() -> int:
    """The newest event such that none with a lower number can still appear.

    PostgreSQL hands out numbers before it commits: an event may turn up below one that is there. Whoever inserts
    holds a lock on the table that this one waits for, so for a moment nobody is in between. SQLite has one writer.
    """
    with transaction.atomic():
        _lock("practice_auditevent", "SHARE")
        return AuditEvent.objects.aggregate(last=Max("id"))["last"] or 0


def _after(before: AuditSeal | None) -> Any:
    """The events since a seal. The first batch begins with the very first, whatever its number."""
    events = AuditEvent.objects.order_by("id")
    return events.filter(id__gt=before.last_event) if before else events


def _lock(table: str, mode: str) -> None:
    """Until the end of the transaction, which on SQLite is the only one that writes anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")


def _seal_batch(upto: int) -> int:
    """How many events were sealed; 0 when all are."""
    with transaction.atomic():
        _lock("practice_auditseal", "EXCLUSIVE")
        before = AuditSeal.objects.order_by("-number").first()
        numbers = list(_after(before).filter(id__lte=upto).values_list("id", flat=True)[:BATCH])
        if not numbers:
            return 0
        one = AuditSeal(
            number=before.number + 1 if before else 1,
            first_event=numbers[0],
            last_event=numbers[-1],
            count=len(numbers),
            form=FORM,
            sealed_at=timezone.now(),
        )
        one.digest = _digest(one, before, _keys()[-1])
        one.save(force_insert=True)
    return one.count


def _keys() -> list[bytes]:
    """The oldest first."""
    return [key.strip().encode() for key in reversed(settings.AUDIT_KEY.split(","))]


def _from_the_one_that_fits(keys: list[bytes], one: AuditSeal, before: AuditSeal | None) -> list[bytes]:
    """The key of this seal and those after it, under which the next ones may be; none when it fits no key."""
    for place, key in enumerate(keys if one.form in COLUMNS else ()):
        if hmac.compare_digest(one.digest, _digest(one, before, key)):
            return keys[place:]
    return []


def _digest(one: AuditSeal, before: AuditSeal | None, key: bytes) -> str:
    """The digest that this seal has under this key when its events are those that were sealed."""
    made = hmac.new(key, (before.digest if before else "").encode(), sha256)
    for line in _lines(_after(before).filter(id__lte=one.last_event), COLUMNS[one.form]):
        made.update(line)
    made.update(_line([one.number, one.first_event, one.last_event, one.count, one.form, one.sealed_at]))
    return made.hexdigest()


def _lines(events: Any, columns: tuple[str, ...]) -> Iterator[bytes]:
    return (_line(row) for row in events.values_list(*columns).iterator(chunk_size=BATCH))


def _line(values: Iterable[Any]) -> bytes:
    """One row as text that is the same on each database."""
    return json.dumps(list(values), default=_text, ensure_ascii=True, separators=(",", ":")).encode() + b"\n"


def _text(value: Any) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else str(value)


def _fault_of_batch(one: AuditSeal, before: AuditSeal | None) -> str:
    if one.form not in COLUMNS:
        return f"Seal {one.number} was made by a newer program: this one cannot check it."
    there = _after(before).filter(id__lte=one.last_event).count()
    counted = f"{one.count} events were sealed, {there} are there" if there != one.count else "as many as were sealed"
    return (
        f"Seal {one.number} of {_text(one.sealed_at)} does not fit events {one.first_event} to {one.last_event}"
        f" ({counted}): one of them, or the seal, was changed, added or removed, or its key is missing in AUDIT_KEY."
    )


def _faults_of_numbers(seals: list[AuditSeal]) -> list[str]:
    missing = set(range(1, len(seals) + 1)) - {one.number for one in seals}
    return [f"Seal {number} is missing." for number in sorted(missing)]


def _faults_of_witnesses(seals: list[AuditSeal], witnesses: Mapping[str, Witness]) -> list[str]:
    there = {Witness(one.number, one.digest) for one in seals}
    return [
        f"Seal {witness.number}, which is kept in {place}, is not in the record any more: its end was cut off or made"
        " anew, or an older backup was restored since."
        for place, witness in witnesses.items()
        if witness not in there
    ]
