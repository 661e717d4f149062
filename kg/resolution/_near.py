"""Institutions of the bundled vocabulary under a name that is nearly theirs: a slip, a legal form, a place behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from kg import authorities
from kg.names import fold, organization_key
from kg.resolution._personal import one_letter

_LEGAL = frozenset(
    "inc incorporated ltd limited llc gmbh corp corporation plc ag sa bv nv ab oy spa srl pty co".split()
)
_TAIL = 3
_FEWEST = 2
_LONG = 5


@lru_cache(maxsize=100_000)
def near(name: str) -> tuple[str, str] | None:
    """The institution that a name unknown as it stands is nearly that of, and in what way; None where there is none.

    A slip is one letter in one long word that no known name or place holds, or a plural for a singular; only one
    institution may fit.
    """
    words = organization_key(name).split()
    if len(words) < _FEWEST or authorities.lookup(name):
        return None
    read = authorities.decided(authorities.readings(name))
    for way, found in (
        ("in another spelling", read.name if read and read.because != "slot" else None),
        ("but for its legal form", _without(words, legal=True)),
        ("with its place", _without(words, legal=False)),
        ("written with other spaces", _joined().get("".join(words))),
        ("but for a letter", _slip(words)),
    ):
        if found:
            return found, way
    return None


def _without(words: list[str], legal: bool) -> str | None:
    """The institution of the words before a legal form, or before its own city."""
    for size in range(1, min(_TAIL, len(words) - 1) + 1):
        tail = words[-size:]
        found = authorities.resolve(" ".join(words[:-size]))
        if found is None or found.because not in {"exact", "alias"}:
            continue
        known = authorities.institutions()[found.name]
        if _LEGAL.issuperset(tail) if legal else " ".join(tail) == fold(known.city):
            return found.name
    return None


def _keys() -> Iterator[tuple[tuple[str, ...], str]]:
    """The words of every full name and alias, with the institution."""
    for known in authorities.institutions().values():
        for form in (known.name, *(a for a in known.aliases if not a.endswith("?"))):
            yield tuple(organization_key(form).split()), known.name


@cache
def _joined() -> dict[str, str]:
    """Names without their spaces, where one institution alone has them."""
    found = defaultdict[str, set[str]](set)
    for words, name in _keys():
        found["".join(words)].add(name)
    return {key: min(names) for key, names in found.items() if len(names) == 1}


@cache
def _masks() -> dict[tuple[str, ...], set[tuple[str, str]]]:
    """Names with one word left out: that word, and the institution."""
    found = defaultdict[tuple[str, ...], set[tuple[str, str]]](set)
    for words, name in _keys():
        for i, word in enumerate(words if len(words) >= _FEWEST else ()):
            found[*words[:i], "", *words[i + 1 :]].add((word, name))
    return found


@cache
def _words() -> frozenset[str]:
    """Every word of a known name or place."""
    return frozenset(w for words, _ in _keys() for w in words) | {
        w for p in authorities.places() for w in p.split()
    }


def _slip(words: list[str]) -> str | None:
    found = {
        name
        for i, word in enumerate(words)
        if word not in _words()
        for right, name in _masks().get((*words[:i], "", *words[i + 1 :]), ())
        if one_letter(word, right, least=_LONG)
    } | {
        name
        for i, word in enumerate(words)
        for right, name in _masks().get((*words[:i], "", *words[i + 1 :]), ())
        if len(word) >= _LONG and word != right and word.rstrip("s") == right.rstrip("s")
    }
    return min(found) if len(found) == 1 else None
