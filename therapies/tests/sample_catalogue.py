"""A small, right catalogue as files, and a way to change one place in it."""

from pathlib import Path

FILES = {
    "sources.toml": """
[clinic-article]
title = "Back spasms"
publisher = "A clinic"
year = 2026
url = "https://example.org/article"
""",
    "therapies/ice.toml": """
kind = "ice"
setting = "home"
order = 10
icon = "snowflake"
sources = ["clinic-article"]
reviewed = "2026-11-01"
""",
    "therapies/ice.en.toml": """
title = "Ice"
summary = "It can ease pain."
what_it_is = "A cold pack."
may_help = "New pain."
ask_first = ["Do not use it on numb skin."]
what_to_expect = "It feels cold."
who_does_it = "You do."
known = "It is cheap."
not_known = "How well it works."
learn_more = "Read on."
""",
    "therapies/massage.toml": """
kind = "massage"
setting = "in_clinic"
order = 20
icon = "hand"
sources = ["clinic-article"]
reviewed = "2026-11-01"
""",
    "instructions/ice.toml": """
[ice-pack]
therapy = "ice"
level = "gentle"
first_48h = true
regions = ["low_back"]
equipment = ["ice_pack"]
positions = ["sitting"]
sources = ["clinic-article"]
cautions = [{ condition = "heart_disease", action = "adapt" }]
[ice-pack.dose]
minutes = 10
times_a_day = 3
least_gap_minutes = 120
[ice-pack.dose_most]
minutes = 15
""",
    "instructions/ice.en.toml": """
[ice-pack]
title = "Ice pack"
why = "It can ease pain."
steps = ["Wrap the pack.", "Lay it on.", "Take it off."]
feel = "Cold, then numb."
stop_if = ["Your skin turns white."]
not_now_if = ["Your skin is numb."]
easier = ""
[ice-pack.cautions]
heart_disease = "Ask us first."
""",
    "programmes.toml": """
[first-48-hours]
order = 1
from_day = 0
until_day = 2
instructions = ["ice-pack"]
""",
    "programmes.en.toml": """
[first-48-hours]
title = "First 48 hours"
summary = "Small moves."
""",
}
FILES["therapies/massage.en.toml"] = FILES["therapies/ice.en.toml"].replace("Ice", "Massage")


def write_catalogue(folder: Path) -> Path:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def change(folder: Path, name: str, old: str, new: str) -> None:
    """Put `new` in the place of `old`, which must stand in the file."""
    path = folder / name
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise AssertionError(f"{name} does not hold {old!r}")
    path.write_text(text.replace(old, new), encoding="utf-8")
