"""The workers of a server: who does which job, who waits, and who is ended.

Three lanes keep a simple query quick whatever else is asked. A job of a sort that was quick before starts in the quick
lane, any other in the trial lane, the newest first. One that is not done soon gives way: it goes on in the slow lane,
behind all others on the processors, or, where that is full, is ended and done again when there is room. A job that
outlasts its time, or whose client has left, is ended with its process, which is the only way to stop a query of the
engine.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import os
import sys
from collections.abc import AsyncIterator, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from logging import getLogger
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kg.server._jobs import Refused
from kg.server._lanes import SMALL, Held, Lane, Pace, Place, shape_of, sort_of
from kg.server._work import DATA, END, FAILED, HEAD, work
from kg.settings import Serving
from kg.workspace import MANIFEST

_LOG = getLogger("kg.server")
_JOBS_EACH = 500
"""After so many jobs a worker is replaced, and its memory with it."""
_Doing = asyncio.Future["Result"]


@dataclass
class Result:
    """An answer: its type and bytes, counted against what the server may hold until ``done``."""

    kind: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    chunks: list[bytes] = field(default_factory=list)
    size: int = 0


class _Ended(Exception):
    """A worker is gone in the middle of a job."""


class _Worker:
    """One process, and the way to it."""

    def __init__(self, context: Any, place: str, serving: Serving, stamp: object) -> None:
        ours, theirs = context.Pipe()
        self._pipe: Connection = ours
        self.stamp, self.jobs = stamp, 0
        self.is_busy = self.is_slow = False
        self.process = context.Process(
            target=work, args=(theirs, place, serving, os.getpid()), daemon=True
        )
        self.process.start()
        theirs.close()

    def is_fresh(self, stamp: object) -> bool:
        """Whether it may do another job."""
        tired = self.is_busy or self.is_slow or self.jobs >= _JOBS_EACH
        return not tired and self.stamp == stamp and self.process.is_alive()

    def opened(self) -> None:
        """Wait until the graph is open."""
        with suppress(EOFError, OSError):
            if self._pipe.recv_bytes() == END:
                return
        raise Refused(503, "the graph cannot be opened now")

    def do(self, job: str, arguments: Mapping[str, Any], held: Held) -> Result:
        """Do a job, and wait for its end."""
        self.jobs += 1
        result = Result()
        try:
            self._pipe.send_bytes(json.dumps({"job": job, "arguments": arguments}).encode())
            while (frame := self._pipe.recv_bytes())[:1] in {HEAD, DATA}:
                _take(frame, result, held)
        except (EOFError, OSError):
            held.less(result.size)
            raise _Ended from None
        except Refused:
            held.less(result.size)
            raise
        self.is_busy = False
        if frame[:1] == FAILED:
            held.less(result.size)
            told = json.loads(frame[1:])
            if told["log"]:
                _LOG.error("%s", told["log"])
            raise Refused(told["status"], told["reason"])
        return result

    def gives_way(self) -> None:
        """Let other processes go first, for good."""
        self.is_slow = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self.process.pid, 10)

    def end(self) -> None:
        """End the process now."""
        self.process.kill()
        self.process.join()
        self._pipe.close()


def _take(frame: bytes, result: Result, held: Held) -> None:
    kind, rest = frame[:1], frame[1:]
    if kind == HEAD:
        told = json.loads(rest)
        result.kind, result.headers = told["kind"], told["headers"]
    else:
        result.size += len(rest)
        held.more(len(rest), is_small=result.size <= SMALL)
        result.chunks.append(rest)


def looked_at(doing: asyncio.Future[Any]) -> None:
    """Whatever came of what nobody waits for any more."""
    if not doing.cancelled():
        doing.exception()


class Pool:
    """The workers of one graph."""

    def __init__(self, place: Path, serving: Serving) -> None:
        """Remember the folder of the graph; nothing is started yet."""
        self._place, self._serving = place, serving
        forks = sys.platform != "win32" and "forkserver" in multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if forks else "spawn")
        if forks:
            self._context.set_forkserver_preload(["kg.server._ready"])
        self._idle: list[_Worker] = []
        self._ready = serving.quick + serving.trial
        self._threads = ThreadPoolExecutor(2 * (self._ready + serving.slow) + 4)
        self._quick = Lane(serving.quick, serving.waiting, newest_first=True)
        self._trial = Lane(serving.trial, serving.waiting, newest_first=True)
        self._slow = Lane(serving.slow, serving.queued, newest_first=False)
        self._pace = Pace()
        self._held = Held(serving.max_held)
        self._coming = 0
        self._stopped = False
        self._all: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Start the first workers.

        Raises:
            _Ended: they cannot open the graph.
        """
        made = [self._made() for _ in range(self._ready)]
        self._idle.extend(await asyncio.gather(*made))

    async def stop(self) -> None:
        """End all workers, whatever they are at."""
        self._stopped = True
        for worker in list(self._all):
            worker.end()
        self._all.clear()
        self._idle.clear()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def done(self, result: Result) -> None:
        """Count an answer out that has been sent, or given up."""
        self._held.less(result.size)
        result.chunks.clear()
        result.size = 0

    async def run(self, job: str, arguments: Mapping[str, Any]) -> Result:
        """Do a job.

        Raises:
            Refused: it cannot be done, takes too long, or the server has too much to do.
        """
        try:
            return await self._soon(job, arguments) or await self._later(job, arguments)
        except _Ended:
            reason = "the query was ended: it needs more memory than it may have"
            raise Refused(503, reason) from None

    async def _soon(self, job: str, arguments: Mapping[str, Any]) -> Result | None:
        """Do a job in the quick lane or the trial lane; None where it takes long and there is no room to go on."""
        serving, shape, sort = self._serving, shape_of(job, arguments), sort_of(job, arguments)
        if self._pace.is_long(shape):
            return None
        tried = not self._pace.is_quick(sort)
        lane, left = (self._trial, serving.quick) if tried else (self._quick, 0)
        async with Place(lane, serving.max_wait) as place, self._worker(left) as worker:
            if self._pace.is_long(shape):  # another of its sort was found out meanwhile
                return None
            doing = self._begun(worker, job, arguments)
            if found := await self._within(doing, serving.patience):
                self._pace.was_quick(sort)
                return found
            self._pace.was_long(shape, sort)
            if not self._slow.try_enter():
                return None
            async with Place(self._slow):
                place.leave()
                worker.gives_way()
                self._refill()
                return await self._limited(doing)

    async def _later(self, job: str, arguments: Mapping[str, Any]) -> Result:
        """Do a job in the slow lane."""
        async with Place(self._slow, self._serving.time_limit), self._worker() as worker:
            worker.gives_way()
            return await self._limited(self._begun(worker, job, arguments))

    def _begun(self, worker: _Worker, job: str, arguments: Mapping[str, Any]) -> _Doing:
        worker.is_busy = True
        loop = asyncio.get_running_loop()
        doing = loop.run_in_executor(self._threads, worker.do, job, arguments, self._held)
        doing.add_done_callback(looked_at)  # whether or not somebody still waits
        return doing

    async def _within(self, doing: _Doing, seconds: float) -> Result | None:
        """The result, if it comes in time; nobody waits for it once this is cancelled."""
        try:
            await asyncio.wait({doing}, timeout=seconds)
        except asyncio.CancelledError:
            doing.add_done_callback(self._unwanted)
            raise
        return doing.result() if doing.done() else None

    async def _limited(self, doing: _Doing) -> Result:
        limit = self._serving.time_limit
        if found := await self._within(doing, limit):
            return found
        doing.add_done_callback(self._unwanted)
        raise Refused(503, f"the query was stopped after {limit:g} seconds; ask for less")

    def _unwanted(self, doing: _Doing) -> None:
        if not doing.cancelled() and doing.exception() is None:
            self.done(doing.result())

    @asynccontextmanager
    async def _worker(self, left: int = 0) -> AsyncIterator[_Worker]:
        """A worker for one job, so many are left to others; one that is still at it in the end is killed."""
        worker = self._kept(left) or await self._made()
        try:
            yield worker
        finally:
            self._back(worker)

    def _kept(self, left: int) -> _Worker | None:
        """A worker that has nothing to do, of the graph as it is now; None where no more than so many are left."""
        while len(self._idle) > left:
            worker = self._idle.pop()
            if worker.is_fresh(self.stamp()):
                return worker
            self._replace(worker)
        return None

    def _back(self, worker: _Worker) -> None:
        """Take a worker in that nobody needs now, if it can be of use."""
        if worker.is_fresh(self.stamp()) and len(self._idle) < self._ready:
            self._idle.append(worker)
        else:
            self._replace(worker)

    async def _made(self) -> _Worker:
        """A new worker; one that nobody waits for any more when it has started is kept for others."""
        making = asyncio.get_running_loop().run_in_executor(self._threads, self._new)
        try:
            return await asyncio.shield(making)
        except asyncio.CancelledError:
            making.add_done_callback(self._unneeded)
            raise

    def _unneeded(self, making: asyncio.Future[_Worker]) -> None:
        if not making.cancelled() and making.exception() is None:
            self._back(making.result())

    def _new(self) -> _Worker:
        worker = _Worker(self._context, str(self._place), self._serving, self.stamp())
        self._all.add(worker)
        try:
            worker.opened()
        except BaseException:
            self._all.discard(worker)
            worker.end()
            raise
        return worker

    def stamp(self) -> object:
        """Tells one build of the folder from another."""
        with suppress(OSError):
            now = (self._place / MANIFEST).stat()
            return (now.st_ino, now.st_mtime_ns)
        return None

    def _replace(self, worker: _Worker) -> None:
        """End a worker, and have another ready."""
        self._all.discard(worker)
        if self._stopped:
            worker.end()
            return
        self._aside(self._ended(worker))
        self._refill()

    async def _ended(self, worker: _Worker) -> None:
        await asyncio.get_running_loop().run_in_executor(self._threads, worker.end)

    def _refill(self) -> None:
        """Have as many workers ready as there are places in the lanes where jobs start."""
        if len(self._idle) + self._coming < self._ready:
            self._coming += 1
            self._aside(self._another())

    async def _another(self) -> None:
        try:
            with suppress(Refused, OSError):
                self._back(await self._made())
        finally:
            self._coming -= 1

    def _aside(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
