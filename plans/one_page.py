"""The front of a plan with ice or heat: what fits there, in which size, and how it shares the width.

Ice or heat and two movements may stand there whole. Where they do not, or are more, ice or heat stands there with all
its reasons, above the boxes of the whole plan, and the others follow, most of them overleaf.

Worked out from the widths of letters (letters.py), in points. To let the typesetter try takes five times as long.
handout_tight.typ sets what is found here. The gaps are written in both; a test sets what is reckoned to fit.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from math import inf
from typing import Any, NamedTuple

from plans.letters import Lines, high, width_of
from plans.sheet import Paper, Sheet, SheetItem
from plans.sheet_head import DOT, TEXT_WIDTH, Head

TEXT_HEIGHT = {Paper.LETTER: 727.20, Paper.A4: 777.08}
# What the reckoning may be wrong by.
SPARE = 0.5
GUTTER, BETWEEN = 13.0, 5.0
SMALL, TITLE, PHASE = 9.5, 11.5, 11.0
ICON = 1.35 * TITLE
FEWEST_REASONS, LISTED_FROM = 4, 3
CARE_HEIGHT, CARE_WIDTH = 57.6, 0.47
LEAST_WIDE, LEAST_TALL, MOST_WIDE, LEAST_HIGH = 75.6, 54.0, 95.0, 47.5
LEAST_BESIDE = 130.0
BOX_WIDE = 31.2
# A movement over the whole width takes about as much: the shortest ones, and nearly any.
ROOM_FOR_ONE, ROOM_FOR_ANY = 125.0, 180.0
# As many as the paper is wide for.
MOST_DAYS = 14
BULLET, NUMBER = width_of("•") + 0.45, width_of("1.", bold=True) + 0.5


@dataclass(frozen=True)
class Way:
    """How a movement stands: so many pictures across, each so wide (pt), its words beside them or below."""

    across: int
    width: float
    beside: bool


@dataclass(frozen=True)
class OnePage:
    """Shares of the width (0 to 1) that the left one of two has; `size` of the letters in points.

    `care_begins` and `pair_begins` number the phase that begins with it. No `ways`: the movements follow in the usual
    print, where `lone_first` the first of an odd number over the whole width, since the front has room for it.
    """

    size: float
    stop: float
    care: float
    pair: float
    care_picture: float
    title_in_one_line: bool
    why_beside: bool
    note_beside: bool
    runs_on: bool
    care_begins: int | None
    pair_begins: int | None
    lone_first: bool
    ways: tuple[Way, ...]


class Tried(NamedTuple):
    """Size of letters in points, how much larger than the least the pictures are, whether those of a movement may
    stand one below the other, and whether its signs and cautions follow each other on a line however many they are."""

    size: float
    larger: float
    stacked: bool
    runs_on: bool = False


# The first that fits is taken: start and end are best seen side by side. No letter of what to do, or of when not to,
# is smaller.
OF_THREE = (
    Tried(10.5, 1.35, stacked=False),
    Tried(10.5, 1.2, stacked=False),
    Tried(10.5, 1.0, stacked=False),
    Tried(10.0, 1.0, stacked=False),
    Tried(10.5, 1.2, stacked=True),
    Tried(10.5, 1.0, stacked=True),
    Tried(10.0, 1.2, stacked=True),
    Tried(10.0, 1.0, stacked=True),
    Tried(10.5, 1.0, stacked=True, runs_on=True),
    Tried(10.0, 1.0, stacked=True, runs_on=True),
)
ALONE = tuple(Tried(*each, stacked=False) for each in ((10.5, 1.35), (10.5, 1.15), (10.5, 1.0), (10.0, 1.0)))


def one_page(sheet: Sheet, words: dict[str, str], paper: Paper) -> dict[str, Any] | None:
    """How to set the front of this sheet, for the template; None where it has something else or does not fit."""
    front = front_of(sheet, words, paper)
    return asdict(front.found()) if front else None


def front_of(sheet: Sheet, words: dict[str, str], paper: Paper) -> "Front | None":
    """The first front that this sheet fits, or None."""
    front = partial(Front, sheet, words, paper, Lines())
    for suits, tried in ((is_of_three, OF_THREE), (begins_with_care, ALONE)):
        alone = tried is ALONE
        # What does not fit in the last way fits in none.
        if suits(sheet) and (last := front(tried[-1], alone=alone)).fits():
            fitting = filter(Front.fits, (front(each, alone=alone) for each in tried))
            # Of an odd number of others, one may stand on the front too.
            odd_others = len(last.items) % 2 == 0
            roomy = alone and odd_others and last.spare() >= ROOM_FOR_ONE
            return _with_room_for_one(fitting) if roomy else next(fitting)
    return None


def _with_room_for_one(fronts: Iterable["Front"]) -> "Front":
    """The first on which nearly any movement has room too, or else the one with most room."""
    tried = []
    for each in fronts:
        tried.append(each)
        if each.spare() >= ROOM_FOR_ANY:
            break
    return max(tried, key=Front.spare)


def is_care(item: SheetItem) -> bool:
    """Ice or heat: it has as many reasons not to as a movement has steps (as `is-care` of handout_items.typ has it)."""
    return len(item.not_now_if) >= FEWEST_REASONS


def is_of_three(sheet: Sheet) -> bool:
    """Whether it is ice or heat before or after two movements of one phase, with boxes."""
    items = [item for phase in sheet.phases for item in phase.items]
    care = [at for at, item in enumerate(items) if is_care(item)]
    together = [sum(not is_care(item) for item in phase.items) for phase in sheet.phases]
    return _has_boxes(sheet) and len(items) == 3 and care in ([0], [2]) and 2 in together


def begins_with_care(sheet: Sheet) -> bool:
    """Whether other items follow ice or heat, with boxes."""
    items = [item for phase in sheet.phases for item in phase.items]
    return _has_boxes(sheet) and len(items) > 1 and is_care(items[0])


def _has_boxes(sheet: Sheet) -> bool:
    return 0 < len(sheet.grid_days) <= MOST_DAYS


class Front:
    """The front in one size of letters: with the first ice or heat `alone`, or with two movements. Widths and heights
    are points; `lines` are numbers of lines."""

    def __init__(
        self, sheet: Sheet, words: dict[str, str], paper: Paper, lines: Lines, tried: Tried, *, alone: bool
    ) -> None:
        self.sheet, self.words, self.lines = sheet, words, lines
        self.wide, self.high = TEXT_WIDTH[paper], TEXT_HEIGHT[paper]
        self.head = Head(sheet, words, self.wide)
        self.size, self.larger, self.stacked = tried.size, tried.larger, tried.stacked
        self.listed_from = inf if tried.runs_on else LISTED_FROM
        self.items = [item for phase in sheet.phases for item in phase.items]
        self.care = next(item for item in self.items if is_care(item))
        self.movements = [] if alone else [item for item in self.items if not is_care(item)]
        # Where one begins a phase, the phase is named before it.
        self.care_begins, self.pair_begins = self._begun_by(self.care), self._begun_by(*self.movements[:1])
        self.stop_share = _best(range(50, 68, 2), self._stop_lines)
        self.care_share = _best(range(32, 59, 3), self._care_columns)
        self.pair_share = _best((50, 47, 53, 44, 56, 41, 59, 38, 62, 35, 65), self._pair_height)

    def spare(self) -> float:
        return self.high - self.height() - SPARE

    def fits(self) -> bool:
        return self.spare() >= 0

    def found(self) -> OnePage:
        return OnePage(
            size=self.size,
            stop=self.stop_share,
            care=self.care_share,
            pair=self.pair_share,
            care_picture=self._care_picture(),
            title_in_one_line=self.head.title_is_one_line(self.size),
            why_beside=self._why_is_beside(),
            note_beside=self._note_is_beside(),
            runs_on=self.listed_from == inf,
            care_begins=self.care_begins,
            pair_begins=self.pair_begins,
            lone_first=not self.movements and self.spare() >= ROOM_FOR_ONE,
            ways=self._ways(self.pair_share),
        )

    def height(self) -> float:
        parts = (self._above(), self._stop_height(), self._care_height(), self._pair_height(self.pair_share))
        return sum(parts) + self._below_the_box() + self._boxes()

    def _begun_by(self, item: SheetItem | None = None) -> int | None:
        firsts = [phase.items[0] if phase.items else None for phase in self.sheet.phases]
        return next((at for at, first in enumerate(firsts) if first and first is item), None)

    # --- lines ---

    def _lines(self, text: str, width: float, *, label: str = "", size: float = 0.0, bold: bool = False) -> int:
        return self.lines.of(text, width / (size or self.size), label=label and f"{label}:", bold=bold)

    def _listed(self, lines: Iterable[str], width: float, mark: float) -> int:
        return sum(self._lines(line, width - mark * self.size) for line in lines)

    def _high(self, lines: int, size: float = 0.0) -> float:
        return high(lines, size or self.size)

    # --- down to the box ---

    def _above(self) -> float:
        general = sum(7 + self._high(self._lines(line, self.wide, bold=True)) for line in self.sheet.general)
        return self.head.height(self.lines, self.size) + general

    def _note(self, note: str, width: float) -> float:
        label = self.words["clinician_note"]
        first, *others = _lines_of(note) or [""]
        lines = self._lines(first, width - 10, label=label) + sum(self._lines(line, width - 10) for line in others)
        return 8 + self._high(lines) if note else 0.0

    def _below_the_box(self) -> float:
        note = self._note(self.sheet.note, self.wide)
        if self._note_is_beside():
            return note - 1
        said = self._dates()
        dates = self._lines(said, self.wide, label=self.words["dates_title"], bold=True)
        return note + (5 + self._high(dates) if said else 0)

    def _dates(self) -> str:
        return DOT.join(self.sheet.on_hold + self.sheet.dates)

    def _note_is_beside(self) -> bool:
        """Whether dates and the clinician's note are so short that they share a line."""
        dates, note = self._dates(), self.sheet.note
        labels = f"{self.words['dates_title']}: {self.words['clinician_note']}: "
        wide = (width_of(labels + dates, bold=True) + width_of(note) + 1.5) * self.size + 11
        return bool(dates and note) and len(_lines_of(note)) == 1 and wide <= self.wide

    # --- the box ---

    def _stop_lines(self, share: float) -> int:
        usable = self.wide - 32
        signs = self.sheet.emergency_first or self.sheet.emergency
        left = self._listed(signs, usable * share, BULLET)
        return max(left, self._listed(self.sheet.universal_stop, usable * (1 - share), BULLET))

    def _stop_height(self) -> float:
        return 5 + 2 * 4.5 + 7.6 + 0.5 * TITLE + self._high(self._stop_lines(self.stop_share))

    def _named(self, item: SheetItem, width: float) -> float:
        return 9 + max(self._lines(item.title, width - ICON, size=TITLE, bold=True) - 1, 0) * 1.08 * TITLE

    # --- ice or heat ---

    def _care_picture(self) -> float:
        pictures = self.care.figures
        if not pictures:
            return 0.0
        most = (self.wide * CARE_WIDTH - (len(pictures) - 1) * BETWEEN) / len(pictures)
        return self.larger * min(CARE_HEIGHT / max(picture.ratio for picture in pictures), most)

    def _care_columns(self, share: float) -> float:
        """The steps below the pictures, and beside them the reasons below all else: how high the higher one is."""
        left, right = self._shared(share)
        item, width = self.care, self._care_picture()
        across = len(item.figures) * (width + BETWEEN) - BETWEEN if item.figures else 0.0
        pictures = max((width * picture.ratio for picture in item.figures), default=0.0)
        into = max(across - left, 0)
        said = self._doing(item, right - into, with_steps=False)
        reasons = self._listed(item.not_now_if, right, BULLET)
        steps = self._high(self._listed(item.steps, left, NUMBER)) + (pictures and 5 + pictures)
        behind = max(said, pictures if into else 0.0)
        return max(steps, behind + 5 + self._high(1) + 0.5 * self.size + self._high(reasons))

    def _why_is_beside(self) -> bool:
        title = ICON + width_of(self.care.title, bold=True) * TITLE
        return title + (0.7 + width_of(self.care.why)) * self.size <= self.wide

    def _care_height(self) -> float:
        item = self.care
        why = 0.0 if self._why_is_beside() else 4 + self._high(self._lines(item.why, self.wide))
        notes = self._limits(item, self.wide, columns=2) + self._note(item.note, self.wide)
        title = self._named(item, self.wide)
        return self._rule(self.care_begins) + title + why + 6 + self._care_columns(self.care_share) + notes

    def _rule(self, begins: int | None) -> float:
        """The rule above an item, in which the phase is named that begins with it."""
        phase = None if begins is None else self.sheet.phases[begins]
        if phase is None or not phase.title + phase.dates_words:
            return 11.6
        named = f"{phase.title} {phase.dates_words}"
        return 10.5 + self._high(self._lines(named, self.wide - 8, size=PHASE, bold=True), PHASE)

    # --- the two movements ---

    def _doing(self, item: SheetItem, width: float, *, with_steps: bool = True) -> float:
        """Dose, steps, what to feel and when to stop, one below the other."""
        dose = self._lines(f"{item.dose_words} {item.sides}", width, bold=True)
        feel = self._lines(item.feel, width, label=self.words["feel"])
        steps = self._listed(item.steps, width, NUMBER) if with_steps else 0
        stop = self._stop_if(item.stop_if, width, runs_on=not with_steps)
        parts = [self._high(lines) for lines in (dose, steps, feel) if lines] + [stop] * bool(stop)
        return sum(parts) + 0.57 * self.size * (len(parts) - 1)

    def _stop_if(self, lines: Sequence[str], width: float, *, runs_on: bool) -> float:
        if runs_on or len(lines) < self.listed_from:
            return self._high(self._lines(DOT.join(lines), width, label=self.words["stop_if"]))
        return self._high(1) + 0.5 * self.size + self._high(self._listed(lines, width, BULLET))

    def _limits(self, item: SheetItem, width: float, *, columns: int = 1) -> float:
        return sum(
            self._limit(self.words[name], lines, width, columns)
            for name, lines in (("not_now_if", item.not_now_if), ("cautions", item.cautions))
            if lines and not (name == "not_now_if" and is_care(item))
        )

    def _limit(self, label: str, lines: Sequence[str], width: float, columns: int) -> float:
        if len(lines) < self.listed_from:
            return 5 + self._high(self._lines(DOT.join(lines), width, label=label))
        each = -(-len(lines) // columns)
        wide = (width - (columns - 1) * 1.4 * self.size) / columns
        most = max(self._listed(lines[at : at + each], wide, BULLET) for at in range(0, len(lines), each))
        return 5 + self._high(1) + 0.5 * self.size + self._high(most)

    def _way(self, item: SheetItem, width: float) -> tuple[float, Way]:
        """The lowest way to set it in `width`, and how high that is."""
        if not item.figures:
            return 5 + self._doing(item, width), Way(0, 0.0, beside=False)
        ratio = max(picture.ratio for picture in item.figures)
        # A tall picture shows somebody upright, who is no smaller in a narrower one than somebody who lies.
        least = LEAST_WIDE if ratio < 1 else max(LEAST_WIDE / ratio**0.5, LEAST_TALL)
        picture = self.larger * max(min(LEAST_HIGH / ratio, MOST_WIDE), least)
        ways: list[tuple[float, Way]] = []
        most = min(len(item.figures), 3)
        for across in range(1 if self.stacked else most, most + 1):
            taken = across * picture + (across - 1) * BETWEEN
            rows = -(-len(item.figures) // across)
            stack = rows * picture * ratio + (rows - 1) * BETWEEN
            if width - taken - 9 > LEAST_BESIDE:
                beside = max(stack, self._doing(item, width - taken - 9))
                ways.append((beside, Way(across, picture, beside=True)))
            if taken <= width:
                ways.append((stack + 5 + self._doing(item, width), Way(across, picture, beside=False)))
        return min(ways, key=lambda each: each[0], default=(inf, Way(0, 0.0, beside=False)))

    def _half(self, item: SheetItem, width: float) -> float:
        why = 4 + self._high(self._lines(item.why, width, size=SMALL), SMALL) + 5 if item.why else 0.0
        title = self._named(item, width)
        return title + why + self._way(item, width)[0] + self._limits(item, width) + self._note(item.note, width)

    def _shared(self, share: float) -> tuple[float, float]:
        return (self.wide - GUTTER) * share, (self.wide - GUTTER) * (1 - share)

    def _pair_height(self, share: float) -> float:
        if not self.movements:
            return 0.0
        return 1.5 + self._rule(self.pair_begins) + max(map(self._half, self.movements, self._shared(share)))

    def _ways(self, share: float) -> tuple[Way, ...]:
        return tuple(self._way(*each)[1] for each in zip(self.movements, self._shared(share), strict=False))

    # --- the boxes ---

    def _boxes(self) -> float:
        days = len(self.sheet.grid_days)
        name = self.wide - days * BOX_WIDE
        rows = sum(self._box_row(item, name) for item in self.items)
        return (30.6 if self.movements else 38 + self._elsewhere()) + rows

    def _elsewhere(self) -> float:
        """Where the others stand: on one page, or one of them on a page of its own."""
        others = DOT.join(item.title for item in self.items if item is not self.care)
        return 10 + self._high(self._lines(others, self.wide, label=self.words["how_on_page"]) + 1)

    def _box_row(self, item: SheetItem, width: float) -> float:
        boxes = 14.5 if item.times_a_day < 3 else 30.0
        lines = self._lines(item.title, width)
        return 2.2 + max(boxes, self._high(lines) + 1.4 * (lines - 1))


def _lines_of(note: str) -> list[str]:
    return [line for line in note.splitlines() if line.strip()]


def _best(shares: Sequence[int], cost: Callable[[float], float]) -> float:
    """Of these shares, in percent, the first that costs least."""
    return min((share / 100 for share in shares), key=cost)
