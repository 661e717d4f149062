"""Facts drawn at random, each with its sentence, to be judged by hand.

``python tests/benchmarks/sample.py ../shared [SEED]`` prints 200 facts of the listings and 100 of the descriptions of
recorded talks as JSON, one a line; topics are left out. Another seed draws others.
"""

from __future__ import annotations

import json
import random
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LISTINGS, TALKS, EVERY = 200, 100, 12
"""Facts to draw, and which part of the recorded talks they are drawn from."""


def listings(shared: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every listing."""
    for row in (shared / "corpora" / "listings.jsonl").read_text("utf-8").splitlines():
        page = json.loads(row)
        yield page["id"], page["text"]


def recorded(shared: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every twelfth recorded talk."""
    archive = zipfile.ZipFile(shared / "corpora" / "pyvideo-data.zip")
    names = [n for n in sorted(archive.namelist()) if "/videos/" in n and n.endswith(".json")]
    for name in names[::EVERY]:
        video = json.loads(archive.read(name))
        people = ", ".join(video.get("speakers") or [])
        yield name, f"{video.get('title')}\n{people}\n\n{video.get('description') or ''}\n"


def facts(pages: Iterator[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """Every fact of the pages with what it says and where."""
    from kg.extraction import extract
    from kg.model import Fact, Page

    base = set(Fact.__dataclass_fields__)
    for name, text in pages:
        for talk in extract(Page(name, text)):
            for speaker in talk.speakers:
                for fact in speaker.facts:
                    own = {
                        n: getattr(fact, n)
                        for n in type(fact).__dataclass_fields__
                        if n not in base
                    }
                    start, end = max(0, fact.evidence.start - 200), fact.evidence.end + 100
                    yield {
                        "page": name, "talk": talk.title, "person": speaker.name, "kind": type(fact).__name__,
                        **{n: v for n, v in own.items() if v}, "printed": fact.printed,
                        "confidence": round(fact.confidence, 2), "quote": fact.evidence.quote,
                        "around": text[start:end],
                    }  # fmt: skip


def main() -> None:
    """Draw and print."""
    shared, seed = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0
    for pages, count in ((listings(shared), LISTINGS), (recorded(shared), TALKS)):
        found = list(facts(pages))
        for row in random.Random(seed).sample(found, min(count, len(found))):
            print(json.dumps(row, ensure_ascii=False, default=str))


if __name__ == "__main__":
    main()
