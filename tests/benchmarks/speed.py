"""CPU time of extraction against the bare statistical model over the same pages.

``python tests/benchmarks/speed.py ../shared`` prints both and their ratio over the listings, on one thread.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")


def main() -> None:
    """Measure and print."""
    import spacy

    from kg.extraction import extract
    from kg.language import MODELS
    from kg.model import Page

    rows = (Path(sys.argv[1]) / "corpora" / "listings.jsonl").read_text("utf-8").splitlines()
    pages = [Page(p["id"], p["text"]) for p in map(json.loads, rows)]
    extract(pages[0])
    slowest, began = (0.0, ""), time.process_time()
    for page in pages:
        start = time.process_time()
        extract(page)
        slowest = max(slowest, (time.process_time() - start, page.name))
    ours = time.process_time() - began
    name = next(m for m in MODELS if spacy.util.is_package(m))
    nlp = spacy.load(name)
    began = time.process_time()
    list(nlp.pipe(page.text for page in pages))
    bare = time.process_time() - began
    print(f"extraction {ours:.1f} s, bare {name} {bare:.1f} s, ratio {ours / bare:.2f}")
    print(f"slowest page {slowest[0]:.2f} s ({slowest[1]})")


if __name__ == "__main__":
    main()
