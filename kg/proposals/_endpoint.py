"""One question to a chat completions endpoint: the only module that calls out, and only when it is asked to.

What will not get better by asking on (nobody answers, the key is refused, no such model) is a ``ModelError``; what
may be better next time (busy, slow, garbled) is a ``Passing`` one. No message holds the key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

from kg.errors import MissingPart, ModelError
from kg.settings import LanguageModel

KEY = "TALKGRAPH_LLM_KEY"
"""The environment variable that holds the service's key."""

_MOST = 1_000_000
_SHOWN = 200
_PATH = "/chat/completions"
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_Reply = tuple[int, bytes]


class Passing(ModelError):
    """This question was not answered; the next one may be."""


def address(url: str) -> str:
    """The full address of a service.

    Raises:
        ModelError: it is no plain http or https address; a name, key or query in it would end up in messages.
    """
    try:
        parts = urlsplit(url.strip())
        fine = parts.scheme in {"http", "https"} and parts.hostname and (parts.port or 1)
    except ValueError:
        fine = False
    if not fine:
        raise ModelError("the language model's URL is no http or https address")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ModelError(
            f"the language model's URL holds more than an address; a key goes into {KEY}"
        )
    whole = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
    return whole if whole.endswith(_PATH) else whole + _PATH


def in_the_clear(where: str) -> bool:
    """Whether the key would leave this machine unencrypted."""
    parts = urlsplit(where)
    return bool(_key()) and parts.scheme == "http" and parts.hostname not in _HERE


def ask(model: LanguageModel, body: dict[str, Any]) -> str:
    """The text of a model's answer.

    Raises:
        Passing: there was no answer in time, or none that is a chat completion.
        ModelError: asking further is of no use.
        MissingPart: the HTTP client is not installed.
    """
    try:
        import httpx  # noqa: F401, PLC0415  optional, and not loaded unless a model is asked
    except ImportError:
        raise MissingPart(
            "asking a language model needs httpx; pip install 'talkgraph[llm]'"
        ) from None
    where, key, seconds = address(model.url), _key(), model.timeout
    status, data = _in_time(seconds, lambda gone: _post((where, key), body, seconds, gone))
    if status != 200:
        raise _refused(where, status, _said(data, key))
    return _content(data)


def _key() -> str:
    key = os.environ.get(KEY, "").strip()
    if not (key.isascii() and key.isprintable()):
        raise ModelError(f"{KEY} holds characters that no key has")
    return key


def _in_time(seconds: float, work: Callable[[Event], _Reply]) -> _Reply:
    """What ``work`` returns or raises, unless it takes longer: then it is left to end by itself.

    The client's own limits are for one step each; a server that trickles would never run into them.
    """
    done: SimpleQueue[_Reply | Exception] = SimpleQueue()
    gone = Event()

    def run() -> None:
        try:
            done.put(work(gone))
        except Exception as error:  # handed over to whoever waits
            done.put(error)

    Thread(target=run, daemon=True, name="kg-proposals").start()
    try:
        outcome = done.get(timeout=seconds)
    except Empty:
        raise _late(seconds) from None
    finally:
        gone.set()
    if isinstance(outcome, Exception):
        raise outcome
    return outcome


def _post(to: tuple[str, str], body: dict[str, Any], seconds: float, gone: Event) -> _Reply:
    import httpx  # noqa: PLC0415  optional, and not loaded unless a model is asked

    where, key = to
    headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    outside = urlsplit(where).hostname not in _HERE
    try:
        with (
            httpx.Client(timeout=seconds, trust_env=outside) as client,
            client.stream(
                "POST", where, content=json.dumps(body).encode(), headers=headers
            ) as reply,
        ):
            return reply.status_code, _received(reply.iter_bytes(), gone)
    except httpx.ConnectError as error:
        raise ModelError(f"no language model answers at {where}: {_line(str(error))}") from None
    except (httpx.InvalidURL, httpx.UnsupportedProtocol):
        raise ModelError(f"{where} is no address of a language model") from None
    except httpx.TimeoutException:
        raise _late(seconds) from None
    except httpx.HTTPError as error:
        raise Passing(f"the connection broke ({type(error).__name__})") from None


def _late(seconds: float) -> Passing:
    return Passing(f"no answer within {seconds:g} seconds")


def _received(pieces: Any, gone: Event) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > _MOST:
            raise Passing(f"the answer is longer than {_MOST:,} bytes")
        if gone.is_set():
            raise Passing("nobody waits for this answer")
    return bytes(data)


def _refused(where: str, status: int, said: str) -> ModelError:
    if status in {401, 403}:
        advice = f"refuses the key in {KEY}" if _key() else f"asks for a key; set {KEY}"
        return ModelError(f"{where} {advice} (HTTP {status})")
    told = f"HTTP {status}{': ' if said else ''}{said}"
    if 300 <= status < 400 or status in {404, 405}:
        return ModelError(f"{where} has no such model or is no chat completions endpoint ({told})")
    return Passing(told)


def _said(data: bytes, key: str) -> str:
    """The service's own words on an error, in one short line and without the key."""
    try:
        found = json.loads(data)
        told = found["error"]
        words = str(told["message"] if isinstance(told, dict) else told)
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return _line(words.replace(key, "...") if key else words)


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_SHOWN]


def _content(data: bytes) -> str:
    try:
        text = json.loads(data)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError):
        text = None
    if not isinstance(text, str):
        raise Passing("the answer is no chat completion")
    return text
