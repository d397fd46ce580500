"""The whole demo in one command: data, sign-ins, server."""

import os
from io import StringIO
from pathlib import Path
from socket import create_server
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic_site.demo.building import build_demo
from clinic_site.demo.guarding import DemoRefused, refuse_unless_demo, remove_own_database
from clinic_site.demo.sign_ins import lines_to_print, write_sign_ins


class Command(BaseCommand):
    help = (
        "Make an invented clinic with staff and patients, print how to sign in, and serve it on "
        "http://127.0.0.1:$PORT (8000). Running it again uses what is there and makes new codes."
    )
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="make the data and print the sign-ins only")
        parser.add_argument("--fresh", action="store_true", help="begin again: remove the demo's SQLite file first")
        parser.add_argument("--sign-ins", type=Path, metavar="FILE", help="write the sign-ins to FILE as JSON too")

    def handle(self, *args: Any, no_serve: bool, fresh: bool, sign_ins: Path | None, **options: Any) -> None:
        port = read_port(os.environ.get("PORT", "8000"))
        if not no_serve:
            refuse_taken(port)
        try:
            if fresh:
                remove_own_database()
            refuse_unless_demo()
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self._prepare()
        made = build_demo(f"http://127.0.0.1:{port}")
        if sign_ins:
            write_sign_ins(made, sign_ins)
        # Flushed, so that the sign-ins stand above the server's own lines in a log.
        self.stdout.write("\n".join(lines_to_print(made)))
        self.stdout.flush()
        if not no_serve:
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False, skip_checks=True)

    def _prepare(self) -> None:
        self.stdout.write("Preparing the demo (the first time takes a little longer) ...")
        self.stdout.flush()
        call_command("migrate", verbosity=0, interactive=False)
        for command in ("make_roles", "load_catalogue"):
            call_command(command, stdout=StringIO())


def refuse_taken(port: int) -> None:
    """Before minutes are spent on data that nobody could then see. Raises CommandError naming PORT."""
    try:
        create_server(("127.0.0.1", port)).close()
    except OSError as error:
        raise CommandError(f"PORT {port} is in use. Name another one, as in: PORT=8123 make demo.") from error


def read_port(text: str) -> int:
    """A port number from the environment. Raises CommandError naming PORT."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise CommandError(f"PORT must be a number from 1 to 65535, not “{text}”.")
    return int(text)
