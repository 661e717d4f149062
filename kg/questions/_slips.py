"""Names of the graph that a question spells otherwise."""

from __future__ import annotations

from difflib import SequenceMatcher, get_close_matches

from kg import names
from kg.graph import Hit, KnowledgeGraph
from kg.questions import _naming
from kg.questions._asked import Named

SURE = 0.8
"""How sure it is that a name spelt otherwise is meant."""
_SLIP, _FOUND = 0.84 * 0.6, 0.6
"""How alike a name must be, and the most that searches give what is but alike: six tenths."""
_APART = 0.005
"""How much more alike than the next a name must be."""
_SPELT, _HITS = 5, 40
_WORD, _FAMILY = 0.82, 0.87
_BEGINS, _LONG = 4, 6


def nearest(graph: KnowledgeGraph, kind: str | None, text: str) -> Named | None:
    """The one thing that a name spelt otherwise is most like."""
    if len(text) < _SPELT:
        return None
    shape = _naming.size(text), _naming.ties(text)  # "rust and python" is no slip of one name
    near = [
        h
        for h in graph.search(text, kind, _HITS)
        if h.score >= _SLIP and (_naming.size(h.name), _naming.ties(h.name)) == shape
        if h.score <= _FOUND or _naming.alike(text, h.name)  # "Ada Byro" begins a name
        if all(_naming.spelt(word, h.name) for word in names.fold(text).split())
    ]
    if not near or (len(near) > 1 and near[0].score - near[1].score < _APART):
        return None
    return Named((near[0].name,), (near[0].thing.label,), SURE)


def respelt(graph: KnowledgeGraph, kind: str | None, text: str) -> str:
    """A name of several words with the one mended that no name has: "Max Plank Institute"; "" where none can be."""
    words = text.split()
    for n, word in enumerate(words):
        plain = names.fold(word)
        rest = " ".join(words[:n] + words[n + 1 :])
        if len(plain) < _SPELT or not rest or graph.search(word, None, 1, slips=False):
            continue
        hits = graph.search(rest, kind, _HITS, slips=False)
        known = sorted({w for h in hits for w in names.fold(h.name).split() if w[0] == plain[0]})
        if close := get_close_matches(plain, known, n=1, cutoff=_WORD):
            return " ".join((*words[:n], close[0], *words[n + 1 :]))
    return ""


def family(graph: KnowledgeGraph, text: str) -> list[Hit]:
    """People whose family name differs from a word by a slip."""
    plain = names.fold(text)
    if len(plain) < _LONG:
        return []
    hits = graph.search(plain[:_BEGINS], "person", 60)
    last = [(h, names.fold(h.name).rpartition(" ")[2]) for h in hits]
    return [h for h, name in last if SequenceMatcher(None, plain, name).ratio() >= _FAMILY]
