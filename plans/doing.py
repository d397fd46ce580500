"""Done today: one row for an item and a day, taken back by removing it on the same day."""

from datetime import date

from django.db import IntegrityError, transaction

from plans.models import DoneToday, PlanItem
from practice.models import User


def tick(item: PlanItem, *, day: date, by: User) -> None:
    """Note that the item was done. Ticking twice is one row."""
    try:
        with transaction.atomic():
            DoneToday.objects.get_or_create(item=item, day=day, defaults={"by": by})
    except IntegrityError:
        # The same tick came twice at once; the row that the other request wrote is the one we wanted.
        return


def untick(item: PlanItem, *, day: date) -> None:
    DoneToday.objects.filter(item=item, day=day).delete()
