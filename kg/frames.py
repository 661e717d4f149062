"""Rows as DataFrames of pandas, an extra."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import MissingPart

if TYPE_CHECKING:
    import pandas as pd


def frame(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> pd.DataFrame:
    """A DataFrame of rows.

    Raises:
        MissingPart: pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415  an extra, and heavy
    except ModuleNotFoundError:
        raise MissingPart("pandas is not installed: pip install 'talkgraph[networks]'") from None
    return pd.DataFrame.from_records(list(rows), columns=list(columns))
