"""Who may be signed in at all."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend


class SteadyBackend(ModelBackend):
    """Passwords for staff; nobody of the demo outside the demo, whatever the database holds."""

    def user_can_authenticate(self, user: Any) -> bool:
        if user is not None and user.is_demo and not (settings.DEMO and settings.DEBUG):
            return False
        return super().user_can_authenticate(user)
