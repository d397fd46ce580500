"""What is handed over when there is no plan: the urgent card, and the sheet for neither ice nor heat. Plain data."""

from dataclasses import dataclass, field

from plans.sheet import SheetClinic


@dataclass(frozen=True)
class LeafletPart:
    """A heading with its lines below it."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class LeafletWords:
    """Every fixed label, in one language; `page_of` holds {page} and {pages}."""

    call_us: str = "Call us"
    no_number: str = "Our phone number is not here yet. Ask for it at the front desk."
    open: str = "Open"
    after_hours: str = "When we are closed"
    leaflet_for: str = "For"
    record: str = "Record"
    page_of: str = "Page {page} of {pages}"


@dataclass(frozen=True)
class Leaflet:
    """`box` stands first, within a frame; `closing` last, alone. Who must call 911 is not told the clinic's number."""

    language: str
    title: str
    clinic: SheetClinic
    patient_name: str
    record_number: str
    made_words: str
    box: tuple[str, ...]
    parts: tuple[LeafletPart, ...]
    closing: str
    gives_number: bool = True
    words: LeafletWords = field(default_factory=LeafletWords)
