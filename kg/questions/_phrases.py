"""Phrasings of queries and conditions as patterns: ``(won|received) [the] {award}`` fits "won the Tern Medal"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product

from kg import names, resources

_PART = re.compile(
    r"\((?P<one>[^()]*)\)|\[(?P<may>[^\[\]]*)\]|\{(?P<slot>\w+)\}|(?P<word>[^\s()\[\]{}]+)"
)
_PARTED = re.compile(r"(<[\w ]+>)")
_CHOICE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|<(?P<alone>[\w ]+)>")
_WORD = re.compile(r"[^\W_](?:[^\s?!,;:\"“”()]*[^\W_])?(?:\.(?=\s[a-z]))?|,")
_OWNED = re.compile(r"^(.+?)['’](s)?$")
_SHORT = {
    "who's": "who is", "what's": "what is", "where's": "where is", "didn't": "did not", "doesn't": "does not",
    "don't": "do not", "isn't": "is not", "aren't": "are not", "wasn't": "was not", "weren't": "were not",
    "where'd": "where did", "when'd": "when did", "what'd": "what did", "how'd": "how did", "who've": "who have",
    "there's": "there is", "who're": "who are", "hadn't": "had not",
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
        for word in _WORD.findall(text.replace("’", "'").replace("‘", "'")):
            long = _SHORT.get(word.lower())
            owned = None if long else _OWNED.match(word)
            if long:
                printed += long.split()
            elif owned and (owned[2] or owned[1].endswith("s")):
                printed += [owned[1], "'s"]
            else:
                printed.append(word)
        return cls(tuple(printed), tuple(names.strip_accents(w).lower() for w in printed))

    def __len__(self) -> int:
        return len(self.plain)

    def __getitem__(self, part: slice) -> Words:
        return Words(self.printed[part], self.plain[part])

    def without(self, at: int) -> Words:
        """These words but one."""
        return Words(
            self.printed[:at] + self.printed[at + 1 :], self.plain[:at] + self.plain[at + 1 :]
        )

    @property
    def text(self) -> str:
        """The words as printed, in one line."""
        return " ".join(self.printed).replace(" 's", "'s").replace(" ,", ",")


_SYNTAX = frozenset("([<")
_INNERMOST = re.compile(r"\((?P<one>[^()\[\]]*)\)|\[[^()\[\]]*\]")


@dataclass(frozen=True)
class Phrase:
    """A phrasing that is ready to be tried.

    Parameters:
        form: a pattern with a mark behind each slot, where the number of its words goes.
        literal: how many words of it are no slots, at least.
    """

    form: str
    slots: tuple[str, ...]
    literal: int

    def fits(self, words: Words) -> Iterator[dict[str, Words]]:
        """What may stand in the slots, where all words fit; every way to part them."""
        text = "".join(f"{w} " for w in words.plain)
        if not _pattern(self.form, ("1,",) * len(self.slots)).fullmatch(text):
            return
        sizes = range(1, len(words) - len(self.slots) + 2)
        ways = product(*[sizes] * len(self.slots))
        for way in ways:
            if sum(way) > len(words):
                continue
            counts = tuple(map(str, way)) or ("1,",) * len(self.slots)
            if match := _pattern(self.form, counts).fullmatch(text):
                yield {
                    name: words[
                        text.count(" ", 0, match.start(name)) : text.count(" ", 0, match.end(name))
                    ]
                    for name in self.slots
                }


@lru_cache(maxsize=50_000)
def _pattern(form: str, counts: tuple[str, ...]) -> re.Pattern[str]:
    """A form whose slots take so many words each."""
    pieces = form.split("\0")
    return re.compile(
        "".join(p + (f"{{{c}}}" if c else "") for p, c in zip(pieces, (*counts, ""), strict=True))
    )


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


def plain(phrasing: str) -> str:
    """A phrasing as somebody might ask it: of several wordings the first, and nothing that may be left out."""
    text = spelt(phrasing.partition(" -> ")[0])
    while (shorter := _INNERMOST.sub(_first, text)) != text:
        text = shorter
    return " ".join(text.split())


def spoken(phrasings: Sequence[str]) -> tuple[str, ...]:
    """Those of some phrasings that stand there in plain words, or else the first as somebody might ask it."""
    simple = [p.partition(" -> ")[0] for p in phrasings if not _SYNTAX & set(p)]
    return tuple(dict.fromkeys(simple)) or tuple(plain(p) for p in phrasings[:1])


def _first(match: re.Match[str]) -> str:
    return match["one"].partition("|")[0] if match["one"] is not None else ""


@cache
def compiled(phrasing: str) -> Phrase:
    """A phrasing as a pattern."""
    slots: list[str] = []
    literal = 0
    pattern = ""
    for part in _PART.finditer(spelt(phrasing).lower()):
        if part["slot"]:
            slots.append(part["slot"])
            pattern += f"(?P<{part['slot']}>(?:\\S+ )\0)"
            continue
        choices = (part["one"] or part["may"] or part["word"]).split("|")
        told = "|".join(re.escape(" ".join(_split(c))) + " " for c in choices)
        literal += not part["may"]
        pattern += f"(?:{told})" + ("?" if part["may"] else "")
    return Phrase(pattern, tuple(slots), literal)


def _split(words: str) -> tuple[str, ...]:
    return Words.of(words).plain if words != "'s" else ("'s",)
