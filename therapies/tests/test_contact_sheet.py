"""The page on which all figures are looked at."""

from pathlib import Path

from django.core.management import call_command

from therapies.management.commands.contact_sheet import FOLDER


def test_the_contact_sheet_holds_every_figure_twice(tmp_path: Path) -> None:
    call_command("contact_sheet", to=tmp_path / "figures.html", verbosity=0)
    page = (tmp_path / "figures.html").read_text()
    names = [path.stem for folder in ("movements", "care") for path in (FOLDER / folder).glob("*.toml")]
    assert page.count("<figure>") == len(names)
    assert all(page.count(f"<figcaption>{name}</figcaption>") == 1 for name in names)


def test_without_names_nobody_is_helped_to_read_a_figure(tmp_path: Path) -> None:
    call_command("contact_sheet", to=tmp_path / "figures.html", unnamed=True, verbosity=0)
    assert "cat-camel" not in (tmp_path / "figures.html").read_text()
