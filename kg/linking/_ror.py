"""A dump of the Research Organization Registry, schema v2, to plain values (https://ror.readme.io/docs/ror-data-structure)."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import ReadError

KINDS = ("label", "alias", "acronym")
_ASIDE = re.compile(r"\s*\([^)]*\)\s*$")
_HOST = re.compile(r"^(?:\w+://)?(?:www\d*\.)?([\w.-]+\.\w+)", re.IGNORECASE)


@dataclass(frozen=True)
class Name:
    """A name of an organization.

    Parameters:
        kind: ``label`` (a name of its own), ``alias`` or ``acronym``.
        language: its code, such as ``en``; empty where the registry gives none.
    """

    value: str
    kind: str = "label"
    language: str = ""

    @property
    def bare(self) -> str:
        """Without what stands in brackets at its end, as papers print it."""
        return _ASIDE.sub("", self.value)


@dataclass(frozen=True)
class Organization:
    """One active organization of a registry.

    Parameters:
        names: all its names, the one it goes by among them.
        code: of its country, such as ``NO``.
        kind: as the registry has it: ``education``, ``facility``, ``healthcare``, ``company`` ...
        parents: ids of the organizations it belongs to.
        wikidata: its id there, or empty.
        hosts: of its web pages, without "www".
        ties: how many things the registry knows of it: names, other organizations, ids elsewhere.
    """

    id: str
    name: str
    names: tuple[Name, ...] = ()
    country: str = ""
    code: str = ""
    city: str = ""
    kind: str = "other"
    parents: tuple[str, ...] = ()
    wikidata: str = ""
    latitude: float | None = None
    longitude: float | None = None
    hosts: tuple[str, ...] = ()
    ties: int = 0

    @property
    def acronyms(self) -> tuple[str, ...]:
        """Its short forms."""
        return tuple(n.value for n in self.names if n.kind == "acronym")


def read(path: Path) -> Iterator[Organization]:
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


def _record(row: dict[str, Any]) -> Organization:
    place = row["locations"][0]["geonames_details"] if row["locations"] else {}
    wikidata = next((e for e in row["external_ids"] if e["type"] == "wikidata"), None)
    return Organization(
        id=row["id"],
        name=next(n["value"] for n in row["names"] if "ror_display" in n["types"]),
        names=tuple(
            sorted(
                {_name(n) for n in row["names"]},
                key=lambda n: (KINDS.index(n.kind), n.value, n.language),
            )
        ),
        country=place.get("country_name") or "",
        code=place.get("country_code") or "",
        city=place.get("name") or "",
        kind=next((t for t in row["types"] if t != "funder"), "other"),
        parents=tuple(r["id"] for r in row["relationships"] if r["type"] == "parent"),
        wikidata=(wikidata["preferred"] or wikidata["all"][0]) if wikidata else "",
        latitude=place.get("lat"),
        longitude=place.get("lng"),
        hosts=_hosts(row),
        ties=sum(len(row[k]) for k in ("names", "relationships", "external_ids")),
    )


def _name(row: dict[str, Any]) -> Name:
    types = {"label" if t == "ror_display" else t for t in row["types"]}
    return Name(row["value"], next(k for k in KINDS if k in types), row["lang"] or "")


def _hosts(row: dict[str, Any]) -> tuple[str, ...]:
    sites = [e["value"] for e in row.get("links", ()) if e["type"] == "website"]
    found = (_HOST.match(s) for s in (*sites, *row.get("domains", ())))
    return tuple(sorted({m[1].lower() for m in found if m}))
