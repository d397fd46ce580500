"""What is measured in process: queries, first load, the handout, the search."""

import gzip
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from clinic_site.bench.clinic import BenchClinic, signed_in, signed_in_staff
from clinic_site.bench.drawing import figure_drawing
from clinic_site.bench.load import percentile
from clinic_site.demo.cast import MEMBER_BY_USERNAME
from intake.finding import find_patients
from intake.models import NameWord, Patient
from plans.handout import build_sheet, handout_pdf
from plans.sheet import Paper
from plans.typesetting import render_pdf

HANDOUTS = 20
SEARCHES_OF_A_KIND = 50
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
LINKED = re.compile(r'(?:<link[^>]+href|<script[^>]+src|<img[^>]+src)="(/static/[^"]+)"')


def in_process_figures(clinic: BenchClinic) -> dict[str, Any]:
    six, one = signed_in(clinic.six), signed_in(clinic.one)
    return {
        "plan_page_queries": {"1_item": _queries(one), "6_items": _queries(six)},
        "plan_page_first_load": _first_load(six),
        "handout_pdf": _handout(clinic),
        "figure_drawing": figure_drawing(),
        "search": _search(signed_in_staff(clinic.team.desk, MEMBER_BY_USERNAME["desk"].password)),
    }


def _queries(client: Client) -> dict[str, int]:
    """Statements of one opening of the plan page: reads, audit inserts and transaction statements apart."""
    client.get(reverse("me"))
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("me"))
    statements = [query["sql"] for query in captured]
    transaction = sum(sql.startswith(TRANSACTION) for sql in statements)
    audit = sum(sql.startswith("INSERT") and "practice_auditevent" in sql for sql in statements)
    return {
        "queries": len(statements) - transaction - audit,
        "audit_inserts": audit,
        "transaction": transaction,
    }


def _first_load(client: Client) -> dict[str, Any]:
    """Bytes of the page and of every file it names, each body by gzip, and how many there are."""
    page = _body(client.get(reverse("me")))
    files = list(dict.fromkeys(LINKED.findall(page.decode())))
    sizes = {"page": len(gzip.compress(page)), **{name: len(gzip.compress(_fetch(name))) for name in files}}
    return {"requests": 1 + len(files), "compressed_kb": round(sum(sizes.values()) / 1000, 2), "bytes": sizes}


def _fetch(name: str) -> bytes:
    return _body(Client(SERVER_NAME="127.0.0.1").get(name))


def _body(response: Any) -> bytes:
    parts: HttpResponseBase = response
    return b"".join(response.streaming_content) if parts.streaming else response.content


def _handout(clinic: BenchClinic) -> dict[str, float]:
    """Medians of making the six-item sheet, from the database's rows to the PDF's bytes: the same sheet again, and one
    that differs each time in whose it is (of which less is laid out already)."""

    def make(*, large: bool = False) -> bytes:
        return handout_pdf(clinic.version, clinic=clinic.team.clinic, paper=Paper.LETTER, large=large)

    sheet = build_sheet(clinic.version, clinic=clinic.team.clinic, codes=(), start_url="")
    others = iter(range(HANDOUTS))
    anew = _times(lambda: render_pdf(replace(sheet, record_number=str(next(others)))), HANDOUTS)
    return {
        "median_ms": round(median(_times(make, HANDOUTS)), 2),
        "of_others_median_ms": round(median(anew), 2),
        "kb": round(len(make()) / 1000, 1),
        "large_print_kb": round(len(make(large=True)) / 1000, 1),
    }


def _search(client: Client) -> dict[str, Any]:
    """p95 of the search page, and of the statements alone that it sends to the database."""
    chance = random.Random(7)
    # Few different names are quickly searched: how many there are belongs to the figure.
    figures: dict[str, Any] = {"different_name_words": NameWord.objects.count()}
    everything: list[tuple[float, float, float]] = []
    for kind, texts in _texts(chance, SEARCHES_OF_A_KIND):
        taken = [_search_times(client, text) for text in texts]
        figures[kind] = _p95(taken)
        everything += taken
    return {"searches": len(everything), **figures, "all": _p95(everything)}


def _search_times(client: Client, text: str) -> tuple[float, float, float]:
    """Milliseconds of the page, of this process's share in it, and of the statements alone."""
    worked = time.process_time()
    page = _seconds(partial(_look_up, client, text)) * 1000
    return page, (time.process_time() - worked) * 1000, _database_ms(text)


def _p95(taken: list[tuple[float, float, float]]) -> dict[str, float]:
    names = ("page_p95_ms", "page_cpu_p95_ms", "database_p95_ms")
    return {
        name: round(percentile(times, 0.95), 2) for name, times in zip(names, zip(*taken, strict=True), strict=True)
    }


def _texts(chance: random.Random, count: int) -> Iterator[tuple[str, list[str]]]:
    """The kinds of what a desk types, `count` of each, all about patients that are there."""
    named = Patient.objects.exclude(given_name="").exclude(family_name="").order_by("record_number")
    ids = list(named.values_list("pk", flat=True)[:20_000])
    by_id = Patient.objects.in_bulk(chosen := [chance.choice(ids) for _ in range(count)])
    people = [by_id[pk] for pk in chosen]
    yield (
        "name_beginning",
        [chance.choice([p.family_name, p.given_name])[: chance.randint(2, 5)] for p in people],
    )
    yield "both_names", [f"{p.given_name} {p.family_name[: chance.randint(1, 6)]}" for p in people]
    yield "inside_a_name", [_inside(chance, p.family_name) for p in people]
    yield "name_with_a_slip", [f"{p.given_name} {_letters_turned(chance, p.family_name)}" for p in people]
    yield (
        "birth_date",
        [f"{p.birth_date:{chance.choice(['%m/%d/%Y', '%Y-%m-%d', '%d %b %Y'])}}" for p in people],
    )
    yield "record_number", [str(p.record_number) for p in people]


def _inside(chance: random.Random, name: str) -> str:
    start = chance.randrange(1, max(2, len(name) - 2))
    return name[start : start + chance.randint(2, 5)]


def _letters_turned(chance: random.Random, name: str) -> str:
    at = chance.randrange(max(1, len(name) - 1))
    return name[:at] + name[at : at + 2][::-1] + name[at + 2 :]


def _look_up(client: Client, text: str) -> None:
    response = client.post(reverse("patients"), {"text": text})
    if response.status_code != 200:
        raise AssertionError(f"The search answered {response.status_code}.")


def _database_ms(text: str) -> float:
    """How long the search's statements take when they are sent again, all rows fetched."""
    sent: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, *rest: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, *rest)

    with connection.execute_wrapper(note):
        find_patients(Patient.objects.all(), text)
    return sum(_seconds(partial(_send, sql, params)) for sql, params in sent) * 1000


def _send(sql: str, params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.fetchall()


def _times(work: Callable[[], object], count: int) -> list[float]:
    """Milliseconds of each of `count` runs."""
    return [_seconds(work) * 1000 for _ in range(count)]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
