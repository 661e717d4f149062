"""Copies of fetched pages on this machine, with what tells whether the page has changed since."""

from __future__ import annotations

import json
import os
import secrets
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from kg import imports

_FOLDER = "pages"


@dataclass(frozen=True)
class Copy:
    """A page as it was sent.

    Parameters:
        key: a hash of the address that was asked for; the address may hold what is secret, and is not kept.
        url: that address as it may be told.
        at: the same of the address that answered, after redirections.
        answered: a hash of that address.
        media: the media type, with its parameters.
        file: the name that the page is to be saved under, if its site gives one.
        etag, modified: what the site tells it by, to be asked whether it has changed.
        fetched: the day.
        digest: SHA-256 of the bytes.
    """

    key: str
    url: str
    at: str
    answered: str = ""
    media: str = ""
    file: str = ""
    etag: str = ""
    modified: str = ""
    fetched: str = ""
    digest: str = ""

    @property
    def path(self) -> Path:
        """Where the bytes lie."""
        return _place(self.key).with_suffix(".body")

    @property
    def validators(self) -> dict[str, str]:
        """What a question says for the site to tell whether the page has changed."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {
            n: value
            for n, value in told.items()
            if value.isascii() and value.isprintable() and value
        }

    def data(self) -> bytes | None:
        """The bytes; None where they are gone or were changed."""
        with suppress(OSError):
            found = self.path.read_bytes()
            return found if sha256(found).hexdigest() == self.digest else None
        return None


def kept(url: str) -> Copy | None:
    """The copy of a page, if there is a whole one."""
    try:
        told = json.loads(_place(key_of(url)).with_suffix(".json").read_text("utf-8"))
        copy = Copy(**{str(k): str(v) for k, v in told.items()})
    except (OSError, ValueError, TypeError, AttributeError):
        return None
    return copy if copy.key == key_of(url) and copy.data() is not None else None


def keep(told: dict[str, Any], data: bytes) -> Copy:
    """Keep a page; what cannot be written is read from memory by whoever asked, and fetched again next time."""
    day = datetime.now(UTC).date().isoformat()
    copy = Copy(**told, fetched=day, digest=sha256(data).hexdigest())
    with suppress(OSError):
        copy.path.parent.mkdir(parents=True, exist_ok=True)
        _write(copy.path, data)
        text = json.dumps(asdict(copy), ensure_ascii=False, indent=1)
        _write(copy.path.with_suffix(".json"), text.encode("utf-8", "backslashreplace"))
    return copy


def key_of(url: str) -> str:
    """What an address is known by."""
    return sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def _place(key: str) -> Path:
    return imports.home() / _FOLDER / key[:32]


def _write(path: Path, data: bytes) -> None:
    """Put bytes in place at once, whoever else is writing."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        part.write_bytes(data)
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
