"""A hostile hour: many bad clients at one server, and how long a simple query takes meanwhile.

    python tests/benchmarks/hostile.py talks.kg [MINUTES] [CLIENTS]

Prints how long the simple query took (median, worst; none may take more than a second), the memory of all processes of
the server together (resident, shared pages counted once; less than 1.5 GB), what the bad clients were answered, and
whether anything in the folder of the graph was written.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import random
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import httpx

SIMPLE = "SELECT ?name WHERE { ?p a kg:Person ; kg:name ?name } LIMIT 3"
QUERIES = {
    "endless": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "sorted cross product": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c",
    "distinct cross product": "SELECT DISTINCT ?a ?f { ?a ?b ?c . ?d ?e ?f }",
    "grouped": "SELECT ?a (GROUP_CONCAT(?f) AS ?all) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a",
    "any path": "SELECT * { ?a (!<x:y>)* ?b }",
    "long texts": "SELECT * { ?a ?b ?c BIND(REPLACE(STR(?c), '.', '" + "x" * 2000 + "') AS ?d) }",
    "backtracking": "SELECT * { ?a ?b ?c FILTER(REGEX(STR(?c), '^(a+)+$|(.*.*.*.*=)')) }",
    "all of it": "CONSTRUCT WHERE { ?a ?b ?c }",
    "deep": "SELECT * { " + "{" * 3000 + "?a ?b ?c" + "}" * 3000 + " }",
    "many unions": "SELECT * { " + " UNION ".join(["{ ?a ?b ?c }"] * 400) + " }",
    "SERVICE": "SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }",
    "LOAD": "LOAD <file:///etc/passwd>",
    "DROP": "DROP ALL",
}
PATHS = (
    "/../../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/dump/..%2fmanifest.json", "/static/../../pyproject.toml",
    "/%00", "/person/" + "a" * 50_000, "/api/search?q=" + "%F0%9F%92%A9" * 400, "/find?q=" + "who " * 500,
    "/api/query/alike",
)  # fmt: skip
HEADERS = (
    b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\nquery",
    b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    b"POST /sparql HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n",
    b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 50_000 + b"\r\n",
    b"GET http://169.254.169.254/ HTTP/1.1\r\nHost: a\r\n\r\n",
    b"\x16\x03\x01\x02\x00\x01\x00" * 100,
    b"GET / HTTP/1.1\r\nHost: a\r\nAccept: " + b"text/html;q=" * 5_000 + b"\r\n\r\n",
)
LARGE = 100_000_000


class Server:
    """``kg serve`` in a process of its own."""

    def __init__(self, folder: str) -> None:
        """Start it."""
        words = [sys.executable, "-m", "kg", "serve", "-g", folder, "--port", "0"]
        self._process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout
        self.address = self._process.stdout.readline().strip()

    def memory(self) -> list[int]:
        """Bytes of each of its processes, its own first; what they share is parted among them."""
        found, waiting = [], [self._process.pid]
        while waiting:
            pid = waiting.pop()
            with suppress(OSError, ValueError):
                tasks = Path(f"/proc/{pid}/task").iterdir()
                waiting += [int(c) for t in tasks for c in (t / "children").read_text().split()]
                for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        found.append(int(line.split()[1]) * 1024)
        return found

    def end(self) -> None:
        """Stop it."""
        self._process.terminate()
        self._process.communicate()


def probe(address: str, until: float, told: Any) -> None:
    """Ask the simple query all the while, from a process of its own; say every minute how it went."""
    begin, minute, worst = time.monotonic(), 1, 0.0
    while time.time() < until:
        start = time.monotonic()
        try:
            with httpx.Client(timeout=60) as client:
                status: Any = client.post(f"{address}sparql", data={"query": SIMPLE}).status_code
        except httpx.HTTPError as error:
            status = type(error).__name__
        told.put((took := time.monotonic() - start, status))
        worst = max(worst, took)
        if time.monotonic() > begin + 60 * minute:
            print(f"minute {minute}: worst {worst:.3f} s", file=sys.stderr)
            minute, worst = minute + 1, 0.0
        time.sleep(0.2)


class Attack:
    """Bad clients, each of one sort at a time."""

    def __init__(self, address: str, until: float) -> None:
        """Remember whom, and until when."""
        self.answers: Counter[str] = Counter()
        self._address, self._until = address, until
        parts = urlsplit(address)
        self._host, self._port = str(parts.hostname), int(parts.port or 80)
        self._random = random.Random(7)

    async def client(self) -> None:
        """One client that goes on."""
        async with httpx.AsyncClient(timeout=60) as client:
            while time.time() < self._until:
                await self._one(client)

    async def _one(self, client: httpx.AsyncClient) -> None:
        name, do, values = self._sort(client)
        try:
            async with asyncio.timeout(90):
                status = await do(*values)
        except (httpx.HTTPError, OSError, TimeoutError, ValueError) as error:
            status = type(error).__name__
        self.answers[f"{name}: {status}"] += 1

    def _sort(self, client: httpx.AsyncClient) -> tuple[str, Any, tuple[Any, ...]]:
        """What to do next, by its name, with what."""
        name, query = self._random.choice(list(QUERIES.items()))
        sorts: list[tuple[str, Any, tuple[Any, ...]]] = [
            (name, self._query, (client, query)),
            ("gone at once", self._gone, (query,)),
            ("path", self._path, (client, self._random.choice(PATHS))),
            ("header", self._raw, (self._random.choice(HEADERS),)),
            ("slow reader", self._slow_reader, ()),
            ("slow header", self._slow_writer, (b"GET / HTTP/1.1\r\nX: ",)),
            ("slow body", self._slow_writer, (b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n",)),
            ("100 MB", self._large, (False,)),
            ("100 MB in chunks", self._large, (True,)),
        ]  # fmt: skip
        return self._random.choices(sorts, [10, 2, 2, 2, 1, 1, 1, 1, 1])[0]

    async def _query(self, client: httpx.AsyncClient, query: str) -> str:
        answer = await client.post(f"{self._address}sparql", data={"query": query})
        return str(answer.status_code)

    async def _path(self, client: httpx.AsyncClient, path: str) -> str:
        request = client.build_request("GET", self._address)
        request.url = request.url.copy_with(raw_path=path.encode())
        answer = await client.send(request)
        assert "root:" not in answer.text
        return str(answer.status_code)

    async def _raw(self, data: bytes) -> str:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(data)
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                line = await reader.readline()
                writer.close()
                return line.decode("latin-1")[9:12]
        writer.close()
        return "nothing"

    async def _gone(self, query: str) -> str:
        _, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        await asyncio.sleep(0.1)
        writer.close()
        return "left"

    async def _slow_reader(self) -> str:
        reader, writer = await asyncio.open_connection(self._host, self._port, limit=1024)
        query = quote("SELECT * { ?a ?b ?c } LIMIT 100000")
        writer.write(f"GET /sparql?query={query} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        read = 0
        with suppress(TimeoutError):
            async with asyncio.timeout(45):
                while part := await reader.read(64):
                    read += len(part)
                    await asyncio.sleep(1)
        writer.close()
        return "read a little"

    async def _slow_writer(self, start: bytes) -> str:
        _, writer = await asyncio.open_connection(self._host, self._port)
        writer.write(start)
        with suppress(OSError):
            for _ in range(40):
                writer.write(b"a")
                await writer.drain()
                await asyncio.sleep(1)
        writer.close()
        return "written a little"

    async def _large(self, chunked: bool) -> str:
        reader, writer = await asyncio.open_connection(self._host, self._port)
        told = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {LARGE}"
        kind = "Content-Type: application/sparql-query"
        writer.write(f"POST /sparql HTTP/1.1\r\nHost: a\r\n{kind}\r\n{told}\r\n\r\n".encode())
        part = b"#" * 65_536
        framed = b"10000\r\n" + part + b"\r\n" if chunked else part
        with suppress(OSError):
            for _ in range(LARGE // len(part)):
                writer.write(framed)
                await writer.drain()
        with suppress(OSError):
            line = await reader.readline()
            return line.decode("latin-1")[9:12] or "closed"
        return "closed"


async def attacked(server: Server, until: float, clients: int) -> tuple[Counter[str], list[int]]:
    """What the clients were answered, and the most memory."""
    attack, most = Attack(server.address, until), [0]

    async def watch() -> None:
        nonlocal most
        while time.time() < until:
            most = max(most, await asyncio.to_thread(server.memory), key=sum)
            await asyncio.sleep(0.5)

    await asyncio.gather(watch(), *(attack.client() for _ in range(clients)))
    return attack.answers, most


def listed(folder: str) -> list[tuple[str, int, int]]:
    """Every file of a folder with its size and time."""
    files = sorted(p for p in Path(folder).rglob("*") if p.is_file())
    return [(str(p), p.stat().st_size, p.stat().st_mtime_ns) for p in files]


def main(folder: str, minutes: str = "5", clients: str = "200") -> None:
    """Run it, and print what was found."""
    server = Server(folder)
    httpx.post(f"{server.address}sparql", data={"query": SIMPLE}, timeout=60)
    before, until = listed(folder), time.time() + 60 * float(minutes)
    told: Any = multiprocessing.Queue()
    asking = multiprocessing.Process(target=probe, args=(server.address, until, told))
    asking.start()
    answers, most = asyncio.run(attacked(server, until, int(clients)))
    found = []
    while asking.is_alive() or not told.empty():
        with suppress(Exception):
            found.append(told.get(timeout=1))
    times = sorted(t for t, _ in found)
    statuses = Counter(status for _, status in found)
    print(f"simple query: {len(times)} times, answered {dict(statuses)}")
    print(
        f"  median {times[len(times) // 2]:.3f} s, 99 % {times[len(times) * 99 // 100]:.3f} s, worst {times[-1]:.3f} s,"
        f" over a second {sum(t > 1 for t in times)} times"
    )
    parts = ", ".join(f"{part / 1e6:,.0f}" for part in [most[0], *sorted(most[1:], reverse=True)])
    print(
        f"memory of the server, at most: {sum(most) / 1e6:,.0f} MB (its own process, then the others: {parts})"
    )
    print(f"the folder is {'unchanged' if listed(folder) == before else 'CHANGED'}")
    for answer, number in sorted(answers.items()):
        print(f"  {number:6}  {answer}")
    server.end()


if __name__ == "__main__":
    main(*sys.argv[1:])
