"""What an issued plan keeps of the advice: the contract's verdicts and reasons, and the limits (rules.md 3.7)."""

import pytest

from therapies.suitability import Advice, Modality, advise, read_findings
from therapies.suitability.verdicts import JUDGED_KINDS


def advice(**findings: object) -> Advice:
    return advise(read_findings({"onset_days": 17, "age": 40, **findings}))


@pytest.mark.parametrize("modality", Modality)
def test_the_record_keeps_the_limits_beside_the_verdict(modality: Modality) -> None:
    now = advice()
    assert now.as_record()[modality]["limits"] == list(now.for_modality(modality).limits)


@pytest.mark.parametrize("modality", Modality)
def test_the_record_says_what_the_contract_says(modality: Modality) -> None:
    now = advice(heart_disease=True)
    kept = now.as_record()[modality]
    reasons = [{name: each[name] for name in ("rule", "text", "source")} for each in kept["reasons"]]
    assert {"verdict": kept["verdict"], "reasons": reasons} == now.as_json()["advice"][modality]


@pytest.mark.parametrize("modality", Modality)
def test_the_record_keeps_the_verdict_of_each_reason(modality: Modality) -> None:
    now = advice(heart_disease=True)
    verdicts = [reason["verdict"] for reason in now.as_record()[modality]["reasons"]]
    assert verdicts == [reason.verdict.value for reason in now.for_modality(modality).reasons]


def test_the_contract_has_no_limits() -> None:
    assert all("limits" not in one for one in advice().as_json()["advice"].values())


def test_what_is_not_suitable_has_no_limits() -> None:
    assert advice(poor_circulation=True).as_record()["ice"]["limits"] == []


def test_the_rules_judge_ice_heat_and_stretching() -> None:
    assert sorted(JUDGED_KINDS) == ["heat", "ice", "stretching"]
