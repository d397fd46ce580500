"""Everything that ships passes the reading gate and the PEMAT-P's checked items, in every language."""

from datetime import UTC, datetime

import pytest

from therapies.catalogue_files import read_catalogue
from therapies.loading import load
from therapies.management.commands.load_catalogue import SHIPPED
from therapies.models import InstructionVersion, Status, TherapyPage
from therapies.reading.mending import long_sentences
from therapies.reading_gate import above_the_gate, checks_failed, texts_of
from therapies.text_lines import Text, lines_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def texts() -> list[Text]:
    load(read_catalogue(SHIPPED), at=datetime(2026, 11, 21, tzinfo=UTC))
    return [text for held in (*InstructionVersion.objects.all(), *TherapyPage.objects.all()) for text in texts_of(held)]


def test_all_that_ships_can_be_handed_out(texts: list[Text]) -> None:
    """One test and one loading: it takes seconds."""
    faults = [(str(text), *above_the_gate([text]), *checks_failed([text])) for text in texts]
    long = [(one.text, one.words) for text in texts for one in long_sentences(lines_of(text)) if one.too_long]
    drafts = InstructionVersion.objects.filter(status=Status.DRAFT).count()
    assert ([fault for fault in faults if len(fault) > 1], long, drafts) == ([], [], 0)
