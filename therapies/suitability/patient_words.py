"""Every sentence of the rules that a patient may read, and the names of findings within them, to be translated.

`{found}` stands for findings, as wording.py puts them in.
"""

from collections.abc import Iterator

from therapies.suitability import heat, ice, medicines, pairing, stretching
from therapies.suitability.red_flags import ROWS as RED_FLAGS
from therapies.suitability.tables import URGENT, Table
from therapies.suitability.verdicts import Modality
from therapies.suitability.vocabulary import VOCABULARY

TABLES = {"heat": (heat.TABLE, heat.EARLY_TABLE), "ice": (ice.TABLE,), "stretching": (stretching.TABLE,)}
NOTES = (pairing.B01, pairing.B02, pairing.B03, pairing.TIE_BREAK, pairing.B04, pairing.B05, pairing.B11)


def patient_sentences() -> Iterator[tuple[str, str]]:
    """(the module's name, a sentence), each sentence in the order of the rules; a sentence may come twice."""
    yield from (("red_flags", row.patient_text) for row in RED_FLAGS)
    yield from (("tables", sentence) for _text, sentence in URGENT.values())
    for name, tables in TABLES.items():
        yield from ((name, sentence) for table in tables for sentence in _of_table(table))
    yield from (("pairing", note.patient_text) for note in (*NOTES, *pairing.NEITHER))
    yield from (("medicines", row.patient_text) for row in medicines.ROWS)


def until_the_clinic_says_so(modality: Modality) -> str:
    """A short sentence that is true whatever keeps it back."""
    return TABLES[modality][0].review.patient_text


def finding_words() -> Iterator[str]:
    """What `{found}` is made of."""
    return (finding.label for finding in VOCABULARY.values())


def _of_table(table: Table) -> Iterator[str]:
    yield from (row.patient_text for row in table.base)
    yield from (row.patient_text for row in (*table.signs, *table.bars, *table.cautions))
    yield table.unanswered.patient_text
    yield table.review.patient_text
    yield from table.limits
