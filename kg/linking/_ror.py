"""A dump of the Research Organization Registry, schema v2, to plain records (https://ror.readme.io/docs/ror-data-structure)."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReadError

RANKS = {"ror_display": 3, "label": 3, "alias": 2, "acronym": 1}
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")


@dataclass(frozen=True)
class Record:
    """One active organization of a registry.

    Parameters:
        names: each with its rank: 3 for a name of its own, 2 for an alias, 1 for an acronym.
        parents: ids of the organizations it belongs to.
    """

    id: str
    name: str
    names: tuple[tuple[str, int], ...]
    country: str
    city: str
    kind: str
    parents: tuple[str, ...]
    wikidata: str = ""
    latitude: float | None = None
    longitude: float | None = None


def read(path: Path) -> Iterator[Record]:
    """Active records of a dump.

    Parameters:
        path: the zip as it is published, or the JSON file inside it.

    Raises:
        ReadError: it is no such dump; says what is missing.
    """
    for number, row in enumerate(_rows(path), 1):
        try:
            if row["status"] == "active":
                yield _record(row)
        except (KeyError, TypeError, StopIteration, AttributeError, IndexError) as error:
            raise ReadError(
                f"{path}: record {number} is none of ROR's schema v2 ({error!r}); get a dump from "
                "https://ror.readme.io/docs/data-dump"
            ) from None


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                inside = sorted(n for n in archive.namelist() if n.endswith(".json"))
                if not inside:
                    raise ReadError(f"{path}: no JSON file stands in this zip")
                data = json.loads(archive.read(inside[-1]))  # "..._schema_v2.json" sorts behind v1
        else:
            data = json.loads(path.read_bytes())
    except (OSError, ValueError, zipfile.BadZipFile) as error:
        raise ReadError(f"{path}: cannot be read as a ROR dump: {error}") from None
    if not isinstance(data, list):
        raise ReadError(f"{path}: a ROR dump is one JSON array; this is {type(data).__name__}")
    return data


def _record(row: dict[str, Any]) -> Record:
    place = row["locations"][0]["geonames_details"] if row["locations"] else {}
    found = {_ASIDE.sub("", n["value"]): max(RANKS[t] for t in n["types"]) for n in row["names"]}
    wikidata = next((e for e in row["external_ids"] if e["type"] == "wikidata"), None)
    return Record(
        id=row["id"],
        name=next(n["value"] for n in row["names"] if "ror_display" in n["types"]),
        names=tuple(sorted(found.items())),
        country=place.get("country_name") or "",
        city=place.get("name") or "",
        kind=(row["types"] or ["other"])[0],
        parents=tuple(r["id"] for r in row["relationships"] if r["type"] == "parent"),
        wikidata=(wikidata["preferred"] or wikidata["all"][0]) if wikidata else "",
        latitude=place.get("lat"),
        longitude=place.get("lng"),
    )
