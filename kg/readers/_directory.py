"""The people of a source by what its talks call them: an id, a slug, a full name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kg import names
from kg.readers import _naming, _records
from kg.readers._records import Record

Beside = Callable[[], Iterable[tuple[str, object]]]
"""Gives what files beside a source tell of speakers, each with its name."""

_LONGEST = 200


def key(text: str) -> str:
    """An id as ids are compared."""
    return text.strip().casefold()


class Directory:
    """Records of people by their ids and names; files beside the source are asked for unknown ids, once."""

    def __init__(
        self, people: Iterable[Record], beside: Beside, read: Callable[[str, object], list[Record]]
    ) -> None:
        """The people of a source, and how those of files beside it are found."""
        self._known: dict[str, Record] = {}
        self._beside: Beside | None = beside
        self._read = read
        for record in people:
            self._add(record)

    def __call__(self, text: str) -> Record | None:
        """The record of somebody."""
        if not text.strip() or len(text) > _LONGEST:
            return None
        found = self._look(text)
        if found is None and self._beside is not None and _is_id(text):
            ask, self._beside = self._beside, None
            for name, value in ask():
                for record in self._read(name, value):
                    self._add(record)
            found = self._look(text)
        return found

    def _look(self, text: str) -> Record | None:
        return self._known.get(key(text)) or self._known.get(f" {names.fold(_naming.bare(text))}")

    def _add(self, record: Record) -> None:
        ids = [key(_records.text(c.value)) for c in record.all("id")] + [key(record.key)]
        full = record.words("name", "speaker") or " ".join(
            record.words(p) for p in ("first", "last")
        )
        for name in (*ids, f" {names.fold(_naming.bare(full))}"):
            if name.strip():
                self._known.setdefault(name, record)


def _is_id(text: str) -> bool:
    """Whether a text may be an id rather than a name."""
    text = text.strip()
    return " " not in text and (
        text.isdigit() or not text[:1].isupper() or "-" in text or "_" in text
    )
