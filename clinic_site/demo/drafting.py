"""The draft that waits in the demo's library: an instruction with one step more, in the clinic's own words."""

from typing import Any

from django.db import models, transaction

from therapies.loading import content_hash
from therapies.models import InstructionVersion, Language, Origin, Status

INSTRUCTION = "warm-shower"
OWN_STEP = "Shower when somebody else is at home."


@transaction.atomic
def draft_own_words() -> None:
    """Make the draft; one that is there, or that somebody has published since, stays as it is."""
    versions = InstructionVersion.objects.filter(instruction=INSTRUCTION)
    if versions.filter(origin=Origin.CLINIC).exists():
        return
    shipped = versions.published().get()
    draft = _copy(
        shipped,
        number=shipped.number + 1,
        status=Status.DRAFT,
        origin=Origin.CLINIC,
        content_hash=content_hash([shipped.content_hash, OWN_STEP]),
        published_at=None,
    )
    draft.sources.set(shipped.sources.all())
    words = shipped.texts.get(language=Language.ENGLISH)
    _copy(words, version=draft, steps=[OWN_STEP, *words.steps])


def _copy(row: models.Model, **changes: Any) -> Any:
    """A new row like this one, but for `changes`."""
    same = {each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key}
    new = type(row)(**same)
    for name, value in changes.items():
        setattr(new, name, value)
    new.save()
    return new
