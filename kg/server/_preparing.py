"""What is made of a graph before it is served: its maps."""

from __future__ import annotations

import multiprocessing
import os
from logging import getLogger
from pathlib import Path

from kg import charts
from kg.server._work import opened

_PROGRESS = getLogger("kg.progress")


def prepare(place: Path) -> None:
    """Lay out the maps of a graph folder that has none, in a process of its own: that takes memory for a while only.

    Raises:
        WorkspaceError: the folder holds no graph.
    """
    graph = opened(place)
    folder = graph.folder
    if folder is None or charts.lie_there(graph) or not charts.are_possible():
        return
    if not os.access(folder, os.W_OK):
        return
    _PROGRESS.info("laying out the maps of topics, speakers and institutions, once a build")
    made = multiprocessing.get_context("spawn").Process(
        target=_made, args=(str(place),), daemon=True
    )
    made.start()
    made.join()
    if made.exitcode:
        _PROGRESS.warning("the maps could not be laid out; all else is served")


def _made(place: str) -> None:
    charts.of(opened(Path(place)))
