"""Kills a build at random moments: is what is left readable and whole, and does the next build finish the same?

``python tests/benchmarks/faults.py [TIMES] [PAGES] [FIRST]`` builds the FIRST pages (30), then kills builds of all 120
PAGES (SIGKILL) at 50 TIMES drawn from the length of an unbroken build; after each it opens the graph, lets the next
build finish, and compares the bytes of graph, records and identities with those of the unbroken build. Where only a few
pages are left to add ("50 120 115"), the builds that are killed are such as grow the graph.
"""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import kg
from kg.workspace import Workspace

FILES = ("graph.nt", "records.jsonl", "identities.jsonl")
PAGE = """{title}
{name}, Lund University

Abstract: We study rewriting systems that follow the tide, and prove that shore number {n} is confluent.

Bio: {name} is an associate professor of computer science at Lund University. She got her PhD in mathematics from Ghent
University in {year}. Before that she was a research assistant at Uppsala University.
"""
NAMES = ("Ada Bergström", "Eva Lindqvist", "Ida Okafor", "Noor Haddad", "Mei Tanaka")


def written(folder: Path, count: int) -> list[Path]:
    """So many pages."""
    folder.mkdir()
    pages = []
    for n in range(count):
        page = folder / f"page{n:03}.txt"
        text = PAGE.format(
            title=f"Tides of Logic, part {n}", name=NAMES[n % 5], n=n, year=1990 + n % 30
        )
        page.write_text(text, "utf-8")
        pages.append(page)
    return pages


def build(pages: list[Path], folder: Path) -> subprocess.Popen[bytes]:
    """A build that runs on its own."""
    words = [
        sys.executable,
        "-m",
        "kg",
        "build",
        *map(str, pages),
        "-o",
        str(folder),
        "--jobs",
        "2",
    ]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main(times: int = 50, count: int = 120, first: int = 30) -> int:
    """Count what went wrong."""
    draw, wrong = random.Random(7), 0
    with tempfile.TemporaryDirectory() as place:
        here = Path(place)
        pages, start, whole = written(here / "pages", count), here / "start", here / "whole"
        build(pages[:first], start).wait()
        shutil.copytree(start, whole)
        began = time.monotonic()
        build(pages, whole).wait()
        length = time.monotonic() - began
        wanted = {name: (whole / name).read_bytes() for name in FILES}
        for n in range(times):
            folder = here / f"try{n}"
            shutil.copytree(start, folder)
            process = build(pages, folder)
            moment = draw.uniform(0.05, length)
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
            process.wait()
            manifest = Workspace(folder).manifest()
            left = kg.load(folder)
            readable = (
                left.stats()["talks"] in {first, count}
                and len(left) == manifest["stats"]["triples"]
            )
            finished = build(pages, folder).wait() == 0
            same = finished and all((folder / f).read_bytes() == data for f, data in wanted.items())
            wrong += not (readable and same)
            print(
                f"{n + 1:3} killed after {moment:.2f} s: readable {readable}, then the same {same}",
                flush=True,
            )
            shutil.rmtree(folder)
    print(f"{times - wrong} of {times} right; an unbroken build takes {length:.1f} s")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
