"""The draft that waits in the demo's library: an instruction with one step more, in the clinic's own words."""

from dataclasses import replace

from django.db import transaction

from therapies.content import token_of, words_of
from therapies.models import InstructionVersion, Language, Origin
from therapies.writing import save_words, start_draft

INSTRUCTION = "dead-bug"
OWN_STEP = "Lie on a mat on the floor, not on a bed."


@transaction.atomic
def draft_own_words() -> None:
    """Make the draft; one that is there, or that somebody has published since, stays as it is."""
    versions = InstructionVersion.objects.filter(instruction=INSTRUCTION)
    if versions.filter(origin=Origin.CLINIC).exists():
        return
    draft = start_draft(versions.published().get(), by=None)
    words = words_of(draft.texts.get(language=Language.ENGLISH))
    longer = replace(words, steps=(OWN_STEP, *words.steps))
    save_words(draft, Language.ENGLISH, longer, by=None, seen=token_of(words))
