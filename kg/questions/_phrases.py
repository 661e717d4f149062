"""Phrasings of queries and conditions as patterns: ``(won|received) [the] {award}`` fits "won the Tern Medal"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import product

from kg import names, resources

_PART = re.compile(
    r"\((?P<one>[^()]*)\)|\[(?P<may>[^\[\]]*)\]|\{(?P<slot>\w+)\}|(?P<word>[^\s()\[\]{}]+)"
)
_PARTED = re.compile(r"(<[\w ]+>)")
_CHOICE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<(?P<alone>[\w ]+)>")
_WORD = re.compile(r"[^\W_](?:[^\s?!,;:\"“”()]*[^\W_])?(?:\.(?=\s[a-z])|(?<=s)'(?=\s))?|,")
_ASKING = "whom|whose|who|which|what|where|when|how"
_BREAK = re.compile(
    r"\s+[-–—]+\s+"
    rf"|:\s+(?=(?i:{_ASKING}|did|does|do|is|are|was|were|has|have|any(?:one|body|thing)?|somebody|someone)\b)"
    r"|(?<=[\w)])[!?;]+\s+(?=\w)"
    rf"|(?<=[a-z]{{3}})\.\s+(?=(?i:{_ASKING}|i)\b)"
)
_OWNED = re.compile(r"^(.+?)['’](s)?$")
_SHORT = {
    "who's": "who is", "what's": "what is", "where's": "where is", "didn't": "did not", "doesn't": "does not",
    "don't": "do not", "isn't": "is not", "aren't": "are not", "wasn't": "was not", "weren't": "were not",
    "where'd": "where did", "when'd": "when did", "what'd": "what did", "how'd": "how did", "who've": "who have",
    "there's": "there is", "who're": "who are", "hadn't": "had not",
    "whos": "who is", "whats": "what is", "wheres": "where is", "whens": "when is", "didnt": "did not",
    "doesnt": "does not", "dont": "do not", "isnt": "is not", "arent": "are not", "wasnt": "was not",
    "werent": "were not", "hasnt": "has not", "havent": "have not", "ppl": "people", "persons": "people",
    "abt": "about", "u": "you", "ur": "your", "wich": "which", "whcih": "which", "wat": "what", "waht": "what",
    "wen": "when", "whre": "where", "hwo": "who", "teh": "the",
    "hasn't": "has not", "haven't": "have not", "never": "not", "whom": "who", "won't": "will not",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """A text in words: as printed, and in lower case without accents, as phrasings are written."""

    printed: tuple[str, ...]
    plain: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Words:
        """The words of a question; "Ada's" is two of them."""
        printed: list[str] = []
        for word in _WORD.findall(_marks(text)):
            long = _SHORT.get(word.lower())
            owned = None if long else _OWNED.match(word)
            if long:
                printed += long.split()
            elif owned and (owned[2] or owned[1].endswith("s")):
                printed += [owned[1], "'s"]
            else:
                printed.append(word)
        return cls(tuple(printed), tuple(names.strip_accents(w).lower() for w in printed))

    @cached_property
    def loose(self) -> tuple[str, ...]:
        """The plain words in the singular."""
        return tuple(map(singular, self.plain))

    @cached_property
    def kinds(self) -> tuple[Set[str], Set[str]]:
        """The plain words, and those in the singular, each once."""
        return frozenset(self.plain), frozenset(self.loose)

    def __len__(self) -> int:
        return len(self.plain)

    def __getitem__(self, part: slice) -> Words:
        return Words(self.printed[part], self.plain[part])

    def __add__(self, behind: Words) -> Words:
        return Words(self.printed + behind.printed, self.plain + behind.plain)

    def without(self, at: int) -> Words:
        """These words but one."""
        return self[:at] + self[at + 1 :]

    @property
    def text(self) -> str:
        """The words as printed, in one line."""
        return " ".join(self.printed).replace(" 's", "'s").replace(" ,", ",")


def _marks(text: str) -> str:
    """A text with plain marks: dashes and what ends a sentence part it as commas do."""
    plain = text.replace("’", "'").replace("‘", "'").replace(" / ", " or ")
    return _BREAK.sub(", ", plain)


_SYNTAX = frozenset("([<")
_INNERMOST = re.compile(r"\((?P<one>[^()\[\]]*)\)|\[[^()\[\]]*\]")


@dataclass(frozen=True)
class _Said:
    """Words of a phrasing: one of several wordings, by its first word."""

    ways: Mapping[str, tuple[tuple[str, ...], ...]]
    may: bool = False


@dataclass(frozen=True)
class Phrase:
    """A phrasing that is ready to be tried.

    Parameters:
        parts: words, and names of slots.
        slots: the names of its slots.
        literal: how many words of it are no slots, at least.
        exact: words of one and of many are not the same: "the most common topics" are several.
    """

    parts: tuple[_Said | str, ...]
    slots: tuple[str, ...]
    literal: int
    _needed: tuple[Set[str], ...] = field(default=(), repr=False)
    exact: bool = False

    def possible(self, said: Set[str]) -> bool:
        """Whether all words that it must have are among some."""
        return not any(needed.isdisjoint(said) for needed in self._needed)

    def rarest(self) -> Set[str]:
        """The first words of the part that it must have and that has fewest wordings; none where it has only slots."""
        return min(self._needed, key=len, default=frozenset())

    def fits(self, words: Words) -> Iterator[dict[str, Words]]:
        """What may stand in the slots, where all words fit; every way to part them, short names first."""
        if len(self.parts) > 1 and not self.possible(words.kinds[not self.exact]):
            return
        said = words.plain if self.exact else words.loose
        ways: dict[tuple[int, ...], tuple[int, ...]] = {}
        for way in self._ways(said, 0, 0):
            ways.setdefault(tuple(b - a for a, b in zip(way[::2], way[1::2], strict=True)), way)
        for _, way in sorted(ways.items()):
            ends = zip(self.slots, way[::2], way[1::2], strict=True)
            yield {name: words[start:end] for name, start, end in ends}

    def _ways(self, words: tuple[str, ...], part: int, at: int) -> Iterator[tuple[int, ...]]:
        """Where each slot may begin and end, from a part on and from a word on."""
        if part == len(self.parts):
            if at == len(words):
                yield ()
            return
        said = self.parts[part]
        if isinstance(said, str):
            for end in range(at + 1, len(words) + 1):
                yield from ((at, end, *rest) for rest in self._ways(words, part + 1, end))
            return
        for way in said.ways.get(words[at], ()) if at < len(words) else ():
            if words[at : at + len(way)] == way:
                yield from self._ways(words, part + 1, at + len(way))
        if said.may:
            yield from self._ways(words, part + 1, at)


class Book:
    """Many phrasings, of which those that may fit are found by the words that they must have."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Each stands under every wording of the part of it that has fewest."""
        self._by_word: tuple[dict[str, list[int]], dict[str, list[int]]] = {}, {}
        self._always: list[int] = []
        for number, phrase in enumerate(phrases):
            needed = phrase.rarest()
            for word in needed:
                self._by_word[not phrase.exact].setdefault(word, []).append(number)
            if not needed:
                self._always.append(number)

    def near(self, words: Words) -> list[int]:
        """The numbers of the phrasings that may fit some words, in their order."""
        found = set(self._always)
        for known, said in zip(self._by_word, words.kinds, strict=True):
            for word in said & known.keys():
                found.update(known[word])
        return sorted(found)


@cache
def _wordings() -> dict[str, str]:
    """What phrasings name in angle brackets: words that say the same, parted by bars."""
    return dict(row.split("\t") for row in resources.words("question-words"))


def _spread(choice: str) -> str:
    """A choice with every wording of what it names."""
    parts = [
        _wordings()[p[1:-1]].split("|") if p[:1] == "<" else [p] for p in _PARTED.split(choice)
    ]
    return "|".join("".join(way) for way in product(*parts))


def spelt(phrasing: str) -> str:
    """A phrasing with the words that it names in angle brackets."""

    def said(match: re.Match[str]) -> str:
        if match["alone"]:
            return f"({_wordings()[match['alone']]})"
        inside = "|".join(_spread(choice) for choice in match[0][1:-1].split("|"))
        return f"{match[0][0]}{inside}{match[0][-1]}"

    return _CHOICE.sub(said, phrasing)


def worded(form: str) -> str:
    """A regular expression with the words that it names in angle brackets."""
    return _PARTED.sub(lambda match: f"(?:{_wordings()[match[1][1:-1]]})", form)


def plain(phrasing: str) -> str:
    """A phrasing as somebody might ask it: of several wordings the first, and nothing that may be left out."""
    text = spelt(phrasing.partition(" -> ")[0])
    while (shorter := _INNERMOST.sub(_first, text)) != text:
        text = shorter
    return " ".join(text.split()).replace(" 's", "'s")


@cache
def simple(phrasings: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some phrasings that stand there in plain words."""
    return tuple(
        dict.fromkeys(plain(p) for p in phrasings if not _SYNTAX & set(p.partition(" -> ")[0]))
    )


def spoken(phrasings: tuple[str, ...]) -> tuple[str, ...]:
    """Those of some phrasings that stand there in plain words, or else the first as somebody might ask it."""
    return simple(phrasings) or tuple(plain(p) for p in phrasings[:1])


def _first(match: re.Match[str]) -> str:
    return match["one"].partition("|")[0] if match["one"] is not None else ""


@cache
def compiled(phrasing: str, exact: bool = False) -> Phrase:
    """A phrasing ready to be tried."""
    parts: list[_Said | str] = []
    literal = 0
    for part in _PART.finditer(spelt(phrasing).lower()):
        if part["slot"]:
            parts.append(part["slot"])
            continue
        parts.append(_said(part["one"] or part["may"] or part["word"], bool(part["may"]), exact))
        literal += not part["may"]
    slots = tuple(p for p in parts if isinstance(p, str))
    needed = tuple(p.ways.keys() for p in parts if not isinstance(p, str) and not p.may)
    return Phrase(tuple(parts), slots, literal, needed, exact)


@cache
def _said(choices: str, may: bool, exact: bool) -> _Said:
    """Wordings that bars part, in their order."""
    ways: dict[str, tuple[tuple[str, ...], ...]] = {}
    for said in map(_split, choices.split("|")):
        way = said if exact else tuple(map(singular, said))
        ways[way[0]] = (*ways.get(way[0], ()), way)
    return _Said(ways, may)


@cache
def _split(words: str) -> tuple[str, ...]:
    if words.isascii() and words.replace(" ", "").isalpha():
        return tuple(w for word in words.split() for w in _SHORT.get(word, word).split())
    owned = ("'s",) if words.startswith("'s") else ()
    return (*owned, *Words.of(words.removeprefix("'s")).plain)


_ONE = {"has": "have", "does": "do", "are": "is", "were": "was", "am": "is"}
_NO_PLURAL = ("ss", "us", "is", "'s")


@lru_cache(maxsize=20_000)
def singular(word: str) -> str:
    """A word of one and of many alike, "speakers" and "speaker", "works" and "work": questions are loose in number."""
    if word in _ONE or len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return _ONE.get(word, word)
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "xes", "sses")) else word[:-1]
