"""The head of the normal print, worked out from the widths of letters: who we are, and whose plan it is.

Sizes, widths and heights are points. handout_front.typ and handout_tight.typ set what is found here.
"""

from dataclasses import dataclass

from plans.letters import Lines, high, width_of
from plans.sheet import Paper, Sheet

TEXT_WIDTH = {Paper.LETTER: 545.76, Paper.A4: 529.03}
NAME, CALL, PHONE, CONTACT, AFTER_HOURS, TITLE = 12.5, 9.5, 17.0, 9.5, 10.0, 19.0
DOT = " · "
# As the sheet sets it: more than the letters of DOT take (em).
DOT_WIDE = width_of("·") + 0.7
# The most of the width that the sheet's title takes, and how far from it the next stands (em).
TITLE_MOST, BESIDE_TITLE = 0.6, 1.5


@dataclass(frozen=True)
class Head:
    """The head of this sheet, `wide` across; `words` are its labels in its language."""

    sheet: Sheet
    words: dict[str, str]
    wide: float

    def contact_is_one_line(self) -> bool:
        """Whether address, hours and what to do after hours stand in one line."""
        clinic = self.sheet.clinic
        before = [width_of(part) + DOT_WIDE for part in (clinic.address, clinic.hours) if part]
        after_hours = width_of(f"{self.words['after_hours']}: {clinic.after_hours}")
        return sum(before) * CONTACT + after_hours * AFTER_HOURS <= self.wide

    def title_column(self) -> float:
        """How wide the sheet's title stands: on one line, unless it leaves what stands beside it too little."""
        return min(width_of(self.sheet.title, bold=True) * TITLE + 1, TITLE_MOST * self.wide)

    def title_is_one_line(self, size: float) -> bool:
        """Whether whose plan it is and who set it stand in one line of `size` beside the sheet's title."""
        said = width_of(f"{self._whose()} · {self._set_by()} · ", bold=True) * size
        return width_of(self.sheet.title, bold=True) * TITLE + (BESIDE_TITLE + 1) * size + said <= self.wide

    def height(self, lines: Lines, size: float) -> float:
        return self._clinic(lines) + 12 + self._title(lines, size)

    def _contact(self) -> str:
        clinic = self.sheet.clinic
        return DOT.join(filter(None, (clinic.address, clinic.hours)))

    def _clinic(self, lines: Lines) -> float:
        clinic = self.sheet.clinic
        phone = width_of(clinic.phone, bold=True) * PHONE + width_of(self.words["call_us"]) * CALL + 30
        name = lines.of(clinic.name, (self.wide - phone) / NAME, bold=True)
        after_hours = lines.of(clinic.after_hours, self.wide / AFTER_HOURS, label=f"{self.words['after_hours']}:")
        contact = lines.of(self._contact(), self.wide / CONTACT) + after_hours
        return max(11.2, high(name, NAME)) + 5 + high(1 if self.contact_is_one_line() else contact, AFTER_HOURS)

    def _whose(self) -> str:
        words, sheet = self.words, self.sheet
        return f"{words['plan_for']} {sheet.patient_name} · {words['record']} {sheet.record_number}"

    def _set_by(self) -> str:
        return f"{self.words['set_by']} {self.sheet.issued_by} · {self.sheet.version_words}"

    def _title(self, lines: Lines, size: float) -> float:
        title = lines.of(self.sheet.title, self.title_column() / TITLE, bold=True)
        if self.title_is_one_line(size):
            return high(title, TITLE)
        room = self.wide - self.title_column() - BESIDE_TITLE * size
        beside = lines.of(self._whose(), room / size, bold=True) + lines.of(self._set_by(), room / CALL)
        return max(high(title, TITLE), high(beside, size)) + 1.7
