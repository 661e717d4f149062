"""Every recorded talk of ``corpora/pyvideo-data.zip`` read as a small page: no crash, and how long the slowest took.

``python tests/benchmarks/robustness.py ../shared [N]`` reads all of them, or every N-th.
"""

from __future__ import annotations

import json
import sys
import time
import zipfile
from pathlib import Path


def main() -> None:
    """Read them all and print the counts."""
    from kg.extraction import extract
    from kg.model import Page

    step = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    archive = zipfile.ZipFile(Path(sys.argv[1]) / "corpora" / "pyvideo-data.zip")
    names = [n for n in sorted(archive.namelist()) if "/videos/" in n and n.endswith(".json")]
    slowest, talks, crashed = (0.0, ""), 0, []
    for name in names[::step]:
        video = json.loads(archive.read(name))
        people = ", ".join(video.get("speakers") or [])
        text = f"{video.get('title')}\n{people}\n\n{video.get('description') or ''}\n"
        start = time.process_time()
        try:
            talks += len(extract(Page(name, text)))
        except Exception as error:
            crashed.append(f"{name}: {type(error).__name__}: {error}")
        slowest = max(slowest, (time.process_time() - start, name))
    print(f"{len(names[::step])} pages, {talks} talks, {len(crashed)} crashes")
    print(f"slowest {slowest[0]:.2f} s ({slowest[1]})")
    print(*crashed, sep="\n")


if __name__ == "__main__":
    main()
