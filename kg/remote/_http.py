"""One conversation with one SPARQL server: who asks, how long it may take, how much may come, what went wrong.

Only the machine of the address that was given is asked, and no redirection is followed. Basic and digest
authentication (RFC 7617, RFC 7616) are used when the server asks for one; no message holds the password.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from tempfile import SpooledTemporaryFile
from time import monotonic
from typing import IO, Any
from urllib.parse import unquote, urlsplit, urlunsplit
from weakref import finalize

from kg.errors import MissingPart, RemoteError
from kg.settings import Server

USER, PASSWORD = "TALKGRAPH_STORE_USER", "TALKGRAPH_STORE_PASSWORD"
"""The environment variables of the name and the password, where the address has none."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_SHOWN, _READ = 200, 20_000
_IN_MEMORY = 8_000_000
_NOTES = logging.getLogger("kg.notes")
_TAG = re.compile(r"<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_ABSENT = frozenset({404, 405, 501})


class Told(RemoteError):
    """The server answers, and says of an error."""


class Absent(Told):
    """Nothing answers to this protocol at an address."""


@dataclass(frozen=True)
class Reply:
    """What came back, its body in a file that is read from the start."""

    headers: dict[str, str]
    body: IO[bytes] = field(repr=False)

    @property
    def media(self) -> str:
        """The media type, without parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()


def address(url: str) -> tuple[str, tuple[str, str] | None]:
    """An address without the name and password that it may hold, and these; else those of the environment.

    Raises:
        RemoteError: it is no http or https address.
    """
    try:
        parts = urlsplit(url.strip())
        fine = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        fine = False
    if not fine or not url.strip().isprintable():
        raise RemoteError("the server's address is no http or https address")
    place = parts.netloc.rpartition("@")[2]
    clean = urlunsplit((parts.scheme, place, parts.path, parts.query, ""))
    if parts.username is not None:
        return clean, (unquote(parts.username), unquote(parts.password or ""))
    user = os.environ.get(USER, "")
    return clean, (user, os.environ.get(PASSWORD, "")) if user else None


class Line:
    """A line to one machine."""

    def __init__(self, url: str, limits: Server) -> None:
        """Nothing is asked yet.

        Raises:
            RemoteError: it is no http or https address.
            MissingPart: the HTTP client is not installed.
        """
        self.url, self._known = address(url)
        self._limits = limits
        httpx = _client()
        host = urlsplit(self.url).hostname
        self._client = httpx.Client(
            follow_redirects=False,
            trust_env=host not in _HERE,
            headers={"User-Agent": "TalkGraph", "Accept-Encoding": "identity"},
        )
        finalize(self, self._client.close)

    @property
    def has_password(self) -> bool:
        """Whether there is a name and password to be asked for."""
        return self._known is not None

    def ask(self, method: str, url: str, seconds: float = 0, **how: Any) -> Reply:
        """One question, asked again with name and password if the server wants them.

        Parameters:
            url: on the machine of the line.
            seconds: that it may take, if not what the limits say.
            how: headers, content, data and params, as httpx takes them.

        Raises:
            Absent: there is no such thing at the address.
            Told: the server says of another error.
            RemoteError: nobody answers, or the server refuses, or answers too much or too late.
        """
        seconds = seconds or self._limits.timeout
        for again in (False, True):
            with self._sent(method, url, seconds, **how) as reply:
                if reply.status_code == 401 and not again and self._authentic(reply.headers):
                    continue
                return self._checked(url, reply, monotonic() + seconds)
        raise AssertionError("the second answer is the last")

    @contextmanager
    def _sent(self, method: str, url: str, seconds: float, **how: Any) -> Iterator[Any]:
        httpx = _client()
        patience = httpx.Timeout(seconds, connect=min(10.0, seconds))
        try:
            with self._client.stream(method, url, timeout=patience, **how) as reply:
                yield reply
        except httpx.ConnectError as error:
            raise RemoteError(f"nobody answers at {shown(url)}: {one_line(str(error))}") from None
        except (httpx.TimeoutException, TimeoutError):
            raise RemoteError(f"{shown(url)}: no whole answer within {seconds:g} seconds") from None
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise RemoteError(
                f"{shown(url)}: the connection broke ({type(error).__name__})"
            ) from None

    def _authentic(self, headers: Any) -> bool:
        """Whether there is a name and password to answer a challenge with, which is then prepared."""
        wanted = headers.get("www-authenticate", "").lower()
        if self._known is None or self._client.auth is not None:
            return False
        httpx = _client()
        if "digest" in wanted:
            self._client.auth = httpx.DigestAuth(*self._known)
        elif "basic" in wanted:
            if self.url.startswith("http:") and urlsplit(self.url).hostname not in _HERE:
                _NOTES.warning("the password goes to %s unencrypted", shown(self.url))
            self._client.auth = httpx.BasicAuth(*self._known)
        return self._client.auth is not None

    def _checked(self, url: str, reply: Any, until: float) -> Reply:
        status = reply.status_code
        if 200 <= status < 300:
            answer = Reply(dict(reply.headers), self._body(url, reply.iter_bytes(), until))
            finalize(answer, answer.body.close)
            return answer
        if 300 <= status < 400:
            target = shown(str(reply.headers.get("location", "")))
            raise RemoteError(
                f"{shown(url)} redirects to {target or 'nowhere'}, which is not followed; "
                "if that is right, give that address"
            )
        if status in {401, 403}:
            raise self._refused(url, status)
        told = f"{shown(url)}: HTTP {status}"
        said = self._said(reply, until)
        raise (Absent if status in _ABSENT else Told)(f"{told}: {said}" if said else told)

    def _refused(self, url: str, status: int) -> RemoteError:
        how = (
            f"refuses the name and password of {USER}, or of the address"
            if self._known
            else f"asks for a name and password; set {USER} and {PASSWORD}"
        )
        return RemoteError(f"{shown(url)} {how} (HTTP {status})")

    def _body(self, url: str, pieces: Iterable[bytes], until: float) -> IO[bytes]:
        """The whole body, kept on disk where it is long; bounded in length and in time."""
        file: IO[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115  closed with its reply
        length = 0
        try:
            for piece in pieces:
                length += len(piece)
                if length > self._limits.most_bytes:
                    most = f"{self._limits.most_bytes:,} bytes, the limit"
                    raise RemoteError(f"{shown(url)} answers with more than {most}")
                if monotonic() > until:
                    raise TimeoutError
                file.write(piece)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _said(self, reply: Any, until: float) -> str:
        """The server's own words on an error, in one short line, without markup and without the password."""
        data = b""
        for piece in reply.iter_bytes():
            data += piece
            if len(data) > _READ or monotonic() > until:
                break
        text = data[:_READ].decode("utf-8", "replace")
        if "<" in text:
            text = unescape(_TAG.sub(" ", text))
        secret = self._known[1] if self._known else ""
        return one_line(text.replace(secret, "...") if secret else text)


def shown(url: str) -> str:
    """An address for a message: without name, password and what was asked."""
    try:
        parts = urlsplit(url)
        return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
    except ValueError:
        return ""


def one_line(text: str) -> str:
    """What a server says, as a message shows it: one short line, nothing that steers a terminal."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_SHOWN]


def _client() -> Any:
    """The HTTP library.

    Raises:
        MissingPart: it is not installed.
    """
    try:
        import httpx  # noqa: PLC0415  optional, and not loaded unless a server is asked
    except ImportError:
        raise MissingPart(
            "asking a SPARQL server needs httpx; pip install 'talkgraph[remote]'"
        ) from None
    for name in ("httpx", "httpcore"):  # at INFO they tell whole addresses
        logging.getLogger(name).setLevel(logging.WARNING)
    return httpx
