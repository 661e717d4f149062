"""What pictures are drawn on: one style, one set of colours, a caption, and files that hold no clock and no chance."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kg import files
from kg.analysis import Network
from kg.errors import MissingPart, UnknownFormat

Figure = Any
"""A figure of matplotlib."""

INK, FAINT, PAPER = "#222222", "#8A8A8A", "#FFFFFF"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#F0E442", "#8C6D31")
"""Okabe and Ito's (2008), told apart by the colour-blind; their black, kept for words, gives way to a brown."""
GREYS = ("#5A5A5A", "#7E7E7E", "#A0A0A0", "#BEBEBE")
SHAPES = ("s", "^", "D", "v")
"""Markers that go with the greys."""
MILLIMETRE = 1 / 25.4
WORDS = 6.5
"""Points of a label."""
SMALL = 5.6
ENDINGS = (".pdf", ".png", ".svg")
_DPI = 300
_SALT = "talkgraph"
_STYLE = {
    "font.family": ["DejaVu Sans"],
    "font.size": WORDS,
    "svg.hashsalt": _SALT,
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "axes.linewidth": 0.5,
    "text.color": INK,
    "axes.edgecolor": INK,
    "path.simplify": False,
}
_FALLBACKS = (
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Source Han Sans", "WenQuanYi Zen Hei"),
    *("Noto Sans Devanagari", "Noto Sans Thai", "Arial Unicode MS"),
)
_METADATA: dict[str, dict[str, str | None]] = {
    ".svg": {"Date": None, "Creator": "TalkGraph"},
    ".pdf": {"CreationDate": None, "Creator": "TalkGraph", "Producer": None},
    ".png": {"Software": "TalkGraph"},
}


@dataclass(frozen=True)
class Drawn:
    """A picture that was written.

    Parameters:
        notes: what a reader should know of it: what was left out, which letters no font has.
    """

    path: Path
    notes: tuple[str, ...] = ()


@dataclass
class Sheet:
    """A figure that is being drawn, and what is to be said of it."""

    figure: Figure
    notes: list[str] = field(default_factory=list)
    words: set[str] = field(default_factory=set)


def sheet(width: float, height: float) -> Sheet:
    """An empty figure; sizes in millimetres."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg  # noqa: PLC0415  an extra, and heavy
    from matplotlib.figure import Figure as Made  # noqa: PLC0415

    figure = Made(figsize=(width * MILLIMETRE, height * MILLIMETRE), dpi=_DPI)
    FigureCanvasAgg(figure)
    figure.patch.set_facecolor(PAPER)
    return Sheet(figure)


@contextmanager
def style() -> Iterator[None]:
    """The style of all pictures, whatever the user's own settings are.

    Raises:
        MissingPart: matplotlib is not installed.
    """
    try:
        import matplotlib  # noqa: PLC0415  an extra, and heavy
        from matplotlib import font_manager  # noqa: PLC0415
    except ModuleNotFoundError:
        raise MissingPart(
            "matplotlib is not installed: pip install 'talkgraph[networks]'"
        ) from None
    there = {font.name for font in font_manager.fontManager.ttflist}
    family = ["DejaVu Sans", *(name for name in _FALLBACKS if name in there)]
    with matplotlib.rc_context(), warnings.catch_warnings():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE | {"font.family": family})
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        yield


def ending(path: Path) -> str:
    """The ending of a picture's file.

    Raises:
        UnknownFormat: pictures are not written in this format.
    """
    found = path.suffix.lower()
    if found not in ENDINGS:
        raise UnknownFormat(f"no picture is written as {path.name!r}; known: {', '.join(ENDINGS)}")
    return found


def save(done: Sheet, path: Path) -> Drawn:
    """Write a figure; the old file stays until the new one is whole. Neither clock nor chance gets in."""
    suffix = ending(path)
    with files.replacing(path) as part:
        done.figure.savefig(part, format=suffix[1:], metadata=_METADATA[suffix], dpi=_DPI)
    return Drawn(path, (*done.notes, *_letters(done.words)))


def _letters(words: Iterable[str]) -> Iterator[str]:
    """What is to be said of labels whose letters no font has, or that run from right to left."""
    from matplotlib import font_manager  # noqa: PLC0415  an extra, and heavy

    fonts = font_manager.fontManager._find_fonts_by_props(font_manager.FontProperties())
    known = {code for name in fonts for code in font_manager.get_font(name).get_charmap()}
    every = sorted(set(words))
    strange = [word for word in every if any(ord(c) not in known for c in word if not c.isspace())]
    if strange:
        yield (
            f"{len(strange)} labels hold letters that no font here has, such as {strange[0]!r}: "
            "install Noto Sans CJK or another font that has them"
        )
    turned = [w for w in every if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in w)]
    if turned:
        yield (
            f"{len(turned)} labels run from right to left, such as {turned[0]!r}: "
            "whether their letters join depends on the version of matplotlib"
        )


def told(text: str, longest: int = 34) -> str:
    """A label as it is shown: one line, cut at a word where it is too long."""
    line = re.sub(r"\s+", " ", re.sub(r"^https?://(?:www\.)?", "", text)).strip()
    if len(line) <= longest:
        return line
    cut = line[: longest - 1]
    head = cut.rpartition(" ")[0]
    return (head if len(head) > longest // 2 else cut).rstrip(" ,;:-") + "…"


def named(network: Network, node: str, longest: int = 34) -> str:
    """The name of a node as it is shown."""
    return told(str(network.nodes[node].get("label", node)), longest)


def shade(colour: str, factor: float) -> str:
    """A colour darker by a factor below 1, or lighter by one above."""
    channels = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    if factor <= 1:
        mixed = [round(channel * factor) for channel in channels]
    else:
        mixed = [round(255 - (255 - channel) / factor) for channel in channels]
    return "#" + "".join(f"{channel:02X}" for channel in mixed)


def measured(done: Sheet, text: str, size: float) -> tuple[float, float]:
    """Width and height of a text in points, with a little air."""
    from matplotlib.font_manager import FontProperties  # noqa: PLC0415  an extra, and heavy

    renderer = done.figure.canvas.get_renderer()
    font = FontProperties(size=size)
    width, height, _ = renderer.get_text_width_height_descent(text, font, False)
    return width * 72 / done.figure.dpi + 1.5, max(height * 72 / done.figure.dpi, size) + 0.6


def wrapped(done: Sheet, text: str, size: float, width: float) -> list[str]:
    """A text in lines of at most so many points."""
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and measured(done, longer, size)[0] <= width:
            rows[-1] = longer
        else:
            rows.append(word)
    return rows


def caption(done: Sheet, network: Network, lines: Iterable[str], bottom: float) -> None:
    """What is shown, from which data and when they end, and how it was made, below the picture.

    Parameters:
        bottom: millimetres that the caption may take.
    """
    width, height = (float(value) / MILLIMETRE for value in done.figure.get_size_inches())
    said = [line.rstrip(".") for line in (*sources(network), *lines) if line]
    text = " ".join(f"{line[0].upper()}{line[1:]}." for line in said)
    rows = wrapped(done, text, SMALL, (width - 8) * MILLIMETRE * 72)
    fit = max(1, int(bottom / 2.5))
    if len(rows) > fit:
        rows = [*rows[: fit - 1], rows[fit - 1].rstrip(" .,;") + " …"]
    done.figure.text(
        *(4 / width, (bottom + 0.5) / height, "\n".join(rows)),
        fontsize=SMALL,
        color="#444444",
        va="top",
        linespacing=1.25,
        parse_math=False,
    )


def sources(network: Network) -> list[str]:
    """The title of a network, what it rests on with the years of the data, and its parameters."""
    graph = network.graph
    found = [str(graph.get("title") or graph.get("name") or "Network")]
    span = ""
    if "first_year" in graph and "last_year" in graph:
        first, last = graph["first_year"], graph["last_year"]
        span = f" of {first}" if first == last else f" from {first} to {last}"
    count = graph.get("talks", 0)
    talks = f"{count:,} {'talk' if count == 1 else 'talks'}"
    if count:
        found.append(f"Data: {talks}{span}")
    return [*found, str(graph.get("parameters", "")).removeprefix(f"{talks}; ")]
