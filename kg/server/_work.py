"""A worker: a process of its own that reads a graph and does one job after another, and can be ended at any time.

A query cannot be stopped inside the engine, so it runs where it may be killed. A worker has no network where the
platform allows (Linux, user namespaces), writes no file, and gets so much memory and no more.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from time import sleep

from kg.errors import KgError, UnknownName
from kg.graph import KnowledgeGraph
from kg.server._jobs import BROKEN, Refused
from kg.server._known import JOBS
from kg.settings import Serving
from kg.workspace import MANIFEST, TEXT, Workspace

HEAD, DATA, END, FAILED = b"h", b"d", b"e", b"x"
_FRAME = 65_536
_OFTEN = 2.0
"""Seconds between two looks at whether the server is still there."""
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of Linux."""


class TooLarge(Exception):
    """An answer beyond what may be sent."""


class Frames:
    """The way back to the server: what is written goes out in frames, up to a limit."""

    def __init__(self, connection: Connection, most: int) -> None:
        """Remember where to."""
        self._connection, self._most = connection, most
        self._waiting = bytearray()
        self._written = 0

    def start(self, kind: str, headers: Mapping[str, str] | None = None) -> None:
        """Say what comes: its media type, and headers beside it."""
        told = {"kind": kind, "headers": dict(headers or {})}
        self._connection.send_bytes(HEAD + json.dumps(told).encode())

    def write(self, data: bytes) -> int:
        """Write some of an answer.

        Raises:
            TooLarge: it is more than an answer may be.
        """
        self._written += len(data)
        if self._written > self._most:
            raise TooLarge
        self._waiting += data
        if len(self._waiting) >= _FRAME:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what waits."""
        if self._waiting:
            self._connection.send_bytes(DATA + bytes(self._waiting))
            self._waiting.clear()

    def end(self) -> None:
        """Send the rest, and say that it is all."""
        self.flush()
        self._connection.send_bytes(END)

    def failed(self, status: int, reason: str, log: str = "") -> None:
        """Say that nothing comes of it, and what the server's log should say."""
        told = json.dumps({"status": status, "reason": reason, "log": log})
        self._connection.send_bytes(FAILED + told.encode())


def work(connection: Connection, place: str, serving: Serving, server: int) -> None:
    """Open the graph, say so, and do jobs until the server is gone.

    Parameters:
        place: the folder of a workspace.
        server: the process that sends the jobs; without it this one ends, also in the middle of one.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        _alone()  # before there is a thread: the platform asks for that
        Thread(target=follow, args=(server,), daemon=True).start()
        graph = opened(Path(place))
        graph.search("")  # opens the index of names
    except KgError:
        connection.close()
        return
    _bounded(serving.memory)
    connection.send_bytes(END)
    with suppress(EOFError, OSError):
        while True:
            asked = json.loads(connection.recv_bytes())
            _do(graph, asked, Frames(connection, serving.max_result))


def follow(server: int) -> None:
    """End this process once the server is gone: a query itself hears of nothing."""
    while True:
        sleep(_OFTEN)
        try:
            os.kill(server, 0)
        except ProcessLookupError:
            os._exit(1)
        except OSError:
            continue


def opened(place: Path) -> KnowledgeGraph:
    """The graph of a workspace, or of a folder that holds a graph and nothing else.

    Raises:
        WorkspaceError: there is none.
    """
    is_workspace = (place / MANIFEST).is_file() or not (place / TEXT).is_file()
    return Workspace(place).open() if is_workspace else KnowledgeGraph.open(place)


def _do(graph: KnowledgeGraph, asked: dict[str, object], out: Frames) -> None:
    try:
        JOBS[str(asked["job"])](graph, asked["arguments"], out)  # type: ignore[arg-type]
        out.end()
    except Refused as refused:
        out.failed(refused.status, refused.reason)
    except UnknownName as error:
        out.failed(404, str(error))
    except KgError as error:
        out.failed(400, str(error))
    except TooLarge:
        out.failed(413, "the answer is too large; ask for less, with LIMIT")
    except MemoryError:
        out.failed(503, "the query needs more memory than it may have")
    except (BrokenPipeError, EOFError):
        raise
    except Exception as error:  # the last door: a client sees no trace
        log = f"{asked['job']}: {type(error).__name__}: {error}"
        out.failed(500, BROKEN, log)


def _alone() -> None:
    """Leave the network, where the platform allows it: a query reaches nothing, whatever it says."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            unshare = ctypes.CDLL(None).unshare
            unshare(_NEW_NETWORK) and unshare(_NEW_USER | _NEW_NETWORK)


def _bounded(memory: int) -> None:
    """No file is written, and no more memory is taken than is allowed."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  not on every platform

    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if used := _data():
        resource.setrlimit(resource.RLIMIT_DATA, (used + memory, used + memory))


def _data() -> int:
    """Bytes of memory of its own that this process has; 0 where that is not told."""
    with suppress(OSError, ValueError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0
