"""Two other SPARQL engines over the triples of a graph, and how long an engine takes for a query.

rdflib asks in this process and its copies; Virtuoso is a server that is started for the purpose, in a folder of its
own, on loopback, loaded by its bulk loader and asked over HTTP.
"""

from __future__ import annotations

import gc
import json
import multiprocessing as mp
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

Cells = tuple[str | None, ...]

_QUICK, _TIMES = 5.0, 3
_GRAPH = "urn:talkgraph:catalogue"
_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
DirsAllowed = {folder}
NumberOfBuffers = 250000
MaxDirtyBuffers = 180000
MaxQueryMem = 2G
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryExecutionTime = {limit}
"""
"""Settings of the server: memory for graphs of some millions of triples (2 GB), rows without end."""


@dataclass
class Asked:
    """What an engine made of a query.

    Parameters:
        ms: the shortest time.
        rows: how many it gave, if it answered.
        note: why it did not, or what is odd about the rows.
    """

    ms: float | None = None
    rows: int | None = None
    note: str = ""
    cells: list[Cells] = field(default_factory=list, repr=False)

    def __str__(self) -> str:
        """Milliseconds and rows, or why there are none."""
        return self.note if self.ms is None else f"{self.ms:.1f} ms, {self.rows} rows"


def progress(text: str) -> None:
    """Tell what goes on, beside the results."""
    print(text, file=sys.stderr, flush=True)


def in_child(work: Callable[[], Any], limit: float) -> Any:
    """What a function returns in a process of its own, which is ended after so many seconds.

    Raises:
        TimeoutError: it took longer.
        RuntimeError: it failed, with one line of why.
    """
    context = mp.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)

    def run() -> None:
        try:
            theirs.send((True, work()))
        except Exception as error:
            theirs.send((False, f"{type(error).__name__}: {error}"))

    process = context.Process(target=run)
    process.start()
    theirs.close()
    try:
        if not ours.poll(limit):
            raise TimeoutError
        good, result = ours.recv()
    except EOFError:
        good, result = False, "the process ended"
    finally:
        process.kill()
        process.join()
    if not good:
        raise RuntimeError(" ".join(str(result).split()))
    return result


def timed(ask: Callable[[], Sequence[Cells]]) -> Asked:
    """The shortest of some askings; of one that takes long, the only one."""
    best, rows = float("inf"), list[Cells]()
    for _ in range(_TIMES):
        start = time.perf_counter()
        rows = list(ask())
        spent = time.perf_counter() - start
        best = min(best, spent)
        if spent > _QUICK:
            break
    return Asked(1000 * best, len(rows), cells=rows)


def rdflib(text: Path, queries: Sequence[str], limit: float) -> Iterator[Asked]:
    """rdflib's own engine: the graph is read once, and each query asked in a copy of the process."""
    from rdflib import Graph

    start = time.perf_counter()
    graph = Graph().parse(text, format="nt")
    gc.collect()
    gc.freeze()
    progress(f"rdflib: {len(graph):,} triples read in {time.perf_counter() - start:.0f} s")

    def ask(sparql: str) -> list[Cells]:
        rows: Any = graph.query(sparql)
        return [tuple(None if cell is None else str(cell) for cell in row) for row in rows]

    for sparql in queries:
        try:
            yield in_child(partial(timed, partial(ask, sparql)), limit)
        except TimeoutError:
            yield Asked(note=f"> {limit:g} s")
        except RuntimeError as error:
            yield Asked(note=str(error))
    gc.unfreeze()


def virtuoso(text: Path, queries: Sequence[str], limit: float) -> Iterator[Asked]:
    """Virtuoso, over HTTP."""
    with _server(text, limit) as endpoint:
        for sparql in queries:
            try:
                yield timed(partial(_over_http, endpoint, sparql, limit))
            except urllib.error.HTTPError as error:
                yield Asked(note=error.read().decode("utf-8", "replace").partition("\n")[0].strip())
            except TimeoutError:
                yield Asked(note=f"> {limit:g} s")
            except OSError as error:
                yield Asked(note=str(error))


def _over_http(endpoint: str, sparql: str, limit: float) -> list[Cells]:
    """The rows that a SPARQL endpoint gives.

    Raises:
        TimeoutError: it takes longer, or gave what it had found by then.
        OSError: it refuses, or is away.
    """
    form = {
        "query": sparql,
        "format": "application/sparql-results+json",
        "default-graph-uri": _GRAPH,
    }
    request = urllib.request.Request(endpoint, urllib.parse.urlencode(form).encode())
    with urllib.request.urlopen(request, timeout=limit + 5) as answer:
        if answer.headers.get("X-SQL-State"):
            raise TimeoutError
        told = json.load(answer)
    columns = told["head"]["vars"]
    return [
        tuple(row[c]["value"] if c in row else None for c in columns)
        for row in told["results"]["bindings"]
    ]


@contextmanager
def _server(text: Path, limit: float) -> Iterator[str]:
    """A server with the graph in it, which ends with the block; gives the address of its endpoint."""
    sql, http = _free_port(), _free_port()
    folder = text.parent.resolve()
    with tempfile.TemporaryDirectory() as place:
        ini = _INI.format(sql=sql, http=http, folder=folder, limit=int(limit))
        Path(place, "virtuoso.ini").write_text(ini, "utf-8")
        server = subprocess.Popen(
            ["virtuoso-t", "-f", "-c", "virtuoso.ini"], cwd=place, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(http, server)
            start = time.perf_counter()
            load = f"ld_dir('{folder}', '{text.name}', '{_GRAPH}'); rdf_loader_run(); checkpoint;"
            login = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba"]
            subprocess.run([*login, f"exec={load}"], check=True, stdout=subprocess.DEVNULL)
            endpoint = f"http://127.0.0.1:{http}/sparql"
            count = _over_http(endpoint, "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }", 600)[0][0]
            spent = time.perf_counter() - start
            progress(f"virtuoso: {int(count or 0):,} triples read in {spent:.0f} s")
            yield endpoint
        finally:
            server.terminate()
            server.wait()


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until the server listens, which takes it some seconds."""
    for _ in range(600):
        if server.poll() is not None:
            break
        with socket.socket() as asking:
            if asking.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("virtuoso-t did not start")
