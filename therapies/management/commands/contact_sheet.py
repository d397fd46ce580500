"""manage.py contact_sheet: every shipped figure on one page, large and at the size of a thumbnail, to be looked at."""

from argparse import ArgumentParser
from html import escape
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from therapies import figures
from therapies.figures.files import Figure, load_figure

FOLDER = Path(figures.__file__).parent
STYLE = (
    "body{font:14px/1.4 sans-serif;margin:1rem;background:#fff;color:#16222a}"
    "figure{display:inline-block;vertical-align:top;margin:.5rem;padding:.5rem;border:1px solid #d5dde0}"
    ".large svg{width:320px}.small svg{width:120px}@media print{figure{break-inside:avoid}}"
)


class Command(BaseCommand):
    help = "Writes all figures to one page."

    def add_arguments(self, parser: ArgumentParser) -> None:
        default = settings.VAR_DIR / "figures.html"
        parser.add_argument("--to", type=Path, default=default, help="The file to write.")
        parser.add_argument("--unnamed", action="store_true", help="Numbers for names: can it be read without them?")

    def handle(self, *args: Any, to: Path, unnamed: bool, **options: Any) -> None:
        paths = [*sorted((FOLDER / "movements").glob("*.toml")), *sorted((FOLDER / "care").glob("*.toml"))]
        drawn = [load_figure(path) for path in paths]
        entries = [_entry(one, str(place) if unnamed else one.name, place) for place, one in enumerate(drawn, 1)]
        to.parent.mkdir(parents=True, exist_ok=True)
        head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Figures</title><style>{STYLE}</style>'
        to.write_text(f"{head}{''.join(entries)}</html>")
        self.stdout.write(f"{len(entries)} figures in {to}")


def _entry(figure: Figure, name: str, place: int) -> str:
    sizes = "".join(
        f'<div class="{size}">{"".join(figure.svgs({}, ids=f"{size}-{place}", paper=True))}</div>'
        for size in ("large", "small")
    )
    return f"<figure><figcaption>{escape(name)}</figcaption>{sizes}</figure>"
