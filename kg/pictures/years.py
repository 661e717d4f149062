"""A table of topics by years: what rises, what stays, what falls, as shares of each year's talks."""

from __future__ import annotations

from typing import Any

from kg.analysis import Network, by_year, mean_year, table
from kg.analysis import years as years_of
from kg.pictures._canvas import FAINT, INK, MILLIMETRE, SMALL, WORDS, Sheet, caption, sheet, told
from kg.settings import Look

_BOTTOM = 12.0
_ROW = 3.1
"""Millimetres of a row."""
_LEFT, _RIGHT, _TOP = 46.0, 40.0, 12.0
_COLOURS = "cividis"
"""Even to the eye and to the colour-blind (Nuñez, Anderton & Renslow 2018); reversed, so that nothing is light."""
_HEADS = {"rises": "Rising", "": "Neither", "falls": "Falling"}
_Rows = list[dict[str, Any]]


def paint(network: Network, look: Look) -> Sheet:
    """Draw topics that rose and fell most and the largest of the others, one a row, coloured by their own range."""
    found = table(network, "trends")
    groups = _chosen(list(found.records()), look.rows)
    rows = [row for some in groups.values() for row in some]
    every = years_of(network)
    known = [year for year, count in sorted(every.items()) if count]
    gaps = max(0, sum(1 for some in groups.values() if some) - 1)
    height = _BOTTOM + _TOP + _ROW * (max(len(rows), 4) + gaps) + 3
    done = sheet(look.width, height)
    if not rows:
        done.figure.text(
            0.5, 0.6, "No topic has enough talks for a trend", ha="center", color=FAINT
        )
        caption(done, network, (), _BOTTOM)
        done.notes.append("nothing to draw: no topic has enough talks")
        return done
    axes = done.figure.add_axes(
        (
            *(_LEFT / look.width, (_BOTTOM + 3) / height),
            *(1 - (_LEFT + _RIGHT) / look.width, 1 - (_BOTTOM + _TOP + 3) / height),
        )
    )
    axes.set(xlim=(known[0] - 0.5, known[-1] + 0.5), ylim=(len(rows) + gaps, 0))
    _table(done, axes, groups, (known, every))
    _frame(done, axes, known, look)
    caption(
        done,
        network,
        (
            "Colour: share of the year's talks, from none to the highest of the row",
            f"{len(rows)} of {len(found)} nodes with enough talks: those whose share changed most, the largest of the "
            "others",
            *found.notes[:1],
        ),
        _BOTTOM,
    )
    done.notes.append(f"{len(rows)} of {len(found)} rows are drawn")
    return done


def _chosen(records: _Rows, most: int) -> dict[str, _Rows]:
    """A third each: rows whose share rose most, the largest of those that did neither, rows whose share fell most."""
    third = max(1, most // 3)
    groups: dict[str, _Rows] = {"rises": [], "": [], "falls": []}
    for row in records:
        groups[row["verdict"] if row["verdict"] in groups else ""].append(row)
    for verdict, some in groups.items():
        if verdict:
            some.sort(key=lambda row: (-abs(row["late"] - row["early"]), row["label"]))
        else:
            some.sort(key=lambda row: (-row["count"], row["label"]))
        del some[third:]
        some.sort(key=lambda row: (mean_year(by_year(row["years"])) or 0.0, row["label"]))
    return groups


def _table(
    done: Sheet, axes: Any, groups: dict[str, _Rows], counted: tuple[list[int], dict[int, int]]
) -> None:
    import matplotlib  # noqa: PLC0415  an extra, and heavy
    from matplotlib.collections import PolyCollection  # noqa: PLC0415

    known, every = counted
    colours = matplotlib.colormaps[f"{_COLOURS}_r"]
    squares, fills, at = [], [], 0
    for verdict, some in groups.items():
        if some:
            middle = at + len(some) / 2
            line = axes.get_yaxis_transform()
            axes.text(
                *(-0.40, middle, _HEADS[verdict]),
                transform=line,
                rotation=90,
                fontsize=WORDS,
                weight="bold",
                ha="center",
                va="center",
            )
        for row in some:
            counts = by_year(row["years"])
            shares = {year: counts.get(year, 0) / every[year] for year in known}
            peak = max(shares, key=lambda year: (shares[year], -year))
            for year in known:
                squares.append(_square(year, at))
                share = shares[year] / shares[peak] if shares[peak] else 0.0
                fills.append("#F4F4F4" if share == 0 else colours(0.04 + 0.96 * share))
            _words(done, axes, at, (row, f"{shares[peak]:.1%} in {peak}"))
            at += 1
        at += 1 if some else 0
    axes.add_collection(
        PolyCollection(squares, facecolors=fills, edgecolors="white", linewidths=0.4)
    )


def _square(year: int, at: int) -> list[tuple[float, float]]:
    left, right = year - 0.5, year + 0.5
    return [(left, at), (right, at), (right, at + 1), (left, at + 1)]


def _words(done: Sheet, axes: Any, at: int, said: tuple[dict[str, Any], str]) -> None:
    """The name left of a row; its talks, its highest share and its change a year right of it."""
    row, peak = said
    across = axes.get_yaxis_transform()
    label = told(row["label"], 30)
    done.words.add(label)
    style = {"transform": across, "va": "center", "parse_math": False}
    axes.text(-0.012, at + 0.5, label, ha="right", fontsize=WORDS - 0.3, **style)
    change = f"×{row['change']:.2f}" if row["verdict"] in {"rises", "falls"} else ""
    for x, text in ((0.09, f"{row['count']:,}"), (0.26, peak), (0.40, change)):
        axes.text(1 + x, at + 0.5, text, ha="right", fontsize=SMALL, color=INK, **style)


def _frame(done: Sheet, axes: Any, known: list[int], look: Look) -> None:
    """Years above, heads of the columns, and the scale of colours."""
    import matplotlib  # noqa: PLC0415  an extra, and heavy

    axes.xaxis.tick_top()
    step = 1 if len(known) <= 12 else 2
    axes.set_xticks(range(known[0], known[-1] + 1, step))
    axes.tick_params(axis="x", length=0, labelsize=SMALL, pad=1.5)
    axes.set_yticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    head = {"transform": axes.transAxes, "ha": "right", "va": "bottom", "fontsize": SMALL}
    height = done.figure.get_size_inches()[1] / MILLIMETRE
    above = 1 + 0.9 / (axes.get_position().height * height)
    for x, text in ((0.09, "talks"), (0.26, "highest share"), (0.40, "a year")):
        axes.text(1 + x, above, text, color="#444444", **head)
    scale = done.figure.add_axes(
        (1 - 36 / look.width, 1 - 4.6 / height, 18 / look.width, 1.6 / height)
    )
    colours = matplotlib.colormaps[f"{_COLOURS}_r"]
    for at in range(60):
        scale.axvspan(at / 60, (at + 1) / 60, color=colours(0.04 + 0.96 * at / 59), linewidth=0)
    scale.set(xlim=(0, 1), xticks=[], yticks=[])
    for x, text, side in ((-0.06, "few", "right"), (1.06, "row's highest", "left")):
        scale.text(x, 0.5, text, ha=side, va="center", fontsize=SMALL, transform=scale.transAxes)
