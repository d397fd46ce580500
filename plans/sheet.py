"""What stands on a handout, as plain data: every string is already in the patient's language.

No Django here and no layout: handout.py fills a Sheet from a plan version, typesetting.py sets it on paper.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Paper(StrEnum):
    """The paper in the clinic's printer."""

    LETTER = "letter"
    A4 = "a4"


class SheetKind(StrEnum):
    """What sort of home care an item is; it chooses the small mark beside the title."""

    ICE = "ice"
    HEAT = "heat"
    STRETCHING = "stretching"


@dataclass(frozen=True)
class SheetWords:
    """Every fixed label of the sheet and the slip, in one language. The defaults are English.

    `page_of` holds {page} and {pages}, `grid_week` {number}, `more_signs` and `how_on_page` {page}.
    """

    call_us: str = "Call us"
    after_hours: str = "After hours"
    plan_for: str = "For"
    record: str = "Record"
    set_by: str = "Set by"
    stop_and_call: str = "Stop and call us if"
    call_emergency: str = "Call 911 if"
    feel: str = "What you should feel"
    stop_if: str = "Stop if"
    not_now_if: str = "Not now if"
    cautions: str = "Take care"
    dates_title: str = "Your plan by date"
    medicines: str = "Ask about your medicines"
    clinician_note: str = "Note from your clinician"
    grid: str = "Tick what you did"
    grid_help: str = "One box for each time. A missed day is fine: just carry on the next day."
    grid_item: str = "What"
    grid_week: str = "Week {number}"
    grid_off_day: str = "–"
    how_on_page: str = "How to do these, on page {page}"
    online: str = "Open your plan on a phone or computer"
    online_how: str = "Scan the square with your phone camera. Or go to this page and type a code:"
    codes_once: str = "Each code works once. If one does not work, try the next, or call us."
    codes_keep: str = "Keep this page safe: a code opens your plan."
    slip_title: str = "Your sign-in codes"
    qr_alt: str = "QR code. Scan it with a phone camera to open your plan."
    sources: str = "Where this advice comes from"
    more_signs: str = "More signs to call 911 for: page {page}."
    all_signs: str = "Call 911 if any of these is true"
    page_of: str = "Page {page} of {pages}"


ENGLISH = SheetWords()


@dataclass(frozen=True)
class SheetClinic:
    """Whom to call; `address` is one line, its parts joined by ", "; empty strings are left out."""

    name: str
    phone: str
    address: str = ""
    hours: str = ""
    after_hours: str = ""


@dataclass(frozen=True)
class SheetPicture:
    """An SVG document (with xmlns), what it shows in words, and its height as a share of its width."""

    svg: str
    alt: str
    ratio: float


@dataclass(frozen=True)
class SheetSides:
    """The other side of a movement that is done on either: its panels, and the sides by name.

    `drawn` names what the item's own figures show, `other` what these do; `both` says that both are done.
    """

    drawn: str
    other: str
    both: str
    figures: tuple[SheetPicture, ...]


@dataclass(frozen=True)
class SheetItem:
    """One thing to do.

    `grid_days_on` are positions in Sheet.grid_days on which the item is due; None means every day.
    `figures` are the panels of its movement from start to end, each a whole SVG document with the text that it needs.
    `language` is that of its words, where they are not in the sheet's.
    `sides` names left and right where both are done, and the one that is drawn; `both_sides` has the other one too,
    for a sheet that has room for it.
    """

    title: str
    kind: str
    why: str
    steps: tuple[str, ...]
    dose_words: str
    times_a_day: int
    feel: str = ""
    stop_if: tuple[str, ...] = ()
    not_now_if: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    note: str = ""
    grid_days_on: tuple[int, ...] | None = None
    figures: tuple[SheetPicture, ...] = ()
    sides: str = ""
    both_sides: SheetSides | None = None
    language: str = ""


@dataclass(frozen=True)
class SheetPhase:
    """A stretch of days; an empty title prints the dates alone, both empty print no heading."""

    title: str
    dates_words: str
    items: tuple[SheetItem, ...]


@dataclass(frozen=True)
class SheetPictures:
    """Pictures that explain: a title, how to read them (`help`), they with their words, and where that is from.

    `language` is that of all of these, where it is not the sheet's.
    """

    title: str
    figures: tuple[SheetPicture, ...]
    help: str = ""
    language: str = ""
    source: str = ""


@dataclass(frozen=True)
class SheetSource:
    """Who published it, in the reader's language; its title, in its own; and its year as it follows that."""

    publisher: str
    title: str
    year: str = ""


@dataclass(frozen=True)
class SheetCodes:
    """Sign-in codes that have just been made; they are readable on paper only, once.

    `start_url` is the page to type a code on; `qr_url` is the same page with the first code in its fragment.
    """

    start_url: str
    codes: tuple[str, ...]
    qr_url: str
    valid_until_words: str


@dataclass(frozen=True)
class Sheet:
    """A whole handout. `note` is about the whole plan and stands before its phases.

    `emergency_first` are the signs of `emergency` that stand on the front when all of them stand further back.
    `reviewed` says how old the facts are; `general` what a sheet that is nobody's plan must say of itself, and then
    `patient_name`, `record_number` and `issued_by` are empty.

    `dates` are sentences on what is on until when and what comes next; `on_hold` on what is not to be done for now;
    `medicines` on what to ask a doctor or pharmacist about; `explained` are pictures for which a plan has no room.
    `grid_days` are short labels ("Wed 20"), a column each; empty leaves the grid out.
    """

    language: str
    title: str
    clinic: SheetClinic
    patient_name: str
    record_number: str
    version_words: str
    issued_by: str
    phases: tuple[SheetPhase, ...]
    universal_stop: tuple[str, ...]
    emergency: tuple[str, ...]
    grid_days: tuple[str, ...] = ()
    codes: SheetCodes | None = None
    sources: tuple[SheetSource, ...] = ()
    note: str = ""
    dates: tuple[str, ...] = ()
    on_hold: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    emergency_first: tuple[str, ...] = ()
    reviewed: str = ""
    general: tuple[str, ...] = ()
    explained: tuple[SheetPictures, ...] = ()
    words: SheetWords = field(default=ENGLISH)


@dataclass(frozen=True)
class CodeSlip:
    """Sign-in codes alone, handed over before any plan exists. `issued_words` is the day they were made."""

    language: str
    clinic: SheetClinic
    patient_name: str
    record_number: str
    issued_words: str
    codes: SheetCodes
    words: SheetWords = field(default=ENGLISH)
