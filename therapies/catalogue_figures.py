"""The catalogue's figures: what is drawn of an instruction (`<slug>.toml`, `<slug>--easier.toml`) and its words."""

from pathlib import Path
from typing import Any

from therapies.figures.poses import PoseError
from therapies.photos import is_photo
from therapies.pictures import DRAWN, MAIN, check_playable, panels_of
from therapies.toml_tables import Table, read_toml

# Where the figures stand, from the catalogue's own folder.
FIGURES = "../figures/movements"


def read_figures(folder: Path, faults: list[str]) -> dict[str, dict[str, dict[str, Any]]]:
    """The figures by the instruction's slug and by what they show; one that cannot be drawn is a fault."""
    figures: dict[str, dict[str, dict[str, Any]]] = {}
    for path in sorted((folder / FIGURES).glob("*.toml")):
        slug, _, variation = path.stem.partition("--")
        name = variation or MAIN
        if name not in DRAWN:
            faults.append(f'{FIGURES}/{path.name}: "{name}" is not a known variation ({", ".join(DRAWN[1:])}).')
        elif figure := _read_figure(path, faults):
            figures.setdefault(slug, {})[name] = figure
    return figures


def _read_figure(path: Path, faults: list[str]) -> dict[str, Any]:
    """The figure's data, or nothing and a fault."""
    place = f"{FIGURES}/{path.name}"
    figure: dict[str, Any] = read_toml(path, place, faults)
    try:
        panels_of(figure)
        check_playable(figure)
    except PoseError as error:
        faults.append(f"{place}: {str(error).removeprefix('figure').lstrip(':, ')}")
        return {}
    if is_photo(figure):
        faults.append(f"{place}: an uploaded picture belongs to a clinic, not to the catalogue.")
        return {}
    for number, panel in enumerate(figure["panel"], 1):
        if "alt" in panel:
            faults.append(f"{place}: panel {number}: the words of “alt” stand with the instruction's, under pictures.")
    return figure


def picture_words(table: Table, figures: dict[str, dict[str, Any]]) -> dict[str, tuple[str, ...]]:
    """What each panel of each figure shows, in the language of `table`."""
    pictures = table.table("pictures", needed=bool(figures))
    if pictures is None:
        return {}
    words = {name: _panel_words(pictures, name, panels_of(figure)) for name, figure in figures.items()}
    pictures.finish()
    return words


def _panel_words(pictures: Table, name: str, panels: int) -> tuple[str, ...]:
    words = pictures.texts(name)
    if words and len(words) != panels:
        pictures.fault(name, f"must hold a sentence for each panel, {panels}, not {len(words)}.")
    return words
