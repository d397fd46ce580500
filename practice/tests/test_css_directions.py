"""The style sheets speak of start and end, so that a page turns round with its language."""

import re
from pathlib import Path

from django.conf import settings

CSS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
PHYSICAL = re.compile(
    r"(?:^|[;{\s])((?:(?:margin|padding|border|inset|scroll-(?:margin|padding))-)?(?:left|right)(?:-[\w-]+)?\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)


def test_no_style_names_left_or_right() -> None:
    found = [(path.name, match.strip()) for path in CSS for match in PHYSICAL.findall(path.read_text(encoding="utf-8"))]
    assert found == []
