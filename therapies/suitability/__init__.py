"""Ice, heat and stretching for a back spasm: findings in, advice out. The record is rules.md."""

from therapies.suitability.advice import advise
from therapies.suitability.choices import AS_SHIPPED, ClinicChoices
from therapies.suitability.findings import (
    GROUPS,
    RED_FLAG_KEYS,
    VOCABULARY,
    Finding,
    Findings,
    FindingsError,
    Kind,
    label_of,
    read_findings,
)
from therapies.suitability.verdicts import (
    Advice,
    Alert,
    Level,
    Modality,
    ModalityAdvice,
    PairingNote,
    Reason,
    RedFlag,
    Verdict,
    worst,
)

__all__ = [
    "AS_SHIPPED",
    "GROUPS",
    "RED_FLAG_KEYS",
    "VOCABULARY",
    "Advice",
    "Alert",
    "ClinicChoices",
    "Finding",
    "Findings",
    "FindingsError",
    "Kind",
    "Level",
    "Modality",
    "ModalityAdvice",
    "PairingNote",
    "Reason",
    "RedFlag",
    "Verdict",
    "advise",
    "label_of",
    "read_findings",
    "worst",
]
