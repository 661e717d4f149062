"""Who is one among the 13,071 speaker strings of ``corpora/pyvideo-data.zip``: nodes before and after, time, memory.

``python tests/benchmarks/people.py ../shared`` prints the figures; with ``--double`` of twice the people (each has a
double of another family name); ``--draw SEED`` prints 75 merges and 75 near-misses to be judged by hand.
"""

from __future__ import annotations

import json
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.names import fold
from kg.resolution import Decision, Record, link

_YEAR = re.compile(r"-(?:19|20)\d\d.*")
_DRAWN = 75
_TELLING = 4


def _videos(shared: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    archive = zipfile.ZipFile(shared / "corpora" / "pyvideo-data.zip")
    for name in sorted(archive.namelist()):
        if "/videos/" in name and name.endswith(".json"):
            yield name, json.loads(archive.read(name))


def records(shared: Path, double: bool = False) -> dict[str, Record]:
    """A record for every speaker of every talk, by id; with doubles whose family names end otherwise."""
    found: dict[str, Record] = {}
    for page, video in _videos(shared):
        speakers = list(dict.fromkeys(s.strip() for s in video.get("speakers") or [] if s.strip()))
        signs = {("series", _YEAR.sub("", page.split("/")[0]))}
        if len((video.get("title") or "").split()) >= _TELLING:
            signs.add(("talk", fold(video["title"])))
        signs |= {("topic", fold(tag)) for tag in video.get("tags") or []}
        for ending in ("", "xq") if double else ("",):
            for name in (s + ending for s in speakers):
                others = [s + ending for s in speakers if s + ending != name]
                found[f"{page}#{name}"] = Record(
                    id=f"{page}#{name}",
                    name=name,
                    names=(name,),
                    signs=frozenset(signs | {("with", fold(o)) for o in others}),
                    apart=frozenset(f"{page}#{o}" for o in others),
                    where=page,
                )
    return found


def _told(decision: Decision, by_id: dict[str, Record]) -> str:
    one, other = by_id[decision.comparison.one], by_id[decision.comparison.other]
    features = "; ".join(f"{bits:+g} {text}" for text, bits in decision.comparison.features)
    return (
        f"{decision.verdict} {decision.comparison.bits:g} bits:"
        f" {one.name} ({one.where}) | {other.name} ({other.where})\n"
        f"    {features}{'; ' if decision.because else ''}{decision.because}"
    )


def _draw(decisions: list[Decision], by_id: dict[str, Record], seed: int) -> None:
    """Merges (half of them of different names) and near-misses, at random."""
    chance = random.Random(seed)
    merges = [d for d in decisions if d.verdict == "one"]
    different = [
        d for d in merges if by_id[d.comparison.one].name != by_id[d.comparison.other].name
    ]
    missed = [d for d in decisions if d.verdict != "one"]
    drawn = chance.sample(different, _DRAWN // 2) + chance.sample(merges, _DRAWN - _DRAWN // 2)
    for number, decision in enumerate(drawn + chance.sample(missed, _DRAWN), start=1):
        print(number, _told(decision, by_id))


def main() -> None:
    """Resolve, and print."""
    by_id = records(Path(sys.argv[1]), "--double" in sys.argv)
    start = time.process_time()
    people, decisions = link(list(by_id.values()))
    spent = time.process_time() - start
    if "--draw" in sys.argv:
        _draw(decisions, by_id, int(sys.argv[sys.argv.index("--draw") + 1]))
        return
    strings = len({r.name for r in by_id.values()})
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(by_id):,} mentions, {strings:,} strings, {len(people):,} people; {spent:.1f} s, {memory} MB"
    )
    print(
        *(
            f"{n:,} {verdict}"
            for verdict, n in sorted(Counter(d.verdict for d in decisions).items())
        ),
        sep=", ",
    )


if __name__ == "__main__":
    main()
