"""`manage.py handout PLAN --out FILE.pdf`: the sheet of a plan, for scripts and for trying a printer."""

from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from plans.handout import handout_pdf
from plans.models import Plan, PlanVersion
from plans.printing import NotPrinted, refuse_unprintable
from plans.sheet import Paper
from plans.typesetting import TypesettingError
from practice import audit
from practice.models import Clinic
from therapies.languages import LanguageError, language_called
from therapies.reviewing import language_for


class Command(BaseCommand):
    help = "Write the handout of a plan (its current version) as PDF/UA-1. Codes are never on it: they are shown once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", metavar="PLAN", help="The plan's id, or the id of its current version.")
        parser.add_argument("--language", type=known_language, metavar="CODE", help="Default: the patient's own.")
        parser.add_argument("--paper", choices=[paper.value for paper in Paper], help="Default: the clinic's own.")
        parser.add_argument("--large", action="store_true", help="Large print (18 pt).")
        parser.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")

    def handle(self, *args: Any, **options: Any) -> None:
        version, clinic = find_version(options["plan"]), Clinic.load()
        asked = options["language"] or version.plan.patient.language
        try:
            refuse_unprintable(version)
            pdf = handout_pdf(
                version,
                clinic=clinic,
                paper=Paper(options["paper"] or clinic.paper),
                large=options["large"],
                language=asked,
            )
            options["out"].write_bytes(pdf)
        except (NotPrinted, TypesettingError, OSError) as error:
            raise CommandError(str(error)) from error
        audit.record(
            audit.Action.PRINTED,
            actor=None,
            about=version,
            patient_id=version.plan.patient_id,
            detail="handout command",
        )
        if asked != (shown := language_for(asked)):
            self.stderr.write(f"“{asked}” is not reviewed here, so this is in “{shown}” (Library, Languages).")
        self.stdout.write(f"{options['out']}: {len(pdf)} bytes")


def known_language(code: str) -> str:
    """The code of a language that Steady has; argparse prints the sentence of the error."""
    try:
        return language_called(code).code
    except LanguageError as error:
        raise ArgumentTypeError(str(error)) from error


def find_version(text: str) -> PlanVersion:
    """The issued version that PLAN names. Raises CommandError when there is none."""
    try:
        wanted = UUID(text)
    except ValueError as error:
        raise CommandError(f"PLAN: “{text}” is not the id of a plan.") from error
    versions = PlanVersion.objects.issued().select_related("plan__patient", "issued_by", "screening__patient")
    plan = Plan.objects.filter(pk=wanted, current__isnull=False).first()
    version = versions.filter(current_of=plan).first() if plan else versions.filter(pk=wanted).first()
    if version is None:
        raise CommandError("PLAN: there is no issued plan with this id.")
    return version
