"""Findings in the words of a sentence."""

from collections.abc import Iterable

from therapies.suitability.findings import label_of


def in_words(keys: Iterable[str]) -> str:
    """The labels of findings as a list in a sentence."""
    labels = [label_of(key) for key in keys]
    return " and ".join([", ".join(labels[:-1]), labels[-1]] if len(labels) > 1 else labels)


def worded(text: str, patient_text: str, found: Iterable[str]) -> tuple[str, str]:
    """Both sentences of a row, with `{found}` as the labels of what made it fire, each named once."""
    words = in_words(dict.fromkeys(found))
    return text.format(found=words), patient_text.format(found=words)
