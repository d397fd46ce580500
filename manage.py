#!/usr/bin/env python
"""Steady's command line. `python manage.py demo` is the one command that needs no settings at all."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    if sys.argv[1:2] == ["demo"]:
        # The demo brings its own keys, database and clinic, so a first look needs no configuration.
        os.environ.setdefault("DEMO", "true")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clinic_site.settings")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
