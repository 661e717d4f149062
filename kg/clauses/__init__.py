"""Sentences of a biography to frames: who held, earned or won what, where and when.

A sentence is read left to right as slots between anchors (role, degree, award). Anchors that follow each other
share the place that comes after them; a place, date or advisor binds to the anchors that are open; a new anchor
behind a filled slot starts a new chunk. A verb sets the tense, an unknown verb closes the door. Nothing is tied
by nearness: what stands between two mentions must be words that may stand there.
"""

from __future__ import annotations

from kg.clauses._advice import advised
from kg.clauses._frames import OPENING, Chunk, Frame, Opening, Place
from kg.clauses._reader import Reader
from kg.clauses._words import Item, is_school, verbs
from kg.language import Sentence
from kg.model import Mention

__all__ = [
    "OPENING",
    "Chunk",
    "Frame",
    "Item",
    "Opening",
    "Place",
    "is_school",
    "items",
    "read",
    "verbs",
]


_ASIDE = 5


def read(
    sentence: Sentence,
    mentions: tuple[Mention, ...],
    opening: Opening = OPENING,
) -> tuple[Frame, ...]:
    """Frames of one sentence.

    Parameters:
        mentions: settled mentions of the sentence, in reading order.
        opening: what is known of the sentence before its first word.
    """
    sentence = sentence.in_english
    reader = Reader(sentence, opening)
    found = items(sentence, mentions)
    for item in found:
        reader.take(item)
    return advised(sentence, found, tuple(reader.finish()), opening.licensed)


def items(sentence: Sentence, mentions: tuple[Mention, ...]) -> list[Item]:
    """Tokens and mentions in reading order; a mention stands for the tokens it covers."""
    out: list[Item] = []
    waiting = list(mentions)
    for token in sentence.tokens:
        while waiting and waiting[0].span.end <= token.span.start:
            waiting.pop(0)
        if waiting and waiting[0].span.start <= token.span.start < waiting[0].span.end:
            if not out or out[-1] is not waiting[0]:
                out.append(waiting[0])
        else:
            out.append(token)
    return _without_asides(out)


def _without_asides(found: list[Item]) -> list[Item]:
    """Leave out brackets of plain words: "at X (a startup building pumps) and at Y"."""
    out: list[Item] = []
    opened: int | None = None
    for item in found:
        out.append(item)
        if isinstance(item, Mention):
            opened = None
        elif item.text == "(":
            opened = len(out) - 1
        elif item.text == ")" and opened is not None:
            if len(out) - opened > _ASIDE:
                del out[opened:]
            opened = None
    return out
