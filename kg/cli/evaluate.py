"""Compare what is read of pages with their annotations."""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from kg.cli import DONE, FAILED, add_json
from kg.cli._terminal import Terminal

EXAMPLES = (
    "kg evaluate gold/",
    "kg evaluate gold/ --errors",
    "kg evaluate gold/ --baseline baseline.json",
)


def arguments(parser: ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "gold",
        metavar="GOLD_DIR",
        help='a folder of NAME.json files: {"text": a page, "talks": [its records]}',
    )
    parser.add_argument("--errors", action="store_true", help="list what was missed or is wrong")
    parser.add_argument(
        "--baseline",
        metavar="FILE",
        help="F1 by kind that may not fall; it is written if it is not there, and raised where F1 rose",
    )
    add_json(parser)


def run(args: Namespace, terminal: Terminal) -> int:
    """Print precision, recall and F1 by kind, and how far confidence can be believed."""
    from kg import facade
    from kg.evaluation import KINDS

    report = facade.evaluate(args.gold)
    figures, errors = report.figures(), report.errors if args.errors else ()
    if args.json or not terminal.seen:
        listed = {"errors": [asdict(e) for e in errors]} if args.errors else {}
        terminal.out(json.dumps(figures | listed, ensure_ascii=False, indent=2))
    else:
        for e in errors:
            verdict = "missed" if e.missed else "wrong "
            terminal.out(f"{e.page}\t{verdict} {e.kind}\t{e.person}\t{e.what}")
        for kind in (*KINDS, "facts"):
            f = figures[kind]
            terminal.out(
                f"{kind:12} P {f['precision']:.3f}  R {f['recall']:.3f}  F1 {f['f1']:.3f}   ({f['gold']} annotated)"
            )
        topics = figures["topics"]
        terminal.out(
            f"{'topics':12} P {topics['precision_at_8']:.3f}  R {topics['recall']:.3f}   (first eight)"
        )
        terminal.out(
            "details      " + "  ".join(f"{k} {v:.2f}" for k, v in figures["details"].items())
        )
        for low, n, share in report.calibration():
            terminal.out(f"confidence {low:.1f}: {share:.2f} of {n} right")
    fallen = _against(Path(args.baseline), figures) if args.baseline else []
    for line in fallen:
        terminal.error(line)
    return FAILED if fallen else DONE


def _against(file: Path, figures: dict[str, dict[str, float]]) -> list[str]:
    """Kinds that fell below the baseline; if none did, the baseline is raised to the new figures."""
    from kg.facade import read_baseline

    known = read_baseline(file)
    now = {k: f["f1"] for k, f in figures.items() if isinstance(f, dict) and "f1" in f}
    fallen = [
        f"{kind} fell to {now.get(kind, 0.0):.4f}, below the baseline of {floor:.4f} in {file}"
        for kind, floor in known.items()
        if now.get(kind, 0.0) < floor
    ]
    if not fallen:
        raised = {k: max(v, known.get(k, 0.0)) for k, v in now.items()}
        if raised != known:
            file.write_text(json.dumps(raised, indent=2) + "\n", "utf-8")
    return fallen
