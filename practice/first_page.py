"""first_page(): where somebody who has just signed in begins."""

from django.urls import reverse

from practice.models import User
from practice.roles import May


def first_page(user: User) -> str:
    if not user.works_here:
        return reverse("me")
    return reverse("today" if user.may(May.SEE_PATIENTS) else "library")
