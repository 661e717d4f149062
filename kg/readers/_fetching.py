"""Pages of the web, fetched politely: what robots.txt asks is done, a host is not pressed, a copy is kept.

Which machine is asked is settled before anything is sent, for each redirection anew: names are looked up here, numbers
of this machine and its own network are left out, and the connection goes to the number that was checked.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import unquote, urljoin, urlsplit

from kg.errors import ReadError
from kg.readers import _pages, _robots
from kg.readers._addresses import Unreachable, checked, shown
from kg.readers._asking import Answer, Broken, Question, ask
from kg.readers._pages import Copy, key_of
from kg.readers._robots import Rules

_LOG = logging.getLogger("kg")
_PROGRESS = logging.getLogger("kg.progress")
_TRIES, _HOPS = 3, 5
_WAIT = 1.0
"""Seconds before a page is asked for again, twice as many each time."""
_PAUSE = 1.0
"""Seconds between two pages of one host, if its robots.txt does not ask for more."""
_TOTAL = 120.0
"""Seconds that a page may take, with all that is asked again and all redirections."""
_ROBOTS = 512_000
_AGAIN = frozenset({429, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_FILE = re.compile(
    r"""filename\s*=\s*"?([^";]{1,200})|filename\*\s*=\s*[\w-]*'[\w-]*'([^;]{1,200})""", re.I
)


@dataclass(frozen=True)
class Fetched:
    """A page of the web: what was told of it, and its bytes."""

    copy: Copy
    data: Callable[[], bytes] = field(repr=False)


class Fetcher:
    """Fetches pages one after the other, and remembers what their hosts ask for."""

    def __init__(self, most: int, private: bool = False) -> None:
        """Nothing is fetched yet.

        Parameters:
            most: bytes that a page may have.
            private: whether addresses of this machine and its own network may be asked.
        """
        self._most, self._private = most, private
        self._rules: dict[str, Rules] = {}
        self._last: dict[str, float] = {}

    def fetch(self, url: str) -> Fetched:
        """A page; where its site does not answer, the copy of an earlier day, with a note in the log.

        Raises:
            ReadError: it cannot be fetched, or may not.
            MissingPart: the HTTP client is not installed.
        """
        url = checked(url)
        known = _pages.kept(url)
        _PROGRESS.info("fetching %s", shown(url))
        try:
            return self._fetched(url, known, time.monotonic() + _TOTAL)
        except Unreachable as error:
            if known is None:
                raise
            _LOG.warning("%s; the copy of %s is used", error, known.fetched)
            return _of(known)

    def _fetched(self, url: str, known: Copy | None, deadline: float) -> Fetched:
        at = url
        for _ in range(_HOPS + 1):
            self._ask_leave(at, deadline)
            headers = known.validators if known and known.answered == key_of(at) else {}
            answer = self._asked(self._question(at, deadline, headers))
            if answer.status == HTTPStatus.NOT_MODIFIED and headers and known:
                return _of(known)
            if answer.status == HTTPStatus.OK:
                return _kept(_pages.keep(_told(url, at, answer.headers), answer.data), answer.data)
            at = _next(at, answer)
        raise ReadError(f"{shown(url)} leads on more than {_HOPS} times")

    def _question(self, url: str, deadline: float, headers: dict[str, str]) -> Question:
        return Question(url, self._most, deadline, headers, private=self._private)

    def _ask_leave(self, url: str, deadline: float) -> None:
        """Mind the robots.txt of a site, and when it was last asked.

        Raises:
            ReadError: the page may not be fetched by programs.
        """
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._robots(site, deadline)
        rules = self._rules[site]
        if not rules.allow(url):
            raise ReadError(
                f"{shown(url)}: the robots.txt of {parts.hostname} asks programs not to fetch it;"
                " save the page and build from the file"
            )
        if site in self._last:
            since = time.monotonic() - self._last[site]
            _rest(max(_PAUSE, rules.pause) - since, url, deadline)
        self._last[site] = time.monotonic()

    def _robots(self, site: str, deadline: float) -> Rules:
        """What a site asks of programs; nothing where it has no robots.txt.

        Raises:
            Unreachable: it cannot be told, and then nothing may be fetched.
        """
        at = f"{site}/robots.txt"
        for _ in range(_HOPS + 1):
            answer = self._asked(Question(at, _ROBOTS, deadline, cut=True, private=self._private))
            if answer.status == HTTPStatus.OK:
                return _robots.read(answer.data.decode("utf-8", "replace"))
            if answer.status not in _MOVED:
                break
            at = _next(at, answer)
        return _robots.EVERYTHING

    def _asked(self, question: Question) -> Answer:
        """The answer of a host, which is asked again where it is busy.

        Raises:
            Unreachable: there is none, or none of use.
        """
        for number in range(1, _TRIES + 1):
            wait = _WAIT * 2 ** (number - 1)
            try:
                answer = ask(question)
            except Broken as error:
                why = str(error)
            else:
                if answer.status not in _AGAIN:
                    return answer
                why = _status(answer.status)
                wait = max(wait, _asked_to_wait(answer.headers.get("retry-after", "")))
            if number < _TRIES:
                _rest(wait, question.url, question.deadline, why)
        raise Unreachable(f"{shown(question.url)}: {why}")


def _kept(copy: Copy, data: bytes) -> Fetched:
    """A page that was just fetched; its bytes stay in memory only where they could not be kept."""
    return _of(copy) if copy.data() is not None else Fetched(copy, lambda: data)


def _of(copy: Copy) -> Fetched:
    return Fetched(copy, lambda: _bytes(copy))


def _bytes(copy: Copy) -> bytes:
    data = copy.data()
    if data is None:
        raise ReadError(f"{shown(copy.url)}: the copy of it was deleted while it was read")
    return data


def _told(url: str, at: str, headers: dict[str, str]) -> dict[str, str]:
    named = _FILE.search(headers.get("content-disposition", ""))
    return {
        "key": key_of(url),
        "url": shown(url),
        "at": shown(at),
        "answered": key_of(at),
        "media": headers.get("content-type", ""),
        "file": unquote(named[1] or named[2]) if named else "",
        "etag": headers.get("etag", ""),
        "modified": headers.get("last-modified", ""),
    }


def _next(url: str, answer: Answer) -> str:
    """Where an answer leads on to.

    Raises:
        ReadError: it does not.
    """
    there = answer.headers.get("location", "")
    if answer.status not in _MOVED or not there:
        raise ReadError(f"{shown(url)}: {_status(answer.status)}")
    try:
        return checked(urljoin(url, there))
    except ValueError:
        raise ReadError(f"{shown(url)} leads to no address of the web") from None


def _status(number: int) -> str:
    try:
        return f"HTTP {number} ({HTTPStatus(number).phrase})"
    except ValueError:
        return f"HTTP {number}"


def _asked_to_wait(text: str) -> float:
    """Seconds that a host asks to be left alone, given as such or as a time."""
    if text.strip().isdigit():
        return float(text.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _rest(seconds: float, url: str, deadline: float, why: str = "") -> None:
    """Wait, if there is so much time.

    Raises:
        Unreachable: there is not.
    """
    if seconds > deadline - time.monotonic():
        told = f" ({why})" if why else ""
        raise Unreachable(f"{shown(url)} asks to be left alone for {seconds:,.0f} seconds{told}")
    if seconds > 0:
        time.sleep(seconds)
