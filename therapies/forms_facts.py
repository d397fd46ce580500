"""The data of an instruction as a form: level, places, dose, cautions, sources. What is wrong stands at its field."""

import re
from collections.abc import Collection
from typing import Any

from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from therapies.catalogue_files import POSITIONS
from therapies.content import Facts
from therapies.dose import GROWING, NAMES, NUMBERS, Dose, DoseError, check_dose, check_most, limits_for
from therapies.equipment import KNOWN, equipment_words
from therapies.forms_words import SeenForm
from therapies.models import InstructionText, InstructionVersion, Language, Source
from therapies.movement_cautions import NOT_ASKED_WORDS, condition_words
from therapies.regions import Region
from therapies.suitability import VOCABULARY
from therapies.toml_tables import KEY

MOST = "most_"
ACTIONS = [("", "no caution"), ("avoid", "avoid: not for them"), ("adapt", "adapt: printed with the item")]
# Rows for cautions that are not there yet; saving gives as many again.
SPARE_CAUTIONS, MOST_CAUTIONS = 3, 40
ALTERNATIVES = ("alternative_1", "alternative_2", "alternative_3")


class NumberField(forms.IntegerField):
    """A number of the dose; its range is the kind's (check_dose), which the message names."""

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__(label=label, required=False, **kwargs)
        self.error_messages["invalid"] = "Write a whole number."


class FactsForm(SeenForm):
    level = forms.ChoiceField(label="Level", choices=InstructionVersion.Level.choices)
    first_48h = forms.BooleanField(label="In the set for the first 48 hours", required=False)
    regions = forms.MultipleChoiceField(
        label="Where on the body", choices=Region.choices, widget=forms.CheckboxSelectMultiple
    )
    positions = forms.MultipleChoiceField(
        label="Position",
        choices=[(each, each.replace("_", " ")) for each in POSITIONS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    equipment = forms.MultipleChoiceField(label="What it needs", widget=forms.CheckboxSelectMultiple, required=False)
    other_equipment = forms.CharField(
        label="Something else it needs", max_length=120, required=False, help_text="In English, with commas between."
    )
    each_side = forms.BooleanField(label="Each side", required=False)
    sources = forms.ModelMultipleChoiceField(
        label="Sources",
        queryset=Source.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Name at least one source."},
    )

    def __init__(self, *args: Any, version: InstructionVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = version.kind
        known = dict.fromkeys((*KNOWN, *version.equipment))
        self.fields["equipment"].choices = [(each, equipment_words(each)) for each in known]  # type: ignore[attr-defined]
        numbers = limits_for(self.kind)
        self.fields.update({name: NumberField(NAMES[name]) for name in numbers})
        self.fields.update({MOST + name: NumberField(NAMES[name]) for name in numbers if name in GROWING})
        self.fields.update(_alternative_fields(version))
        self.fields["sources"].choices = source_choices(self.initial.get("sources", ()))  # type: ignore[attr-defined]
        self.rows = self._caution_rows(version)
        for row in range(self.rows):
            self.fields.update(_caution_fields(row, version))
        self.helper.layout = self._layout()

    def _caution_rows(self, version: InstructionVersion) -> int:
        typed = [int(found[1]) for found in (re.fullmatch(r"condition_(\d{1,2})", name) for name in self.data) if found]
        return min(MOST_CAUTIONS, max([len(version.cautions) + SPARE_CAUTIONS, *(row + 1 for row in typed)]))

    def _layout(self) -> Layout:
        numbers = [name for name in NUMBERS if name in self.fields]
        growing = [MOST + name for name in numbers if MOST + name in self.fields]
        cautions = [Div(f"condition_{row}", f"action_{row}", css_class="field-row") for row in range(self.rows)]
        return Layout(
            Fieldset("Kind", "level", "first_48h"),
            Fieldset("The dose to begin with", Div(*numbers, css_class="field-row"), "each_side"),
            Fieldset("What it may grow to. Empty: as far as its kind may go", Div(*growing, css_class="field-row")),
            Fieldset("Cautions", *cautions),
            Fieldset("Instead, when it cannot be given", Div(*ALTERNATIVES, css_class="field-row")),
            Fieldset(
                "Places and things", "regions", "positions", "equipment", "other_equipment", css_class="library-choices"
            ),
            Fieldset("Where the facts come from", "sources", css_class="library-sources"),
            "seen",
        )

    def clean_other_equipment(self) -> tuple[str, ...]:
        """Each thing as the catalogue names it: "foam roller" is foam_roller."""
        typed = (each.strip().lower() for each in self.cleaned_data["other_equipment"].split(","))
        keys = tuple(re.sub(r"[\s-]+", "_", each) for each in typed if each)
        for key in keys:
            if not KEY.fullmatch(key):
                raise ValidationError(f"“{key.replace('_', ' ')}”: use letters and digits only.")
        return keys

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_dose(cleaned)
        self._check_cautions(cleaned)
        self._check_alternatives(cleaned)
        return cleaned

    def _check_dose(self, cleaned: dict[str, Any]) -> None:
        if self.errors.keys() & {*NUMBERS, *(MOST + name for name in NUMBERS)}:
            return
        dose, most = self._dose(cleaned), self._most(cleaned)
        try:
            check_dose(dose, self.kind)
        except DoseError as error:
            self.add_error(error.field, str(error))
            return
        try:
            check_most(dose, most, self.kind)
        except DoseError as error:
            self.add_error(MOST + error.field, str(error))

    def _check_cautions(self, cleaned: dict[str, Any]) -> None:
        met: set[str] = set()
        for row in range(self.rows):
            condition, action = cleaned.get(f"condition_{row}"), cleaned.get(f"action_{row}")
            if condition and not action:
                self.add_error(f"action_{row}", "Choose what it does, or take the condition out.")
            if action and not condition:
                self.add_error(f"condition_{row}", "Choose the condition.")
            if condition and condition in met:
                self.add_error(f"condition_{row}", "This condition stands there twice.")
            met.add(condition or "")

    def _check_alternatives(self, cleaned: dict[str, Any]) -> None:
        chosen = [cleaned.get(name) for name in ALTERNATIVES]
        for place, name in enumerate(ALTERNATIVES):
            if chosen[place] and chosen[place] in chosen[:place]:
                self.add_error(name, "This one stands there twice.")

    def _dose(self, cleaned: dict[str, Any]) -> Dose:
        numbers = {name: cleaned.get(name) for name in NUMBERS}
        return Dose(**numbers, each_side=cleaned.get("each_side", False))

    def _most(self, cleaned: dict[str, Any]) -> dict[str, int]:
        given = {name: cleaned.get(MOST + name) for name in GROWING}
        return {name: number for name, number in given.items() if number is not None}

    @property
    def facts(self) -> Facts:
        cleaned = self.cleaned_data
        pairs = [(cleaned[f"condition_{row}"], cleaned[f"action_{row}"]) for row in range(self.rows)]
        return Facts(
            level=cleaned["level"],
            first_48h=cleaned["first_48h"],
            regions=tuple(cleaned["regions"]),
            positions=tuple(cleaned["positions"]),
            equipment=tuple(dict.fromkeys((*cleaned["equipment"], *cleaned["other_equipment"]))),
            alternatives=tuple(cleaned[name] for name in ALTERNATIVES if cleaned[name]),
            cautions=tuple({"condition": condition, "action": action} for condition, action in pairs if condition),
            dose=self._dose(cleaned),
            dose_most=self._most(cleaned),
            sources=tuple(sorted(source.pk for source in cleaned["sources"])),
        )


def initial_of_facts(facts: Facts) -> dict[str, Any]:
    """The facts by the names of the form's fields."""
    return {
        **{name: getattr(facts, name) for name in ("level", "first_48h", "regions", "positions", "equipment")},
        **facts.dose.as_dict(),
        **{MOST + name: number for name, number in facts.dose_most.items()},
        **dict(zip(ALTERNATIVES, facts.alternatives, strict=False)),
        **{f"condition_{row}": caution["condition"] for row, caution in enumerate(facts.cautions)},
        **{f"action_{row}": caution["action"] for row, caution in enumerate(facts.cautions)},
        "sources": facts.sources,
    }


def source_choices(chosen: Collection[str]) -> list[tuple[str, str]]:
    """Every source, those that are chosen first: there are many. One query."""
    return sorted(
        ((source.pk, str(source)) for source in Source.objects.all()), key=lambda each: (each[0] not in chosen, each[1])
    )


def _alternative_fields(version: InstructionVersion) -> dict[str, forms.ChoiceField]:
    """Other instructions of the same kind or not, by their English titles. One query."""
    titles = dict(
        InstructionText.objects.filter(version__status="published", language=Language.ENGLISH)
        .exclude(version__instruction=version.instruction_id)
        .order_by("title")
        .values_list("version__instruction", "title")
    )
    # What is retired now may still stand there.
    titles |= {slug: slug for slug in version.alternatives if slug not in titles}
    choices = [("", "none"), *titles.items()]
    labels = ("The best", "The next best", "The one after that")
    fields = zip(ALTERNATIVES, labels, strict=True)
    return {name: forms.ChoiceField(label=label, choices=choices, required=False) for name, label in fields}


def _caution_fields(row: int, version: InstructionVersion) -> dict[str, forms.ChoiceField]:
    own = {each["condition"] for each in version.cautions}.difference(VOCABULARY, NOT_ASKED_WORDS)
    asked = sorted(((key, condition_words(key)) for key in VOCABULARY), key=lambda each: each[1].lower())
    not_asked = sorted((key, condition_words(key)) for key in {*NOT_ASKED_WORDS, *own})
    conditions = [
        ("", "none"),
        ("The screening asks for it", asked),
        ("A clinician asks: no question does", not_asked),
    ]
    return {
        f"condition_{row}": forms.ChoiceField(label=f"Condition {row + 1}", choices=conditions, required=False),
        f"action_{row}": forms.ChoiceField(label=f"What it does {row + 1}", choices=ACTIONS, required=False),
    }
