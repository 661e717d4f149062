"""Answers as text that other programs read."""

from __future__ import annotations

import csv
import io
import json

from kg.model import Answer


def written(answer: Answer, form: str) -> str:
    """An answer as JSON, CSV or TSV."""
    if form == "json":
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        told = {"rows": rows, "rests_on": answer.rests}
        return json.dumps(told, ensure_ascii=False, indent=2)
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t" if form == "tsv" else ",", lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return text.getvalue().removesuffix("\n")
