"""Makes the first owner, who then invites everybody else; or lets an owner in again who lost password and phone."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from practice.forms_staff import NAME_RULE
from practice.inviting import StaffError, invite, renew
from practice.models import User
from practice.roles import Role

TELL = """{username} is {what}. Open {page} on the clinic's own address within 7 days and type this code, once:

    {code}

It is shown this once and kept nowhere. There you choose your password and set up a second step."""
TAKEN = "There is a user named {username} already. With --anew an owner is invited again."


class Command(BaseCommand):
    help = "Make an owner, or with --anew invite one again: shows the code of an invitation, once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="what the owner types to sign in")
        parser.add_argument("--name", default="", help='as it stands on pages: "Ana Ruiz"')
        parser.add_argument("--anew", action="store_true", help="for an owner who is there already")

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        code = self._renewed(username) if options["anew"] else self._made(username, options["name"] or username)
        what = "an owner, invited again" if options["anew"] else "an owner now"
        self.stdout.write(TELL.format(username=username, what=what, page=reverse("invitation"), code=code))

    def _made(self, username: str, name: str) -> str:
        call_command("make_roles", verbosity=0, stdout=self.stderr)
        try:
            NAME_RULE(username)
            return invite(username=username, display_name=name, roles=[Role.OWNER], by=None)[1]
        except StaffError as error:
            raise CommandError(TAKEN.format(username=username)) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error

    def _renewed(self, username: str) -> str:
        user = User.objects.filter(username=username, groups__name=Role.OWNER.value).first()
        if user is None:
            raise CommandError(f"There is no owner named {username}.")
        return renew(user, by=None)
