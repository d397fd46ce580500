"""What a person must mind with an instruction, as it is printed: its own caution notes, in their language."""

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from therapies.movement_cautions import Caution, conditions_not_asked, words_for


def notes_for(applying: Iterable[Caution], notes: Mapping[str, str]) -> tuple[str, ...]:
    """The notes of the cautions that this person's answers make matter."""
    return tuple(notes[each.condition] for each in applying if each.condition in notes)


def notes_if_you_have(cautions: Iterable[Mapping[str, str]], notes: Mapping[str, str]) -> tuple[str, ...]:
    """The notes of conditions that no question asks about, each with the condition's name in front."""
    return tuple(
        _("If you have or had %(condition)s: %(note)s") % {"condition": _(words_for(each)), "note": notes[each]}
        for each in conditions_not_asked(cautions)
        if each in notes
    )
