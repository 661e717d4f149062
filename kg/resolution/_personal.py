"""Names of people: their parts, in what way two can be one person's, and how rare a name is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2

from kg import resources
from kg.names import fold

SAME, ORDER, MIDDLE, PARTICLE = (
    "same name",
    "other order",
    "middle name left out",
    "particle left out",
)
JOINED, SPELLING, INITIAL, NICKNAME = "written together", "other spelling", "initials", "short form"
SECOND, SLIP = "second family name left out", "one letter apart"
WEAK = (INITIAL, SECOND, SLIP)
"""Ways that need something strong that two share; all others a rare name may carry alone."""

_Word = tuple[str, ...]
_MILLION = 1e6
_RARE_FAMILY, _RARE_GIVEN, _INITIAL_SHARE = 10 / _MILLION, 60 / _MILLION, 0.07
_KNOWN_GIVEN = 250 / _MILLION
_BITS_OF_INITIAL, _BITS_OF_MIDDLE = 1.0, 3.0
_GOES_WITH = 5.0
"""Names of one language go together: a given name is so many times as frequent among those of a like family name."""
_LONG_WORD = 6
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_WHOLE = 3
_BITS_ALONE = {"given": 8.0, "short": 14.0, "whole": 18.5, "chosen": 16.5}
"""Bits of names of one word; a whole name of three letters in Chinese, Japanese or Korean script is not rare."""
_SUFFIX = re.compile(r",?\s+(?:Jr|Sr|II|III|IV)\.?$")
_NICK = re.compile(r"""\s*(?:[("“‘']([^\W\d_][\w.-]*)[)"”’'])\s*""")
_SOUNDS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        ("sch|sz", "sh"), ("tch|tsch|cz", "ch"), ("kh", "h"), ("ph", "f"), ("ks", "x"), ("w", "v"),
        ("ck|c(?=[aou])", "k"), ("iy|ij|yi|iu|yu|ju|y|j", "i"), ("th", "t"), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip
_UMLAUT = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@dataclass(frozen=True)
class Personal:
    """A name in its parts, folded.

    Parameters:
        words: all words in the order of the name, particles kept, each split at hyphens.
        particles: which of the words are small words of the family name ("van", "de").
        nick: a further given name in brackets or quotes, or "".
    """

    words: tuple[_Word, ...]
    particles: frozenset[int]
    nick: str = ""

    @property
    def plain(self) -> tuple[_Word, ...]:
        """The words without particles."""
        return tuple(w for i, w in enumerate(self.words) if i not in self.particles)


@cache
def _particles() -> frozenset[str]:
    return frozenset(fold(w) for w in resources.words("particles"))


@cache
def _full_forms() -> dict[str, frozenset[str]]:
    lines = (line.split(": ") for line in resources.words("nicknames"))
    return {short: frozenset(full.split()) for short, full in lines}


@cache
def _shares() -> dict[str, tuple[float, float]]:
    rows = resources.rows("name-shares")
    return {word: (int(family) / _MILLION, int(given) / _MILLION) for word, family, given in rows}


@cache
def _given() -> frozenset[str]:
    return frozenset(fold(w) for w in resources.words("given-names"))


@lru_cache(maxsize=500_000)
def parse(name: str) -> Personal:
    """The parts of a name; "Byron, Ada" is turned round, "Jr." is left out."""
    text = _SUFFIX.sub("", name.strip())
    nick = _NICK.search(text)
    if nick:
        text = f"{text[: nick.start()]} {text[nick.end() :]}".strip()
    family, comma, given = text.partition(",")
    if comma and given.strip() and not _two_people(family, given):
        text = f"{given.strip()} {family.strip()}"
    spaced = re.sub(r"(?<=[^\W\d_]\.)(?=[^\W\d_])", " ", text)
    words = tuple(parts for w in spaced.split() if (parts := tuple(fold(w).split())))
    small = frozenset(
        i for i, w in enumerate(words[:-1]) if i and len(w) == 1 and w[0] in _particles()
    )
    return Personal(words, small, fold(nick[1]) if nick else "")


def _two_people(one: str, other: str) -> bool:
    """Whether both sides of a comma are whole names."""
    first, second = fold(one).split(), fold(other).split()
    whole = len(first) > 1 and len(second) > 1 and len(second[-1]) > 1
    return whole and first[0] in _given()


@cache
def _nobody() -> frozenset[str]:
    return frozenset(resources.words("nobody"))


def _is_initial(word: _Word) -> bool:
    return all(len(part) == 1 for part in word)


def _joined(word: _Word) -> str:
    return "".join(word)


@lru_cache(maxsize=100_000)
def sounds(word: str) -> str:
    """A word as it may be spelled in other systems of transcription: "Dmitriy", "Dmitri", "Müller", "Mueller"."""
    for two, one in _UMLAUT:
        word = word.replace(two, one)
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


def one_letter(one: str, other: str, least: int = _LONG_WORD) -> bool:
    """Whether two long words differ by a letter put in, left out, changed, or by two that changed places."""
    sizes = sorted((len(one), len(other)))
    if sizes[0] < least or sizes[1] < _LONG_WORD or sizes[1] - sizes[0] > 1 or one[0] != other[0]:
        return False
    i = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if i is None:
        return True
    swapped = one[:i] + one[i + 1 : i + 2] + one[i : i + 1] + one[i + 2 :]
    return (
        other in {swapped}
        or one[i + 1 :] == other[i + 1 :]
        or one[i:] == other[i + 1 :]
        or one[i + 1 :] == other[i:]
    )


def _nick_fits(one: str, other: str) -> bool:
    """Whether one is a short form of the other; two short forms of one name ("Jack", "Jon") are two names."""
    return one in _full_forms().get(other, ()) or other in _full_forms().get(one, ())


def _fits(one: _Word, other: _Word) -> str:
    """In what way two words of a name agree, or ""."""
    if _joined(one) == _joined(other):
        return SAME if one == other else JOINED
    if _is_initial(one) or _is_initial(other) or any(len(p) == 1 for p in (*one, *other)):
        return INITIAL if _initials_fit(one, other) else ""
    if sounds(_joined(one)) == sounds(_joined(other)):
        return SPELLING
    if _nick_fits(_joined(one), _joined(other)):
        return NICKNAME
    return SLIP if one_letter(_joined(one), _joined(other)) else ""


def _initials_fit(one: _Word, other: _Word) -> bool:
    if len(one) != len(other):
        short, full = sorted((one, other), key=len)
        return short == (full[0][:1],) or (_is_initial(full) and _joined(full) == short[0])
    pairs = zip(one, other, strict=True)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


Ways = tuple[str, ...]


def _told(ways: Iterable[str]) -> Ways:
    """Each way once, sorted; that all else is the same goes without saying."""
    return tuple(sorted({*ways} - {SAME})) or (SAME,)


@lru_cache(maxsize=500_000)
def ways(one: str, other: str) -> Ways:
    """In what ways two names differ that can be one person's; (SAME,) where they do not, () where they cannot be.

    The first given name and the family name must agree; given names between them may be missing in one.
    """
    a, b = sorted((parse(one), parse(other)), key=lambda p: (len(p.plain), p.words))
    if a.words == b.words:
        return (SAME,)
    if len(a.plain) < 2 or len(b.plain) < 2:
        return ()
    if "".join(map(_joined, a.words)) == "".join(map(_joined, b.words)):
        return (JOINED,)
    return _in_order(a, b) or _turned(a, b) or _second(a, b)


def _in_order(a: Personal, b: Personal) -> Ways:
    ends = [_family(a, b), _first(a, b)]
    if not all(ends):
        return ()
    between = _between(a.plain[1:-1], b.plain[1:-1])
    if between is None:
        return ()
    slips = sum(w == SLIP for w in (*ends, *between))
    return _told((*ends, *between)) if slips < 2 else ()


def _first(a: Personal, b: Personal) -> str:
    found = _fits(a.plain[0], b.plain[0])
    nicks = {a.nick, b.nick, _joined(a.plain[0]), _joined(b.plain[0])} - {""}
    if found or not (a.nick or b.nick):
        return found
    first, second = _joined(a.plain[0]), _joined(b.plain[0])
    return NICKNAME if (a.nick == second or b.nick == first) and nicks else ""


def _family(a: Personal, b: Personal) -> str:
    found = _fits(a.plain[-1], b.plain[-1])
    if found in {INITIAL, NICKNAME}:
        return ""
    small_a, small_b = ([p.words[i] for i in sorted(p.particles)] for p in (a, b))
    if found in {SAME, JOINED}:
        return found if small_a == small_b else PARTICLE if not small_a or not small_b else ""
    if not found and _whole_family(a) == _whole_family(b):
        return SPELLING
    return found


def _whole_family(name: Personal) -> str:
    start = min(name.particles, default=len(name.words) - 1)
    return "".join(_joined(w) for w in name.words[start:])


def _between(few: tuple[_Word, ...], many: tuple[_Word, ...]) -> list[str] | None:
    """How the given names in the middle agree: each of the shorter list with one of the longer, in order."""
    rest, ways = iter(many), []
    for word in few:
        found = next((w for other in rest if (w := _fits(word, other))), None)
        if found is None:
            return None
        ways.append(MIDDLE if found == INITIAL else found)
    return ways + ([MIDDLE] if len(many) > len(few) else [])


def _turned(a: Personal, b: Personal) -> Ways:
    """The same full words in another order."""
    if len(a.plain) != len(b.plain) or any(map(_is_initial, (*a.plain, *b.plain))):
        return ()
    first, second = ([_joined(w) for w in name.plain] for name in (a, b))
    return (ORDER,) if first != second and sorted(first) == sorted(second) else ()


def _second(a: Personal, b: Personal) -> Ways:
    """A second family name ("García Márquez") that one leaves out."""
    if len(b.plain) != len(a.plain) + 1 or len(b.plain) < 3 or _is_initial(b.plain[-2]):
        return ()
    agree = [_fits(x, y) for x, y in zip(a.plain, b.plain[:-1], strict=True)]
    return (SECOND,) if all(w == SAME for w in agree) else ()


def tokens(name: str) -> Iterator[tuple[str, str]]:
    """Keys under which like names meet: each full word as it sounds, with the initial of another word.

    A short form ("Bob") counts with the initials of its full forms as well.
    """
    words = [_joined(w) for w in parse(name).plain]
    for i, word in enumerate(words):
        if len(word) > 1:
            others = (other for j, other in enumerate(words) if j != i)
            initials = {
                full[0] for other in others for full in (other, *_full_forms().get(other, ()))
            }
            yield from ((sounds(word), initial) for initial in sorted(initials))


@lru_cache(maxsize=500_000)
def rarity(name: str) -> float:
    """How rare a name is, in bits: minus the base-2 logarithm of the share of people who carry it, by a rough estimate.

    Of a name with initials only the initial counts; a middle name makes it rarer, by little.
    """
    words = parse(name).plain
    if any(_joined(w) in _nobody() for w in words):
        return 0.0
    if len(words) < 2:
        return _rarity_alone(_joined(words[0])) if words else 0.0
    given = words[:-1]
    first = next((i for i, w in enumerate(given) if not _is_initial(w)), 0)
    family = max(_shares().get(_joined(words[-1]), (0.0, 0.0))[0], _RARE_FAMILY)
    share = min(1.0, _given_share(given[first]) * _GOES_WITH) * family
    others = (w for i, w in enumerate(given) if i != first)
    more = sum(_BITS_OF_INITIAL if _is_initial(w) else _BITS_OF_MIDDLE for w in others)
    return round(-log2(share) + more, 2)


def _rarity_alone(word: str) -> float:
    """Of a name of one word: a given name, a whole name in a script without spaces, or a name somebody chose."""
    if word in _given() or word in _shares():
        return _BITS_ALONE["given"]
    if _NO_SPACES.search(word):
        return _BITS_ALONE["short" if len(word) < _WHOLE else "whole"]
    return _BITS_ALONE["chosen"]


def _given_share(word: _Word) -> float:
    if _is_initial(word):
        return float(_INITIAL_SHARE ** len(word))
    whole = _joined(word)
    known = _shares().get(whole, (0.0, 0.0))[1]
    return max(known, _KNOWN_GIVEN if whole in _given() else _RARE_GIVEN)
