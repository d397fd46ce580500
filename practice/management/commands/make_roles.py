"""Makes the four roles as Django groups. Safe to run again."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.core.management.base import BaseCommand

from practice.roles import Role

# What the owner may reach in Django's admin; everybody else has no business there.
OWNER_ADMIN = ["view_user", "change_clinic", "view_clinic"]


class Command(BaseCommand):
    help = "Make the roles front desk, clinician, editor and owner (Django groups)."

    def handle(self, *args: Any, **options: Any) -> None:
        for role in Role:
            group, made = Group.objects.get_or_create(name=role.value)
            if role is Role.OWNER:
                group.permissions.set(
                    Permission.objects.filter(content_type__app_label="practice", codename__in=OWNER_ADMIN)
                )
            self.stdout.write(f"{role.value}: {'made' if made else 'there already'}")
