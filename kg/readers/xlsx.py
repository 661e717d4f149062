"""Spreadsheets of talks or speakers (.xlsx): every sheet that is shown and names its columns."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from kg.errors import MissingPart, ReadError
from kg.model import Page
from kg.readers import Skipped, Source, _tables, _walking

SUFFIXES = (".xlsx", ".xlsm")
_BOOK = "xl/workbook.xml"
_MOST_BYTES = 300_000_000
_MOST_ROWS, _MOST_COLUMNS = 100_000, 200
_Cells = tuple[int, list[str]]


def claims(source: Source) -> float:
    """An archive with a workbook in it."""
    if not source.data.startswith(b"PK"):
        return 0.3 if source.suffix in SUFFIXES else 0.0
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            return 1.0 if _BOOK in archive.namelist() else 0.0
    except Exception:  # whatever is wrong with an archive, it is no workbook
        return 0.3 if source.suffix in SUFFIXES else 0.0


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a workbook; talks of one sheet may name their speakers by another.

    Raises:
        ReadError: it cannot be opened, is too large unpacked, or no sheet of it names its columns.
        MissingPart: openpyxl is not installed.
    """
    sheets: dict[str, object] = {}
    for name, rows in _sheets(source):
        at = _tables.header([row for _, row in rows])
        if at is not None:
            numbered = [(f"sheet {name}, row {n}", row) for n, row in rows[at + 1 :]]
            sheets[name] = _tables.records(rows[at][1], numbered)
    if not sheets:
        raise ReadError(
            f"{source.name}: no sheet has a row that names its columns (title, speaker ...)"
        )
    value = next(iter(sheets.values())) if len(sheets) == 1 else sheets
    yield from _walking.pages(source.name, value)


def _sheets(source: Source) -> list[tuple[str, list[_Cells]]]:
    """The sheets of a workbook that are shown, with their rows as text."""
    try:
        import openpyxl  # type: ignore[import-untyped]  # noqa: PLC0415  an optional part
    except ImportError:
        raise MissingPart("spreadsheets need openpyxl: pip install 'talkgraph[xlsx]'") from None
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                raise ReadError(f"{source.name}: too large when unpacked")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what a workbook has beside its cells
            book = openpyxl.load_workbook(io.BytesIO(source.data), read_only=True, data_only=True)
            shown = [s for s in book.worksheets if s.sheet_state == "visible"]
            return [(str(s.title), _rows(s)) for s in shown]
    except ReadError:
        raise
    except Exception as error:  # a broken workbook fails in many ways, all of them mean the same
        raise ReadError(
            f"{source.name}: no workbook that can be read ({type(error).__name__})"
        ) from None


def _rows(sheet: Any) -> list[_Cells]:
    found = []
    rows = sheet.iter_rows(max_col=_MOST_COLUMNS, max_row=_MOST_ROWS, values_only=True)
    for number, row in enumerate(rows, 1):
        cells = [_text(cell) for cell in row]
        if any(cells):
            found.append((number, cells))
    return found


def _text(cell: object) -> str:
    """A cell as text: days as YYYY-MM-DD, whole numbers without a point, no errors of formulas."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else str(cell).lower()
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    text = str(cell).strip()
    return "" if text.startswith("#") and text.endswith(("!", "?", "/A")) else text
