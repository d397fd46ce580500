"""What a sent screening keeps of the answers."""

from typing import Any

from intake.screening import reading_of


def stored_findings(cleaned: dict[str, Any]) -> dict[str, Any]:
    return reading_of(cleaned).findings
