"""Learn confidences: ``python -m kg.training.confidence GOLD_DIR...`` writes ``data/models/confidence.json``.

Every folder holds annotated pages (see ``kg evaluate``). Counted are the facts given and those that were right, by kind
and rule, and by how sure the grammar was.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict

from kg import confidence, facade, resources


def main(folders: list[str]) -> None:
    """Count, with the confidences that the grammar gives."""
    confidence.counts = dict  # type: ignore[assignment,unused-ignore]  # the grammar's own
    groups: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for folder in folders:
        for fact in facade.evaluate(folder).judged:
            rule = f"{fact.kind} {fact.rule}"
            for group in (fact.kind, rule, f"{rule} {confidence.band(fact.confidence)}"):
                groups[group][0] += fact.right
                groups[group][1] += 1
    file = resources.folder("data/models") / "confidence.json"
    rows = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in sorted(groups.items()))
    file.write_text(f"{{\n{rows}\n}}\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
