"""One question to one machine of the web: how long it may take, how much it may answer, in which form."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from importlib.metadata import PackageNotFoundError, version
from queue import Empty, SimpleQueue
from threading import Event, Thread
from time import monotonic
from typing import Any

from kg.errors import MissingPart, ReadError
from kg.readers._addresses import Unreachable, resolved, shown

_HOME = "https://w3id.org/talkgraph/terms"
_CONNECT, _READ = 10.0, 20.0
"""Seconds that a connection and the next piece of an answer may take."""
_SHOWN = 120


class Broken(Exception):
    """A connection broke, or nothing came through it; the next may hold."""


class _Closed(Exception):
    """Nobody listens at a number."""


@dataclass(frozen=True)
class Question:
    """What is asked for.

    Parameters:
        headers: beside those of every question.
        most: bytes that the answer may have.
        cut: whether a longer one is cut rather than refused.
        private: whether this machine and its own network may be asked.
        deadline: when the answer must be there, on the clock that only goes forward.
    """

    url: str
    most: int
    deadline: float
    headers: dict[str, str] = field(default_factory=dict)
    cut: bool = False
    private: bool = False


@dataclass(frozen=True)
class Answer:
    """What came back; the bytes are kept where all went well."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    data: bytes = field(default=b"", repr=False)


def agent() -> str:
    """How this program names itself."""
    try:
        number = version("talkgraph")
    except PackageNotFoundError:
        number = "0"
    return f"TalkGraph/{number} (+{_HOME})"


def ask(question: Question) -> Answer:
    """The answer of the first of a host's machines that listens.

    Raises:
        Broken: the connection broke, or the answer is garbled.
        Unreachable: there is no such host, no machine of it listens, or time is up.
        ReadError: it may not be asked, or answers more than it may.
        MissingPart: the HTTP client is not installed.
    """
    httpx = client()
    try:
        whole = httpx.URL(question.url)
    except (httpx.InvalidURL, UnicodeError):
        raise ReadError(f"{shown(question.url)} is no address of the web") from None
    return _in_time(question, lambda gone: _first(question, whole, gone))


def client() -> Any:
    """The HTTP library.

    Raises:
        MissingPart: it is not installed.
    """
    try:
        import httpx  # noqa: PLC0415  optional, and not loaded unless a page is fetched
    except ImportError:
        raise MissingPart("fetching a page needs httpx; pip install 'talkgraph[web]'") from None
    for name in (
        "httpx",
        "httpcore",
    ):  # at INFO they tell whole addresses, with what is secret in them
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx


@cache
def _certificates() -> Any:
    return client().create_ssl_context()


def _in_time(question: Question, work: Callable[[Event], Answer]) -> Answer:
    """What ``work`` returns or raises, unless it takes longer: then it is left to end by itself.

    Looking up a name has no limit of its own, and those of the client are for one step each: a server that trickles
    would never run into them.
    """
    done: SimpleQueue[Answer | BaseException] = SimpleQueue()
    gone = Event()

    def run() -> None:
        try:
            done.put(work(gone))
        except BaseException as error:  # handed over to whoever waits
            done.put(error)

    Thread(target=run, daemon=True, name="kg-fetching").start()
    try:
        outcome = done.get(timeout=max(0.0, question.deadline - monotonic()))
    except Empty:
        raise Unreachable(f"{shown(question.url)} takes too long") from None
    finally:
        gone.set()
    if isinstance(outcome, BaseException):
        raise outcome
    return outcome


def _first(question: Question, whole: Any, gone: Event) -> Answer:
    why = "no machine"
    port = whole.port or (443 if whole.scheme == "https" else 80)
    for number in resolved(whole.raw_host.decode("ascii"), port, question.private):
        try:
            return _asked(question, whole, number, gone)
        except _Closed as error:
            why = str(error)
    raise Unreachable(f"{shown(question.url)} cannot be reached ({why})")


def _asked(question: Question, whole: Any, number: str, gone: Event) -> Answer:
    """Ask the machine of this number, and no other, in the name of the host."""
    httpx = client()
    headers = {
        "Host": whole.netloc.decode("ascii"),
        "User-Agent": agent(),
        "Accept-Encoding": "gzip",
        **question.headers,
    }
    settings = {
        "verify": _certificates() if whole.scheme == "https" else False,
        "timeout": httpx.Timeout(_READ, connect=_CONNECT),
        "trust_env": False,  # a proxy would look the name up again
    }
    try:
        with httpx.Client(**settings) as asking:
            named = {"sni_hostname": whole.raw_host.decode("ascii")}
            to = whole.copy_with(host=number)
            request = asking.build_request("GET", to, headers=headers, extensions=named)
            reply = asking.send(request, stream=True)
            told = {name.lower(): value for name, value in reply.headers.items()}
            wanted = reply.status_code == HTTPStatus.OK
            data = _received(question, told, reply.iter_raw(), gone) if wanted else b""
            reply.close()
            return Answer(reply.status_code, told, data)
    except (httpx.ConnectError, httpx.ConnectTimeout) as error:
        raise _Closed(_line(str(error)) or "it does not answer") from None
    except httpx.TimeoutException:
        raise Broken(f"nothing came for {_READ:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Broken(f"the connection broke ({type(error).__name__})") from None


def _received(
    question: Question, headers: dict[str, str], pieces: Iterable[bytes], gone: Event
) -> bytes:
    """The body of an answer, unpacked piece by piece and never much further than it may be long."""
    length = headers.get("content-length", "")
    if length.isdigit() and int(length[:20]) > question.most and not question.cut:
        raise _too_long(question)
    unpacker = _Unpacker(question, headers.get("content-encoding", "").strip().lower())
    data = bytearray()
    for piece in pieces:
        data += unpacker.unpack(piece, question.most + 1 - len(data))
        if len(data) > question.most:
            if not question.cut:
                raise _too_long(question)
            return bytes(data[: question.most])
        if gone.is_set():
            raise Broken("nobody waits for this answer")
    unpacker.end()
    return bytes(data)


class _Unpacker:
    """Unpacks a body piece by piece; one packed in several parts, each by itself, is all of them."""

    def __init__(self, question: Question, encoding: str) -> None:
        """Nothing came yet.

        Raises:
            ReadError: the body is packed in a way that was not asked for.
        """
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            raise ReadError(f"{shown(question.url)} is sent packed as {encoding[:20]!r}, unasked")
        self._plain = encoding in ("", "identity")
        self._packed: Any = None

    def unpack(self, piece: bytes, most: int) -> bytes:
        """At most so many bytes more.

        Raises:
            Broken: they are garbled.
        """
        if self._plain:
            return piece
        found = bytearray()
        rest = piece
        try:
            while rest and len(found) < most:
                if self._packed is None:
                    self._packed = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
                packed = self._packed
                found += packed.decompress(packed.unconsumed_tail + rest, most - len(found))
                rest = packed.unused_data.lstrip(b"\0") if packed.eof else b""
                self._packed = None if packed.eof else packed
        except zlib.error:
            raise Broken("the answer is garbled") from None
        return bytes(found)

    def end(self) -> None:
        """Note that nothing more comes.

        Raises:
            Broken: something is missing.
        """
        if self._packed is not None:
            raise Broken("the answer ends in the middle")


def _too_long(question: Question) -> ReadError:
    return ReadError(
        f"{shown(question.url)} has more than {question.most:,} bytes, the limit of a page"
    )


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_SHOWN]
