"""What could be asked instead of a question that is not understood: phrasings like it, with the names it has."""

from __future__ import annotations

from difflib import SequenceMatcher

from kg import queries
from kg.questions._linking import Linker
from kg.questions._phrases import Words, simple

_NEAREST, _LONGEST, _ALIKE = 3, 7, 0.9
_KINDS = ("person", "institution", "award", "series", "topic")
_PLAIN = frozenset(
    "who what which where when how why is are was were the a an of in at on for and or to from with by "
    "did does do".split()
)


def nearest(linker: Linker, words: Words) -> tuple[str, ...]:
    """The phrasings that are most like a question, those that ask of what it names before all others."""
    known = _named(linker, words)
    rest = [w for n, w in enumerate(words.plain) if not any(n in at for at, _ in known.values())]
    text = " ".join(rest)
    ranked = []
    for query in queries.catalogue().values():
        kinds = {p.type for p in query.parameters}
        told = {p.name: known[p.type][1] for p in query.parameters if p.type in known}
        unfit = bool(known) and not told
        for phrasing in simple(query.phrasings):
            bare = phrasing.format_map({p.name: "" for p in query.parameters})
            alike = SequenceMatcher(None, text, bare.lower()).ratio()
            values = query.examples | told
            missing = len(kinds - known.keys())
            ranked.append((unfit, missing if known else 0, -alike, phrasing.format_map(values)))
    best = sorted(set(ranked))
    return tuple(dict.fromkeys(said for *_, said in best))[:_NEAREST]


def _named(linker: Linker, words: Words) -> dict[str, tuple[range, str]]:
    """The longest names in a question by what they are of, each with where it stands."""
    found: dict[str, tuple[range, str]] = {}
    taken: set[int] = set()
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size + 1):
            at = range(start, start + size)
            if taken & set(at) or set(words.plain[start : start + size]) & _PLAIN:
                continue
            for kind in _KINDS:
                named = linker.plainly(kind, words[start : start + size])
                if named and named.sure >= _ALIKE and kind not in found:
                    found[kind] = at, named.labels[0]
                    taken |= set(at)
                    break
    return found
