"""What the rows that change held before: each change is a row of its own, kept as it was written.

Of events (audit.py) these differ in that they hold the values, names among them: they are part of the record of a
person and go with it. Erasing a patient has to remove these too: intake_historicalpatient and
intake_historicalcomplaint, by the patient's key.

Who made the change is told by whoever makes it, in the verb: `changed_by(row, by).save()`. It is not guessed from the
request. simple_history stands in no INSTALLED_APPS: its commands remove history, and nothing else of it is needed.
(HIPAA 164.312(b))
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

from practice.append_only import AppendOnly

Row = TypeVar("Row", bound=models.Model)


class KeptHistory(HistoricalRecords):
    """The history of a model, but for the columns that are left out; of its rows `only` those, where told."""

    def __init__(self, *, left_out: Iterable[str] = (), only: Callable[[Any], bool] | None = None) -> None:
        super().__init__(
            bases=(AppendOnly,),
            excluded_fields=list(left_out),
            history_id_field=models.BigAutoField(primary_key=True),
            user_model=settings.AUTH_USER_MODEL,
        )
        self.only = only

    def post_save(self, instance: Any, *, created: bool, using: str | None = None, **kwargs: Any) -> None:
        saved = kwargs.get("update_fields")
        kept = {field.name for field in self.fields_included(instance)}
        if (saved is None or kept & set(saved)) and (self.only is None or self.only(instance)):
            super().post_save(instance, created, using, **kwargs)

    def get_history_user(self, instance: Any) -> Any:
        return getattr(instance, "_history_user", None)


def changed_by(row: Row, user: models.Model | None) -> Row:
    """The row, for a save() whose history names this person; nobody at the command line."""
    row._history_user = user  # type: ignore[attr-defined]
    return row
