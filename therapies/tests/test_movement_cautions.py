"""A movement's own cautions against a person's answers (unknown is never no), and those of the shipped movements."""

from pathlib import Path

import pytest

from therapies.catalogue_entries import Catalogue, InstructionEntry
from therapies.catalogue_files import read_catalogue
from therapies.movement_cautions import (
    ACTIONS,
    NOT_ASKED_WORDS,
    Caution,
    cautions_that_apply,
    conditions_not_asked,
    is_kept_from,
    words_for,
)
from therapies.suitability import VOCABULARY, label_of

CATALOGUE = Path(__file__).resolve().parents[1] / "catalogue"

AVOID = {"condition": "osteoporosis", "action": "avoid"}
ADAPT = {"condition": "hip_replacement", "action": "adapt"}
PREGNANT = {"condition": "pregnant_weeks", "action": "avoid"}
LEG = {"condition": "leg_symptoms", "action": "adapt"}
EARLY = {"condition": "onset_days", "action": "avoid"}
STENOSIS = {"condition": "spinal_stenosis", "action": "avoid"}


@pytest.mark.parametrize(
    ("caution", "findings"),
    [
        (AVOID, {"osteoporosis": True}),
        (AVOID, {"osteoporosis": None}),
        (ADAPT, {"hip_replacement": True}),
        (PREGNANT, {"pregnant_weeks": 16}),
        (PREGNANT, {"pregnant_weeks": 40}),
        (PREGNANT, {"pregnant_weeks": None}),
        (LEG, {"leg_symptoms": "one"}),
        (LEG, {"leg_symptoms": "both"}),
        (LEG, {"leg_symptoms": None}),
        (EARLY, {"onset_days": 0}),
        (EARLY, {"onset_days": 21}),
        (EARLY, {"onset_days": None}),
        (EARLY, {}),
    ],
)
def test_a_caution_applies(caution: dict[str, str], findings: dict[str, object]) -> None:
    assert [each.condition for each in cautions_that_apply([caution], findings)] == [caution["condition"]]


@pytest.mark.parametrize(
    ("caution", "findings"),
    [
        (AVOID, {}),
        (AVOID, {"osteoporosis": False}),
        (AVOID, {"hip_replacement": True}),
        (PREGNANT, {}),
        (PREGNANT, {"pregnant_weeks": 15}),
        (PREGNANT, {"pregnant_weeks": 1}),
        (LEG, {"leg_symptoms": "none"}),
        (EARLY, {"onset_days": 22}),
    ],
)
def test_a_caution_does_not_apply(caution: dict[str, str], findings: dict[str, object]) -> None:
    assert cautions_that_apply([caution], findings) == ()


def test_a_condition_that_the_screening_does_not_ask_is_not_decided_by_answers() -> None:
    assert cautions_that_apply([STENOSIS], {}) == ()


def test_a_condition_that_the_screening_does_not_ask_is_to_be_asked_about() -> None:
    assert conditions_not_asked([AVOID, STENOSIS, PREGNANT]) == ("spinal_stenosis",)


@pytest.mark.parametrize(
    ("condition", "words"),
    [("spinal_stenosis", "a narrow spinal canal (stenosis)"), ("shoulder_surgery", "shoulder surgery")],
)
def test_a_condition_has_words(condition: str, words: str) -> None:
    assert words_for(condition) == words


def test_no_condition_is_named_in_words_that_the_screening_asks_itself() -> None:
    assert not set(NOT_ASKED_WORDS) & set(VOCABULARY)


def test_each_caution_is_looked_at_for_itself() -> None:
    applying = cautions_that_apply([AVOID, ADAPT, LEG], {"osteoporosis": True, "leg_symptoms": "one"})
    assert [each.condition for each in applying] == ["osteoporosis", "leg_symptoms"]


@pytest.mark.parametrize("action", ACTIONS)
def test_only_avoid_forbids(action: str) -> None:
    assert Caution("osteoporosis", action, answer_known=True).forbids == (action == "avoid")


def test_the_reason_names_the_condition_in_words() -> None:
    because = Caution("osteoporosis", "avoid", answer_known=True).because
    assert because == f"This movement is not for people with {label_of('osteoporosis')}."


def test_the_reason_says_that_it_is_too_early() -> None:
    because = Caution("onset_days", "avoid", answer_known=True).because
    assert because == "This movement is not for people with pain that is less than three weeks old."


def test_the_reason_says_when_the_answer_is_missing() -> None:
    [caution] = cautions_that_apply([AVOID], {"osteoporosis": None})
    assert caution.because == f"This movement needs an answer about {label_of('osteoporosis')}: it was “not sure”."


def test_the_sentence_names_what_it_is_for() -> None:
    caution = Caution("osteoporosis", "adapt", answer_known=True)
    assert caution.with_note({"osteoporosis": "Go easy."}) == "With thin bones (osteoporosis): Go easy."


def test_the_sentence_says_when_the_answer_is_missing() -> None:
    caution = Caution("osteoporosis", "adapt", answer_known=False)
    assert caution.with_note({"osteoporosis": "Go easy."}) == "Not sure about thin bones (osteoporosis): Go easy."


@pytest.mark.parametrize(
    ("cautions", "kept"), [([STENOSIS], True), ([STENOSIS | {"action": "adapt"}], False), ([AVOID], False)]
)
def test_only_what_is_to_be_avoided_keeps_somebody_from_it(cautions: list[dict[str, str]], kept: bool) -> None:
    assert is_kept_from(cautions, ["spinal_stenosis"]) == kept


# --- the shipped movements ----------------------------------------------------------------------------------

# What facts.md section 5 says of each movement, in our own words, as (avoid, adapt): its "Care" line and the table
# "By caution"; where the two differ, the stricter.
# - Thin bones: nothing that bends or turns to the end of the range. What can be done half way is adapted.
# - Pain worse on bending: none of the four deep bends; arching only as far as pain leaves the leg.
# - Pain worse on arching, or a narrow canal: no arching.
# - From week 16: not face down, and none of the eight that the table names as flat on the back, though the lines of two
#   (E03, E10) give another form. Others that have a form on the side or in a chair are adapted to that form.
# - A new hip: nothing that crosses or turns it, nothing past a right angle.
# - Falls, dizziness or a drug that makes sleepy: lying or seated only (rules.md M04 says the same). FALLS.
# - The neck and shoulder set (E24 to E28) is for a neck that is safe. NECK.
FALLS = "falls_risk sedating_medicine"
NECK = "neck_injury rheumatoid_arthritis"
SLIPPED_OR_NARROW = "worse_arching spinal_stenosis spondylolisthesis"
CARE: dict[str, tuple[str, str]] = {
    "E01": ("hip_replacement pregnant_weeks", "osteoporosis worse_bending"),
    "E02": ("osteoporosis hip_replacement pregnant_weeks worse_bending", "reflux"),
    "E03": ("pregnant_weeks", ""),
    "E04": ("pregnant_weeks recent_spine_surgery_or_fracture", "osteoporosis"),
    "E05": (FALLS, "osteoporosis pregnant_weeks wrist_pain knee_pain"),
    "E06": (FALLS, "osteoporosis knee_pain pregnant_weeks hip_replacement worse_bending"),
    "E07": (
        f"{SLIPPED_OR_NARROW} pregnant_weeks recent_abdominal_surgery",
        "leg_symptoms worse_bending",
    ),
    "E08": ("leg_symptoms worse_bending pregnant_weeks hamstring_tear", ""),
    "E09": (f"{FALLS} hip_replacement", "knee_pain"),
    "E10": ("hip_replacement pregnant_weeks", "hip_arthritis"),
    "E11": ("hip_replacement pregnant_weeks", "hip_arthritis"),
    "E12": (FALLS, "osteoporosis"),
    "E13": (
        FALLS,
        "osteoporosis knee_pain pregnant_weeks hip_replacement worse_bending shoulder_pain shoulder_surgery",
    ),
    "E14": ("osteoporosis worse_bending vertigo glaucoma high_blood_pressure", "hip_replacement"),
    "E15": ("", "osteoporosis"),
    "E16": ("onset_days osteoporosis leg_symptoms worse_bending", ""),
    "E17": (f"{FALLS} {SLIPPED_OR_NARROW} pregnant_weeks", "osteoporosis leg_symptoms worse_bending"),
    "E18": ("rib_fracture shoulder_instability", "osteoporosis shoulder_surgery"),
    "E19": ("pregnant_weeks", "high_blood_pressure"),
    "E20": (FALLS, "wrist_pain knee_pain"),
    "E21": ("onset_days pregnant_weeks hernia abdominal_separation", ""),
    # The one that is done on the feet: its own line says how, with a stick or with somebody.
    "E22": ("", f"{FALLS} heart_disease diabetes"),
    "E23": ("", "pregnant_weeks lung_disease"),
    "E24": (NECK, ""),
    "E25": (NECK, ""),
    "E26": (NECK, ""),
    "E27": (f"{FALLS} {NECK} shoulder_instability shoulder_surgery", "frozen_shoulder"),
    "E28": (f"{FALLS} {NECK}", "osteoporosis neck_pain wrist_pain knee_pain"),
    "E29": ("", "osteoporosis"),
    "E30": (
        f"{FALLS} pregnant_weeks glaucoma high_blood_pressure osteoporosis worse_bending",
        "reflux",
    ),
    "E31": (
        f"{FALLS} {SLIPPED_OR_NARROW} onset_days pregnant_weeks wrist_pain shoulder_pain shoulder_surgery",
        "",
    ),
    "E32": ("", "pregnant_weeks"),
    "E33": ("", "pelvic_floor_trouble pregnant_weeks"),
    # Its own line names nothing; a clot in the leg is a stop rule of its own.
    "E34": ("dvt_suspected", "pregnant_weeks"),
}
ON_THE_FEET_OR_KNEES = {"standing", "kneeling", "hands_and_knees"}
ON_THE_FEET_ALL_THE_SAME = {"E22"}
# facts.md, "By caution", "Pregnant >16 wk": flat on the back, and face down.
NOT_LATE_IN_PREGNANCY = "E01 E02 E03 E04 E08 E10 E19 E21 E07 E30 E31".split()
# A clot in the leg is no case for another movement.
NOTHING_INSTEAD = {("ankle-pumps-heel-slides", "dvt_suspected")}


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def movements(catalogue: Catalogue) -> dict[str, InstructionEntry]:
    """Each movement by its entry of facts.md section 5."""
    return {each.entry: each for each in catalogue.instructions.values() if each.entry}


def conditions(entry: InstructionEntry, action: str) -> set[str]:
    return {each.condition for each in entry.cautions if each.action == action}


@pytest.mark.parametrize("entry", CARE)
def test_a_movement_is_kept_from_whom_its_facts_keep_it(movements: dict[str, InstructionEntry], entry: str) -> None:
    assert conditions(movements[entry], "avoid") == set(CARE[entry][0].split())


@pytest.mark.parametrize("entry", CARE)
def test_a_movement_is_adapted_for_whom_its_facts_adapt_it(movements: dict[str, InstructionEntry], entry: str) -> None:
    assert conditions(movements[entry], "adapt") == set(CARE[entry][1].split())


def test_every_movement_is_held_to_its_facts(movements: dict[str, InstructionEntry]) -> None:
    assert set(movements) == set(CARE)


@pytest.mark.parametrize("condition", FALLS.split())
def test_who_may_fall_does_nothing_on_their_feet_or_knees(
    movements: dict[str, InstructionEntry], condition: str
) -> None:
    upright = {entry for entry, each in movements.items() if ON_THE_FEET_OR_KNEES & set(each.positions)}
    kept = {entry for entry in upright if condition in conditions(movements[entry], "avoid")}
    assert upright - kept == ON_THE_FEET_ALL_THE_SAME


@pytest.mark.parametrize("entry", NOT_LATE_IN_PREGNANCY)
def test_nobody_late_in_pregnancy_lies_flat_or_face_down(movements: dict[str, InstructionEntry], entry: str) -> None:
    assert "pregnant_weeks" in conditions(movements[entry], "avoid")


def test_what_is_not_for_somebody_has_something_instead_that_is(catalogue: Catalogue) -> None:
    """Nobody who is kept from a movement is left with nothing but things they are kept from for the same reason."""
    stuck = {
        (slug, condition)
        for slug, entry in catalogue.instructions.items()
        for condition in conditions(entry, "avoid")
        if all(condition in conditions(catalogue.instructions[other], "avoid") for other in entry.alternatives)
    }
    assert stuck == NOTHING_INSTEAD
