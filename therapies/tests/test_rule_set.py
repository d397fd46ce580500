"""The rule set as one thing: it holds every rule, and its hash changes with whatever decides."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries

from practice.models import Clinic, Switch
from practice.tests.factories import make_clinic, make_decision
from practice.tests.test_roles import make_staff
from therapies import rule_set_parts
from therapies.models import Instruction, InstructionVersion
from therapies.rule_set import RuleSet, rule_set
from therapies.rule_set_parts import Part, Sentence, deciding_files, fingerprint, in_words, static_parts
from therapies.suitability import AS_SHIPPED, ClinicChoices
from therapies.suitability.open_questions import OPEN_QUESTIONS
from therapies.suitability.record import RECORD, conditions
from therapies.tests.factories import make_instruction, make_instruction_text, make_instruction_version

pytestmark = pytest.mark.django_db
OSTEOPOROSIS = {"condition": "osteoporosis", "action": "avoid"}


def now() -> RuleSet:
    return rule_set(Clinic.load())


def part(key: str) -> Part:
    return next(each for each in now().parts if each.key == key)


# --- all of it is there -------------------------------------------------------------------------------------


def ids() -> set[str]:
    return {rule.id for each in now().parts for rule in each.rules}


def test_every_rule_of_the_record_is_on_the_page() -> None:
    assert set(conditions()) <= ids()


def test_the_interpretations_and_disagreements_are_on_the_page() -> None:
    text = RECORD.read_text(encoding="utf-8")
    named = set(re.findall(r"INT-\d", text)) | set(re.findall(r"^\| (D\d) \|", text, re.M))
    assert named <= ids()


def test_what_is_open_for_the_clinician_is_on_the_page() -> None:
    shown = [(rule.id, rule.when, rule.does) for rule in part("open-questions").rules]
    assert shown == [(entry.id, entry.about, entry.does) for entry in OPEN_QUESTIONS]


def test_an_open_question_that_is_answered_asks_for_new_signatures(monkeypatch: pytest.MonkeyPatch) -> None:
    before = static_parts.__wrapped__(AS_SHIPPED)
    monkeypatch.setattr(rule_set_parts, "OPEN_QUESTIONS", OPEN_QUESTIONS[1:])
    after = static_parts.__wrapped__(AS_SHIPPED)
    assert [new.key for old, new in zip(before, after, strict=True) if old != new] == ["open-questions"]


def test_the_rules_for_unanswered_questions_are_on_the_page() -> None:
    assert {"I-U", "H-U", "S-U"} <= ids()


@pytest.mark.parametrize("each", static_parts(AS_SHIPPED), ids=lambda each: each.key)
def test_each_rule_says_when_it_applies_and_what_it_does(each: Part) -> None:
    assert [rule.id for rule in each.rules if not (rule.when and rule.does and rule.source)] == []


@pytest.mark.parametrize("key", ["emergency", "same-day", "review", "ice", "heat", "stretching", "both", "medicine"])
def test_each_rule_that_decides_has_a_sentence_for_staff_and_one_for_the_patient(key: str) -> None:
    assert [rule.id for rule in part(key).rules if not (rule.staff and rule.patient)] == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("band grey and `flare`", "day 14 to 21 and *a flare of an old pain*"),
        ("`area_numb` or `diabetes_neuropathy`", "*numb skin on the back* or *nerve harm from diabetes*"),
        ("`leg_symptoms = both`", "*pain, tingling, numbness or weakness in a leg* = both"),
    ],
)
def test_a_condition_is_read_in_words(condition: str, words: str) -> None:
    assert in_words(condition) == words


def test_what_to_do_instead_is_named_by_its_title() -> None:
    make_instruction_version(slug="walking", title="Short walks")
    make_instruction_version(slug="curl", alternatives=["walking"])
    assert part("instructions").movements[0].instead == ("Short walks",)


def test_no_blank_of_a_sentence_is_left_open() -> None:
    texts = [text for each in now().parts for rule in each.rules for text in (rule.staff, rule.patient)]
    assert [text for text in texts if "{" in text] == []


def test_each_heading_can_be_linked_to() -> None:
    keys = [each.key for each in now().parts]
    assert len(keys) == len(set(keys))


def test_a_published_movement_shows_its_cautions() -> None:
    make_instruction_version(cautions=[OSTEOPOROSIS], text={"caution_notes": {"osteoporosis": "Leave this out."}})
    [caution] = part("instructions").movements[0].cautions
    assert (caution.condition, caution.action, caution.sentences) == (
        "thin bones (osteoporosis)",
        "avoid",
        (Sentence("en", "Leave this out."),),
    )


def add_spanish(note: str) -> None:
    version = InstructionVersion.objects.get(status="published")
    make_instruction_text(version=version, language="es", title="Rodilla", caution_notes={"osteoporosis": note})


def test_a_published_movement_shows_its_cautions_in_every_language() -> None:
    republish()
    add_spanish("No haga esto.")
    [movement] = part("instructions").movements
    assert movement.cautions[0].sentences == (Sentence("en", "Go easy."), Sentence("es", "No haga esto."))


def test_a_movement_is_named_in_english() -> None:
    republish()
    add_spanish("No haga esto.")
    assert [each.title for each in part("instructions").movements] == ["Single knee to chest"]


def test_a_draft_is_not_part_of_it() -> None:
    make_instruction_version(published=False)
    assert part("instructions").movements == ()


def test_a_movement_says_how_far_its_dose_goes() -> None:
    make_instruction_version(dose_most={"repetitions": 5})
    assert part("instructions").movements[0].most == "repetitions 5"


# --- the hash -----------------------------------------------------------------------------------------------


def instruction() -> Instruction:
    return Instruction.objects.first() or make_instruction()


def republish(**fields: object) -> None:
    """The next published version of the one instruction, with these columns over those it had."""
    InstructionVersion.objects.all().supersede()
    make_instruction_version(instruction=instruction(), **({"cautions": [OSTEOPOROSIS]} | fields))


def switch(which: Switch) -> None:
    make_decision(switch=which, by=make_staff(), signed=True)


CHANGES: dict[str, Callable[[], object]] = {
    "a caution more": lambda: republish(cautions=[OSTEOPOROSIS, {"condition": "falls_risk", "action": "adapt"}]),
    "a caution less": lambda: republish(cautions=[]),
    "a caution that is eased": lambda: republish(cautions=[OSTEOPOROSIS | {"action": "adapt"}]),
    "a caution's sentence": lambda: republish(text={"caution_notes": {"osteoporosis": "Take care."}}),
    "a caution's sentence in another language": lambda: add_spanish("Haga esto."),
    "a dose": lambda: republish(repetitions=4),
    "a dose's limit": lambda: republish(dose_most={"repetitions": 4}),
    "the first-48-hours set": lambda: republish(first_48h=True),
    "what to do instead": lambda: republish(alternatives=["walking"]),
    "another movement": make_instruction_version,
    "the limit of a screening": lambda: Clinic.objects.update(screening_limit_days=3),
    **{f"the switch {each.value}": partial(switch, each) for each in Switch},
}


@pytest.mark.parametrize("what", CHANGES)
def test_the_hash_changes_with(what: str) -> None:
    republish()
    before = now().hash
    CHANGES[what]()
    assert now().hash != before


def test_the_hash_stays_while_nothing_changes() -> None:
    make_instruction_version()
    assert now().hash == now().hash


def test_publishing_the_same_again_asks_nobody() -> None:
    republish()
    before = now().hash
    republish()
    assert now().hash == before


def test_the_clinics_telephone_number_asks_nobody() -> None:
    before = now().hash
    make_clinic(phone="555-0100")
    assert now().hash == before


def test_a_choice_of_the_clinic_shows_in_the_rule_it_changes() -> None:
    rules = {each.key: each.rules for each in static_parts(ClinicChoices(allow_heat_under_14_days=True))}
    assert [rule.does for rule in rules["heat"] if rule.id == "H-B1"] == ["caution", "not suitable"]


def test_what_changed_is_named() -> None:
    before = now().hashes
    Clinic.objects.update(screening_limit_days=3)
    assert now().titles_changed_since(before) == ("What this clinic chose",)


def test_a_changed_rule_changes_its_part(monkeypatch: pytest.MonkeyPatch) -> None:
    before = static_parts.__wrapped__(AS_SHIPPED)
    first, *others = rule_set_parts.ALERTS
    monkeypatch.setattr(rule_set_parts, "ALERTS", (replace(first, text="Something else."), *others))
    after = static_parts.__wrapped__(AS_SHIPPED)
    assert [new.key for old, new in zip(before, after, strict=True) if old != new] == ["medicine"]


def test_a_change_of_the_code_of_a_rule_changes_the_fingerprint(tmp_path: Path) -> None:
    heat = next(path for path in deciding_files() if path.name == "heat.py")
    changed = tmp_path / "heat.py"
    changed.write_text(heat.read_text(encoding="utf-8").replace('has("pvd")', 'has("raynauds")'), encoding="utf-8")
    assert fingerprint([changed]) != fingerprint([heat])


def test_the_line_ends_of_a_checkout_do_not_matter(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "unix" / "a.py", tmp_path / "dos" / "a.py"
    for path, text in ((ours, b"a = 1\n"), (theirs, b"a = 1\r\n")):
        path.parent.mkdir()
        path.write_bytes(text)
    assert fingerprint([ours]) == fingerprint([theirs])


def test_the_fingerprint_covers_the_rules_the_cautions_and_the_doses() -> None:
    assert {"heat.py", "emergency.py", "movement_cautions.py", "dose.py"} <= {path.name for path in deciding_files()}


STATIC = """
import json
from therapies.rule_set import _static_hashes
from therapies.suitability import AS_SHIPPED
print(json.dumps(_static_hashes(AS_SHIPPED)))
"""


def test_another_process_works_out_the_same_hashes() -> None:
    command = f"import django; django.setup(){STATIC}"
    answer = subprocess.run(
        [sys.executable, "-c", command],
        capture_output=True,
        text=True,
        check=True,
        cwd=settings.BASE_DIR,
        env={"DJANGO_SETTINGS_MODULE": "clinic_site.tests.settings", "PYTHONHASHSEED": "7", "PATH": ""},
    )
    here = now().hashes
    there = json.loads(answer.stdout)
    assert there == {key: here[key] for key in there}


def test_the_shipped_catalogue_is_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    call_command("load_catalogue", stdout=StringIO())
    clinic = Clinic.load()
    with django_assert_num_queries(1):
        assert len(rule_set(clinic).parts[-1].movements) > 30
