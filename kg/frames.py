"""Rows as DataFrames of pandas, an extra."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import MissingPart

if TYPE_CHECKING:
    import pandas as pd


_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")


def frame(
    rows: Sequence[Sequence[Any]], columns: Sequence[str], *, numbers: bool = False
) -> pd.DataFrame:
    """A DataFrame of rows.

    Parameters:
        numbers: whether columns of texts that are all numbers become numbers.

    Raises:
        MissingPart: pandas is not installed.
    """
    try:
        import pandas as pd  # noqa: PLC0415  an extra, and heavy
    except ModuleNotFoundError:
        raise MissingPart("pandas is not installed: pip install 'talkgraph[networks]'") from None
    made = pd.DataFrame.from_records(list(rows), columns=list(columns))
    for name in made.columns if numbers else ():
        told = [text for text in made[name] if text]
        if told and all(map(_NUMBER.fullmatch, told)):
            read = pd.to_numeric(made[name])
            made[name] = read.convert_dtypes() if read.isna().any() else read
    return made
