"""one_line(): what somebody typed, on one line wherever it is read. Needs no models: the log is set up before them."""

from unicodedata import category

# What moves a line, a cursor or the direction of reading.
NOT_IN_A_LINE = frozenset({"Cc", "Cf", "Zl", "Zp"})


def one_line(text: str) -> str:
    """The text with whatever would begin another line, or turn it around, written out."""
    return "".join(sign.encode("unicode_escape").decode() if category(sign) in NOT_IN_A_LINE else sign for sign in text)
