"""`manage.py assess`: findings in a file to advice as JSON. It touches no database."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from therapies.suitability import Findings, FindingsError, advise, read_findings


class UnreadableError(ValueError):
    """The input cannot be read. The message says in a sentence what is wrong and where."""


class Command(BaseCommand):
    help = (
        "Prints the red flags and the advice on ice, heat and stretching for each person in FILE, as a JSON list. "
        "A key that is absent counts as asked and answered no; null is unknown and is listed as unanswered. "
        "It is a suggestion for the clinician: this output alone must never release a plan."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            metavar="FILE",
            help='JSON: {"id": ..., "findings": {...}} or a list of them; - reads standard input.',
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            people = read_people(read_text(options["file"]))
        except UnreadableError as refused:
            raise CommandError(str(refused), returncode=2) from refused
        self.stdout.writelines(json_list(people))


def json_list(people: list[tuple[str | int, Findings]]) -> Iterator[str]:
    """The output in pieces: for 10,000 people the whole of it is tens of megabytes."""
    before = "["
    for one, findings in people:
        yield f'{before}{{"id": {json.dumps(one)}, {advise(findings).json_text[1:]}'
        before = ",\n "
    yield "]\n" if people else "[]\n"


def read_text(name: str) -> str:
    """The text of the file, or of standard input for "-". Raises UnreadableError."""
    try:
        return sys.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UnreadableError(f"{name}: cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{name}: is not UTF-8 text") from error


def read_people(text: str) -> list[tuple[str | int, Findings]]:
    """Each person's id and findings, in order. Raises UnreadableError before anything is judged."""
    try:
        data = json.loads(text, object_pairs_hook=without_repeats)
    except json.JSONDecodeError as error:
        raise UnreadableError(f"not valid JSON: {error}") from error
    except RecursionError as error:
        raise UnreadableError("not valid input: nested too deeply") from error
    except UnreadableError:
        raise
    except ValueError as error:
        # Python reads no whole number of more than some thousand digits.
        raise UnreadableError("not valid input: a number is too long") from error
    entries = data if isinstance(data, list) else [data]
    people = [read_person(entry, place) for place, entry in enumerate(entries, start=1)]
    refuse_the_same_id([who for who, _ in people])
    return people


def refuse_the_same_id(ids: list[str | int]) -> None:
    """Two answers with one id could be taken for each other. The text "1" and the number 1 are two ids."""
    places: dict[tuple[type, str | int], int] = {}
    for place, who in enumerate(ids, start=1):
        first = places.setdefault((type(who), who), place)
        if first != place:
            raise UnreadableError(f"entries {first} and {place}: both have the id {who!r:.80}")


def read_person(entry: object, place: int) -> tuple[str | int, Findings]:
    if not isinstance(entry, dict) or entry.keys() != {"id", "findings"}:
        raise UnreadableError(f'entry {place}: must be an object with "id" and "findings" and nothing else')
    who = entry["id"]
    if isinstance(who, bool) or not isinstance(who, str | int):
        raise UnreadableError(f"entry {place}: id must be text or a whole number")
    try:
        return who, read_findings(entry["findings"])
    except FindingsError as error:
        raise UnreadableError(f"entry {place} (id {who!r:.80}): {error}") from error


def without_repeats(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """A JSON object whose names are all different: of two answers to one question, none is picked."""
    seen = dict(pairs)
    if len(seen) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise UnreadableError(f"{repeated!r:.80}: given more than once")
    return seen
