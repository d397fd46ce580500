"""Names as typed, and the folded form in which they are searched. Any name is somebody's: nothing is corrected."""

import unicodedata

# Joiners, direction marks, control characters: nobody types them twice alike.
UNSEEN = {"Cc", "Cf", "Cs"}


def fold(text: str) -> str:
    """Lower-cased, without accents or unseen signs, runs of blanks made one: "  Núñez  " becomes "nunez"."""
    spaced = " ".join(unicodedata.normalize("NFKD", text).split())
    plain = "".join(c for c in spaced if not unicodedata.combining(c) and not unseen(c))
    return " ".join(plain.casefold().split())


def unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN


def search_key(*parts: str) -> str:
    """What the search looks through: each word has a blank before it, so that " an" finds words that begin so."""
    return "".join(f" {word}" for part in parts for word in fold(part).split())


def control_characters(text: str) -> tuple[str, ...]:
    """The characters of `text` that no name can hold (tabs, line ends, unassigned controls), each once."""
    # Cf holds the joiners and direction marks that real names need; Cc holds none.
    return tuple(dict.fromkeys(c for c in text if unicodedata.category(c) in {"Cc", "Cs"}))
