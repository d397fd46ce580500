"""The contract of `manage.py assess`."""

import io
import json
from collections.abc import Mapping
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from therapies.management.commands.assess import Command

SPRAIN = {"id": "a", "findings": {"onset_days": 10, "area_swollen": True}}
OLD = {"id": 7, "findings": {"onset_days": 30, "recurrent": True, "area_tight": True, "worsening": False}}


def assess(tmp_path: Path, text: str | bytes) -> str:
    file = tmp_path / "findings.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = io.StringIO()
    call_command("assess", str(file), stdout=out)
    return out.getvalue()


def refusal(tmp_path: Path, text: str | bytes) -> CommandError:
    with pytest.raises(CommandError) as refused:
        assess(tmp_path, text)
    return refused.value


def test_one_person_gives_a_list_of_one(tmp_path: Path) -> None:
    assert [entry["id"] for entry in json.loads(assess(tmp_path, json.dumps(SPRAIN)))] == ["a"]


def test_many_people_keep_their_order(tmp_path: Path) -> None:
    people = [OLD, SPRAIN, OLD | {"id": "7"}]
    assert [e["id"] for e in json.loads(assess(tmp_path, json.dumps(people)))] == [7, "a", "7"]


def test_nobody_gives_an_empty_list(tmp_path: Path) -> None:
    assert json.loads(assess(tmp_path, "[]")) == []


def test_an_entry_has_exactly_the_shape_of_the_contract(tmp_path: Path) -> None:
    (entry,) = json.loads(assess(tmp_path, json.dumps(SPRAIN)))
    ice = entry["advice"]["ice"]
    shapes = [list(entry), list(entry["advice"]), list(ice), list(ice["reasons"][0])]
    assert shapes == [
        ["id", "red_flag_level", "advice", "red_flags", "unanswered", "alerts"],
        ["ice", "heat", "stretching"],
        ["verdict", "reasons"],
        ["rule", "text", "source"],
    ]


def verdicts(tmp_path: Path, person: Mapping[str, object]) -> dict[str, str]:
    (entry,) = json.loads(assess(tmp_path, json.dumps(person)))
    return {modality: advice["verdict"] for modality, advice in entry["advice"].items()}


def test_a_swollen_sprain_of_ten_days_gets_ice_and_no_heat(tmp_path: Path) -> None:
    assert verdicts(tmp_path, SPRAIN) == {"ice": "suitable", "heat": "not_suitable", "stretching": "caution"}


def test_a_recurrent_spasm_of_thirty_days_gets_heat_and_no_ice(tmp_path: Path) -> None:
    assert verdicts(tmp_path, OLD) == {"ice": "not_suitable", "heat": "suitable", "stretching": "suitable"}


FLAGGED = {
    "id": 1,
    "findings": {"saddle_numbness": True, "fever": None, "chest_pain": None, "alcohol_with_medicine": True},
}


def flagged(tmp_path: Path) -> dict[str, Any]:
    (entry,) = json.loads(assess(tmp_path, json.dumps(FLAGGED)))
    assert isinstance(entry, dict)
    return entry


def test_the_level_is_the_highest_red_flag(tmp_path: Path) -> None:
    assert flagged(tmp_path)["red_flag_level"] == "emergency"


def test_the_level_is_none_without_a_red_flag(tmp_path: Path) -> None:
    (entry,) = json.loads(assess(tmp_path, json.dumps(SPRAIN)))
    assert (entry["red_flag_level"], entry["red_flags"]) == ("none", [])


def test_a_red_flag_has_exactly_the_shape_of_the_contract(tmp_path: Path) -> None:
    (flag,) = flagged(tmp_path)["red_flags"]
    assert flag == {
        "rule": "R01",
        "level": "emergency",
        "text": "May be cauda equina syndrome: numbness between the legs or around the bottom.",
        "source": "NHS, Back pain: when to call 999; BASS 2018; CSP/GIRFT 2023; AHCPR 1994, red-flag table",
    }


def test_unanswered_red_flags_are_listed_by_key(tmp_path: Path) -> None:
    assert flagged(tmp_path)["unanswered"] == ["fever", "chest_pain"]


def test_an_alert_has_exactly_the_shape_of_the_contract(tmp_path: Path) -> None:
    (alert,) = flagged(tmp_path)["alerts"]
    assert (list(alert), alert["rule"]) == (["rule", "text", "source"], "M01")


def test_an_emergency_bars_ice_heat_and_stretching(tmp_path: Path) -> None:
    assert set(verdicts(tmp_path, FLAGGED).values()) == {"not_suitable"}


def test_the_help_says_that_the_output_alone_releases_no_plan() -> None:
    assert "this output alone must never release a plan" in Command.help


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(SPRAIN)))
    out = io.StringIO()
    call_command("assess", "-", stdout=out)
    assert json.loads(out.getvalue())[0]["id"] == "a"


BAD = [
    pytest.param('{"id": 1, "findings": {"area_nmub": true}}', "area_nmub", id="unknown finding"),
    pytest.param('{"id": 1, "findings": {"area_numb": "yes"}}', "area_numb", id="wrong type"),
    pytest.param(
        '{"id": "p7", "findings": {"age": 45, "birth_year": 2020}}',
        "entry 1 (id 'p7'): 'birth_year': no finding has this name",
        id="born in 2020 and 45 years old",
    ),
    pytest.param(
        '[{"id": 1, "findings": {}}, {"id": "p8", "findings": {"age": 6, "onset_days": 16436}}]',
        "entry 2 (id 'p8'): onset_days, age: 16436 days ago is before the birth",
        id="pain that is older than the person",
    ),
    pytest.param(
        '{"id": 1, "findings": {"onset_days": null, "onset_days": 5}}', "onset_days", id="not known and 5 days"
    ),
    pytest.param(
        '{"id": 1, "findings": {"onset_unknown": true, "onset_days": 5}}', "onset_unknown", id="unknown by another name"
    ),
    pytest.param('{"id": 1, "findings": {"onset_days": "unknown"}}', "onset_days", id="unknown as a word"),
    pytest.param('{"id": 1, "findings": {"onset_days": true}}', "onset_days", id="true is not a day count"),
    pytest.param('{"id": 1, "findings": {"temperature_c": NaN}}', "temperature_c", id="not a number"),
    pytest.param('{"id": 1, "findings": {"fever": true, "fever": false}}', "fever", id="answered twice"),
    pytest.param('{"id": 1, "findings": []}', "findings", id="findings are a list"),
    pytest.param('{"id": 1, "findings": {}, "age": 80}', "nothing else", id="a finding beside findings"),
    pytest.param('{"findings": {}}', '"id"', id="no id"),
    pytest.param('{"id": 1}', '"findings"', id="no findings"),
    pytest.param('{"id": null, "findings": {}}', "id", id="an id of null"),
    pytest.param('[{"id": 1, "findings": {}}, 5]', "entry 2", id="an entry that is a number"),
    pytest.param('{"id": 1,', "not valid JSON", id="cut off"),
    pytest.param('{"id": 1, "findings": {"age": ' + "9" * 5000 + "}}", "too long", id="a number of 5,000 digits"),
    pytest.param(json.dumps([OLD, SPRAIN, OLD]), "entries 1 and 3", id="one id for two people"),
    pytest.param(json.dumps([OLD, SPRAIN, OLD]), "7", id="the id that is given twice"),
    pytest.param("", "not valid JSON", id="empty"),
    pytest.param("[" * 100_000, "nested too deeply", id="nested deeply"),
    pytest.param(b"\xff\xfe\x00", "not UTF-8", id="not text"),
]


@pytest.mark.parametrize(("text", "named"), BAD)
def test_bad_input_is_refused_with_exit_status_2(tmp_path: Path, text: str | bytes, named: str) -> None:
    assert refusal(tmp_path, text).returncode == 2


@pytest.mark.parametrize(("text", "named"), BAD)
def test_the_refusal_names_what_is_wrong(tmp_path: Path, text: str | bytes, named: str) -> None:
    assert named in str(refusal(tmp_path, text))


def test_a_missing_file_is_refused_with_exit_status_2(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"absent\.json") as refused:
        call_command("assess", str(tmp_path / "absent.json"))
    assert refused.value.returncode == 2


def test_nothing_is_printed_when_a_later_entry_is_wrong(tmp_path: Path) -> None:
    file, out = tmp_path / "findings.json", io.StringIO()
    file.write_text(json.dumps([SPRAIN, {"id": 2, "findings": {"age": -1}}]))
    with pytest.raises(CommandError):
        call_command("assess", str(file), stdout=out)
    assert out.getvalue() == ""


def test_two_thousand_people_take_less_than_two_seconds(tmp_path: Path) -> None:
    # The aim is five times as many; the rest is slack for a busy machine.
    text = json.dumps([each | {"id": place} for place, each in enumerate([SPRAIN, OLD] * 1_000)])
    begun = process_time()
    assess(tmp_path, text)
    assert process_time() - begun < 2
