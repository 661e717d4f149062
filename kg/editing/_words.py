"""The words by which a text names hidden people, whatever their order, case and accents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg import authorities, resources
from kg.names import fold

BLOCK = "█"
_TOKEN = re.compile(r"[^\W_]+")
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LONG = 5
_GIVEN, _FAMILY = 4, 3
"""Letters that a given name and a family name have at least, to be blocked where they stand alone."""


def folded(text: str) -> tuple[str, ...]:
    """The words of a text, folded one by one."""
    return tuple(fold(token) for token in _TOKEN.findall(text))


@cache
def _ordinary() -> frozenset[str]:
    """Words that are no person's alone: common family names, ordinary words, places, words of institutions."""
    shared = {family for family, share, _ in resources.rows("name-shares") if int(share)}
    known = {
        w
        for i in authorities.institutions().values()
        for n in (i.name, *i.aliases)
        for w in folded(n)
    }
    places = {w for place in authorities.places() for w in place.split()}
    return frozenset(shared | known | places | {fold(w) for w in resources.words("family-names")})


@dataclass(frozen=True)
class Words:
    """What to block.

    Parameters:
        names: full names as folded words.
        own: family names that are nobody else's: blocked on all pages and in any case.
        whole: names in a script without spaces.
    """

    names: frozenset[tuple[str, ...]]
    own: frozenset[str]
    whole: tuple[str, ...] = ()

    def names_in(self, text: str) -> bool:
        """Whether a text has a full name or a family name of theirs."""
        return self.hide(text) != text

    def hide(self, text: str, given: Iterable[str] = (), family: Iterable[str] = ()) -> str:
        """A text of the same length without their names.

        Parameters:
            given, family: folded words that are blocked as well where they are written with a capital.
        """
        tokens = list(_TOKEN.finditer(text))
        keys = [fold(t.group()) for t in tokens]
        capital = {*given, *family}
        blocked = {i for i, key in enumerate(keys) if self._is_own(key)}
        blocked |= {
            i for i, key in enumerate(keys) if key in capital and tokens[i].group()[0].isupper()
        }
        blocked |= set(self._sequences(keys))
        for i in blocked:
            start, end = tokens[i].span()
            text = text[:start] + BLOCK * (end - start) + text[end:]
        for name in self.whole:
            text = text.replace(name, BLOCK * len(name))
        return text

    def _is_own(self, key: str) -> bool:
        """Whether a folded word is a family name of theirs, or a long one run together with other letters."""
        return key in self.own or any(len(w) >= _LONG and w in key for w in self.own)

    def _sequences(self, keys: Sequence[str]) -> Iterator[int]:
        """Where full names stand, with the family name behind or in front."""
        by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in self.names:
            for turned in {name, (*name[-1:], *name[:-1])}:
                by_first.setdefault(turned[0], []).append(turned)
        for i, key in enumerate(keys):
            for name in by_first.get(key, ()):
                if tuple(keys[i : i + len(name)]) == name:
                    yield from range(i, i + len(name))

    def in_name(self, name: str) -> bool:
        """Whether the name of a file or an address holds theirs, also run together with other letters."""
        plain = "".join(folded(name))
        return any("".join(n) in plain for n in self.names) or any(w in plain for w in self.own)


def family_of(name: str) -> str:
    """The folded last word of a name of several words, the one before the comma where there is one, else ""."""
    head, comma, _ = name.partition(",")
    words = folded(head if comma else name)
    return words[-1] if len(folded(name)) > 1 and len(words[-1]) >= _FAMILY else ""


def given_of(name: str) -> frozenset[str]:
    """The folded given names of a name."""
    return frozenset(w for w in folded(name) if len(w) >= _GIVEN and w != family_of(name))


def words_of(hidden: Iterable[str], others: Iterable[str]) -> Words:
    """What to block for people of some names.

    Parameters:
        hidden: all their names.
        others: names of everybody else.
    """
    mine = list(hidden)
    theirs = {word for name in others for word in folded(name)}
    families = {family_of(name) for name in mine} - {""}
    full = frozenset(words for name in mine if len(words := folded(name)) > 1)
    return Words(
        full,
        frozenset(families - theirs - _ordinary()),
        tuple(n for n in mine if _NO_SPACES.search(n)),
    )


def is_own(family: str) -> bool:
    """Whether a family name is rare enough to tell of one person by itself."""
    return bool(family) and family not in _ordinary()
