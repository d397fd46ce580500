"""Names as typed, and the folded form in which they are searched. Any name is somebody's: nothing is corrected."""

import unicodedata
from string import ascii_lowercase

LONGEST_SEARCH_KEY = 500
# No longer, so that a word and its key fit one index entry of PostgreSQL, whatever the script.
LONGEST_WORD = 120
# Joiners, direction marks, control characters: nobody types them twice alike.
UNSEEN = {"Cc", "Cf", "Cs"}
DASH = "Pd"
APOSTROPHES = str.maketrans("", "", "'’‘‛ʼʻʽ´`′＇")
# Letters of their own that no rule of Unicode takes apart, as people type them who have no key for them.
LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)
# Shorter words have too many neighbors; nobody's name is longer.
WORDS_WITH_SLIPS = range(4, 31)
LAST_CHARACTER = chr(0x10FFFF)


def fold(text: str) -> str:
    """Lower-cased plain letters, without accents, apostrophes or unseen signs; dashes and blanks are one blank."""
    # Apostrophes go first and last: one falls apart into an accent over a blank, others come out of a letter.
    spaced = " ".join(unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).split())
    plain = "".join(_plain(c) for c in spaced)
    return " ".join(plain.casefold().translate(LETTERS).translate(APOSTROPHES).split())


def unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN


def search_key(*parts: str) -> str:
    """What names are sorted by and looked up in: each word has a blank before it, " an" finds words that begin so."""
    # Some single characters fold to eighteen; the column is long enough for every real name.
    return "".join(f" {word}" for part in parts for word in fold(part).split())[:LONGEST_SEARCH_KEY]


def words_of(key: str) -> tuple[str, ...]:
    """The words of a search key, each once."""
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in key.split()))


def endings_of(word: str) -> tuple[str, ...]:
    """ "ann" ends in "ann", "nn" and "n"."""
    return tuple(word[start:] for start in range(len(word)))


def just_after(beginning: str) -> str | None:
    """The first text, by code point, after all that begin so; None when there is none."""
    stem = beginning.rstrip(LAST_CHARACTER)
    if not stem:
        return None
    following = ord(stem[-1]) + 1
    # The surrogates are no characters: no database stores one.
    return stem[:-1] + chr(0xE000 if following == 0xD800 else following)


def one_slip_from(word: str) -> set[str]:
    """What else may be meant: a letter missing, too many or mistaken for a Latin one, or two letters turned round."""
    if not word.isalpha() or len(word) not in WORDS_WITH_SLIPS:
        return set()
    letters = {*ascii_lowercase, *word}
    halves = [(word[:cut], word[cut:]) for cut in range(len(word) + 1)]
    turned = {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    too_many = {a + b[1:] for a, b in halves if b}
    mistaken = {a + letter + b[1:] for a, b in halves if b for letter in letters}
    missing = {a + letter + b for a, b in halves for letter in letters}
    return (turned | too_many | mistaken | missing) - {word}


def control_characters(text: str) -> tuple[str, ...]:
    """The characters of `text` that no name can hold (tabs, line ends, unassigned controls), each once."""
    # Cf holds the joiners and direction marks that real names need; Cc holds none.
    return tuple(dict.fromkeys(c for c in text if unicodedata.category(c) in {"Cc", "Cs"}))


def _plain(character: str) -> str:
    if unicodedata.category(character) == DASH:
        return " "
    return "" if unicodedata.combining(character) or unseen(character) else character
