"""What a reader gets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from kg.readers._decoding import decode, head, is_binary
from kg.readers._encodings import Encoding, encoding

_HEAD = 65_536
_UTF_8 = Encoding("utf-8")


def _alone(_: str) -> bytes | None:
    return None


@dataclass(frozen=True)
class Source:
    """What a reader gets: the bytes of a file, and its name without a folder.

    Parameters:
        beside: the bytes of a file by its path relative to this one ("../category.json"); None where there is none.
        media: the media type that it was sent with ("text/html; charset=utf-8"); "" for files.
        ending: the suffix that is meant, where the name has none or another.
    """

    name: str
    data: bytes = field(repr=False)
    beside: Callable[[str], bytes | None] = field(default=_alone, repr=False, compare=False)
    media: str = ""
    ending: str = ""

    @cached_property
    def suffix(self) -> str:
        """The ending of the name in lower case, with its dot; "" where it has none."""
        return self.ending or PurePosixPath(self.name).suffix.lower()

    @cached_property
    def text(self) -> str:
        """The text of the source.

        Raises:
            ReadError: it is empty or holds no text.
        """
        return decode(self.name, self.data, self._encoding)

    @cached_property
    def head(self) -> str:
        """The first characters of the text, to tell formats by; "" where it holds no text."""
        return head(self.data[:_HEAD], self._encoding)

    @cached_property
    def _encoding(self) -> Encoding:
        return _UTF_8 if is_binary(self.data) else encoding(self.data, self.media)
