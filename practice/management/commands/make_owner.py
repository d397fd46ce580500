"""Makes the first owner, who then makes everybody else's account in /admin/."""

from getpass import getpass
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from practice import audit
from practice.history import changed_by
from practice.models import User
from practice.roles import Role


class Command(BaseCommand):
    help = "Make an owner: asks for a password twice, at the keyboard, and shows it nowhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="what the owner types to sign in")
        parser.add_argument("--name", default="", help='as it stands on pages: "Ana Ruiz"')

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"]
        if User.objects.filter(username=username).exists():
            raise CommandError(f"There is a user named {username} already.")
        user = User(username=username, display_name=options["name"] or username)
        user.set_password(checked_password(user))
        make_owner(user)
        self.stdout.write(f"{username} is an owner now, and can sign in at /sign-in/ and /admin/.")


def checked_password(user: User) -> str:
    """The password as typed twice. Raises CommandError with every sentence that speaks against it."""
    password = getpass("Password (12 characters or more): ")
    if password != getpass("The same again: "):
        raise CommandError("The two passwords differ. Nothing was made.")
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandError(" ".join(error.messages)) from error
    return password


def make_owner(user: User) -> None:
    """Save the user, in the owner's group, and note it, in one transaction."""
    call_command("make_roles", verbosity=0)
    with transaction.atomic():
        user.full_clean(exclude=["password"])
        changed_by(user, user).save()
        user.groups.add(Group.objects.get(name=Role.OWNER.value))
        audit.record(audit.Action.CHANGED, actor=user, about=user, detail="made an owner at the command line")
