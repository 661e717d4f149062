"""Names and nodes: how many forms the annotated pages and the listings print of each kind, how many things they are.

``python tests/benchmarks/nodes.py FOLDER ../shared`` reads the annotated pages of a folder (JSON files) and
``corpora/listings.jsonl`` together; ``--draw SEED`` prints 60 merges of people and 60 near-misses, to be judged.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from kg.model import Page, Talk
from kg.resolution import Entities, resolve

_DRAWN = 60


def pages(folder: Path, shared: Path) -> Iterator[Page]:
    """Every annotated page, then every listing."""
    for file in sorted(folder.glob("*.json")):
        yield Page(file.stem, json.loads(file.read_text("utf-8"))["text"])
    for row in (shared / "corpora" / "listings.jsonl").read_text("utf-8").splitlines():
        page = json.loads(row)
        yield Page(str(page["id"]), page["text"])


def _table(entities: Entities) -> None:
    forms: defaultdict[str, set[str]] = defaultdict(set)
    things: defaultdict[str, int] = defaultdict(int)
    for (kind, _), held in entities.seen.items():
        things[kind] += 1
        forms[kind].update(n for seen in held for n in (*seen.names, *seen.printed))
    for kind in sorted(things):
        print(f"{kind:13} {len(forms[kind]):6,} forms {things[kind]:6,} things")


def _draw(entities: Entities, seed: int) -> None:
    records = {r.id: r for held in entities.records.values() for r in held}
    chance = random.Random(seed)
    merges = [d for d in entities.decisions if d.verdict == "one"]
    missed = [d for d in entities.decisions if d.verdict != "one"]
    for found in (merges, missed):
        for decision in chance.sample(found, min(_DRAWN, len(found))):
            one, other = records[decision.comparison.one], records[decision.comparison.other]
            ends = f"{one.name} ({one.where}) | {other.name} ({other.where})"
            print(decision.verdict, decision.comparison.bits, ends, decision.because)
            print("   ", *(f"{bits:+g} {text};" for text, bits in decision.comparison.features))


def main() -> None:
    """Read, resolve, and print."""
    from kg.extraction import extract

    talks: list[Talk] = []
    for page in pages(Path(sys.argv[1]), Path(sys.argv[2])):
        talks += extract(page)
    start = time.process_time()
    entities = resolve(talks)
    if "--draw" in sys.argv:
        _draw(entities, int(sys.argv[sys.argv.index("--draw") + 1]))
        return
    print(f"{len(talks):,} talks resolved in {time.process_time() - start:.1f} s")
    _table(entities)


if __name__ == "__main__":
    main()
