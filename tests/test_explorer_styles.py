"""The styles of the explorer: each view has its own, sides follow the direction of writing, edges can be seen."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

VIZ = Path(__file__).parent.parent / "viz"
OWN = sorted((VIZ / "explorer").glob("*.css"))
SHARED = {"print.css", "explorer.css"}
"""Sheets that are meant to style what stands in many views."""
SIDES = re.compile(r"(?:border|padding|margin)-(?:left|right)|(?:text-align|float): (?:left|right)")
GROUNDS = ("paper", "ground")


def text(file: Path) -> str:
    """A sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", file.read_text("utf-8"), flags=re.DOTALL)


def selectors(file: Path) -> Iterator[str]:
    """Each selector of a sheet, those in media rules too."""
    for listed in re.findall(r"([^{};]+)\{", text(file)):
        if not listed.strip().startswith("@"):
            yield from (one.strip() for one in re.split(r",(?![^()]*\))", listed))


def test_a_class_alone_is_styled_in_one_sheet() -> None:
    """Sheets stand one behind the other in every view: what two of them call by one name must say where it is meant."""
    found: dict[str, set[str]] = defaultdict(set)
    for file in OWN:
        for selector in selectors(file) if file.name not in SHARED else ():
            if begun := re.match(r"\.(?!alive )([\w-]+)(?![\w.-])", selector):
                found[begun[1]].add(file.name)
    assert {name: files for name, files in found.items() if len(files) > 1} == {}


def test_sides_follow_the_direction_of_writing() -> None:
    """A quote or a cell may be in a script that runs from right to left; the code of a query never is."""
    for file in (*OWN, VIZ / "pages" / "pages.css"):
        assert file.name == "sparql.css" or SIDES.findall(text(file)) == [], file.name


def luminance(colour: str) -> float:
    """How light a colour is, as WCAG has it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [0, -1], ids=["light", "dark"])
def test_what_can_be_written_in_or_pressed_has_an_edge_that_can_be_seen(theme: int) -> None:
    told = re.findall(r"--([\w-]+): (#[0-9a-f]{6})", text(VIZ / "pages" / "pages.css"))
    every: dict[str, list[str]] = defaultdict(list)
    for name, colour in told:
        every[name].append(colour)
    edge, ink, soft = (every[name][theme] for name in ("edge", "ink", "soft"))
    for ground in GROUNDS:
        behind = every[ground][theme]
        assert contrast(edge, behind) >= 3
        assert contrast(ink, behind) >= 4.5
        assert contrast(soft, behind) >= 4.5


def test_words_of_the_picture_and_of_the_card_can_be_read() -> None:
    told = dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", text(VIZ / "picture.css")))
    [off] = re.findall(
        r'button\[aria-pressed="false"\] \{ color: var\(--(\w+)\)', text(VIZ / "picture.css")
    )
    [box] = re.findall(
        r"#search \{[^}]*border: 1px solid (#[0-9a-f]{6})", text(VIZ / "picture.css")
    )
    [small] = re.findall(r"small \{ color: #(\w{3}) ", text(VIZ / "preview.html"))
    assert contrast(told[off], told["paper"]) >= 4.5
    assert contrast(box, told["ground"]) >= 3
    assert contrast("#" + "".join(2 * letter for letter in small), "#ffffff") >= 4.5
