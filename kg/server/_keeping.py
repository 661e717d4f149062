"""Answers that say the same until the next build: those asked for last are kept, up to so many bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from typing import NamedTuple

_MOST = 32_000_000
"""Bytes of all answers; one that takes more than a fourth of them is not kept."""


class Answer(NamedTuple):
    """The bytes of an answer, and the headers that are its own."""

    body: bytes
    headers: Mapping[str, str]


class Kept:
    """Answers of one build by what was asked."""

    def __init__(self, most: int = _MOST) -> None:
        """Keep nothing yet, and no more than so many bytes."""
        self._most, self._size = most, 0
        self._of: object = None
        self._answers: OrderedDict[str, Answer] = OrderedDict()

    def found(self, build: object, asked: str) -> Answer | None:
        """The answer of this build, if it is kept; those of another build are let go."""
        if build != self._of:
            self._of, self._size = build, 0
            self._answers.clear()
        if asked in self._answers:
            self._answers.move_to_end(asked)
        return self._answers.get(asked)

    def put(self, build: object, asked: str, answer: Answer) -> None:
        """Keep an answer; those that nobody asked for longest are let go for it."""
        size = len(answer.body) + len(asked)
        if build != self._of or asked in self._answers or 4 * size > self._most:
            return
        self._answers[asked] = answer
        self._size += size
        while self._size > self._most:
            other, gone = self._answers.popitem(last=False)
            self._size -= len(gone.body) + len(other)
