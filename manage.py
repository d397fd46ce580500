#!/usr/bin/env python
"""Steady's command line. A first look, and trying the rules, needs no settings at all."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from environs import EnvError

# The demo brings its own keys, database and clinic. Whatever else is run belongs to a clinic, which says so by its
# settings: a backup of the demo must not pass for a backup.
TRIED_WITHOUT_SETTINGS = {"demo", "assess", "load_catalogue", "handout", "demo_data", "contact_sheet", "messages"}


def main() -> None:
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command in TRIED_WITHOUT_SETTINGS and not {"SECRET_KEY", "DEMO", "DEBUG"} & set(os.environ):
        os.environ["DEMO"] = "true"
        if command != "demo":
            print("No settings were given, so this is the demo's (DEMO=true).", file=sys.stderr)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    try:
        execute_from_command_line(sys.argv)
    except (ImproperlyConfigured, EnvError) as wrong:
        # The sentence names what is missing; where in the settings it was noticed helps nobody.
        sys.exit(str(wrong))


if __name__ == "__main__":
    main()
