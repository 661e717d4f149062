"""What a media type or a name says of a format: the suffix that readers know it by."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_SUFFIXES = {
    "text/html": ".html", "application/xhtml+xml": ".html", "application/json": ".json", "text/json": ".json",
    "application/ld+json": ".jsonld", "application/jsonl": ".jsonl", "application/x-ndjson": ".jsonl",
    "application/ndjson": ".jsonl", "application/json-seq": ".jsonl", "text/calendar": ".ics", "text/csv": ".csv",
    "text/tab-separated-values": ".tsv", "application/xml": ".xml", "text/xml": ".xml", "application/yaml": ".yaml",
    "text/yaml": ".yaml", "text/x-yaml": ".yaml", "application/x-yaml": ".yaml", "text/markdown": ".md",
    "text/x-markdown": ".md", "application/pdf": ".pdf", "application/zip": ".zip",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}  # fmt: skip
_KIN = {
    ".json": (".jsonld", ".geojson"),
    ".xml": (".xhtml", ".rss", ".atom"),
    ".html": (".htm", ".xhtml"),
}
_PLAIN = ".txt"
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,8}", re.ASCII)


def suffix(media: str, file: str, url: str) -> str:
    """The suffix of a page: by its media type, or by its name where the type tells little.

    Parameters:
        file: the name that it is to be saved under; "" where none is given.
        url: the address that it came from.
    """
    kind = media.partition(";")[0].strip().lower()
    named = _of_name(file) or _of_name(unquote(urlsplit(url).path))
    known = _SUFFIXES.get(kind, "")
    if kind.startswith("application/"):
        known = known or next((s for end, s in _ENDS if kind.endswith(end)), "")
    if known:
        return named if named in _KIN.get(known, ()) else known
    return named or (_PLAIN if kind.startswith("text/") else "")


_ENDS = (("+json", ".json"), ("+xml", ".xml"), ("+yaml", ".yaml"), ("+zip", ".zip"))


def _of_name(name: str) -> str:
    found = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return found if _SUFFIX.fullmatch(found) else ""
