"""A figure as data for tests: somebody who stands, and then bends forward."""

import tomllib
from typing import Any

TOML = """
props = [{ kind = "mat" }]
[[panel]]
stance = "standing"
[[panel]]
joints = { lumbar = { flex = 40 } }
feel = [{ at = "low_back" }]
arrow = [{ of = "neck" }]
"""
WORDS = ["A person stands.", "The person bends forward."]


def make_figure(toml: str = TOML) -> dict[str, Any]:
    return tomllib.loads(toml)
