"""What the names of fields mean, in the languages that data of talks use: "Speaker 2 Bio", "vortragsTitel", "姓名"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from kg import names, resources

_LONGEST = 160
_PHRASE = 4
_SHORT = 3
_BRACKETS = re.compile(r"[(\[{（【][^)\]}）】]*[)\]}）】]?")
_INSIDE = re.compile(r"[(\[（]\s*(\w+)\s*[)\]）]")
_HUMP = re.compile(r"(?<=[a-zà-ÿ\d])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-zà-ÿ])")
_DIGITS = re.compile(r"\d+")
_EITHER = re.compile(r"\s*(?:/|\||&|\+|,|;|\band\b|\bor\b|\bund\b|\boder\b|\bet\b|\bou\b)\s*", re.I)
_PREFIX = re.compile(r"^(?:gsx|dc|schema|foaf|og|acf|field|wp|tx|dcterms)[$:_-]+", re.IGNORECASE)
_ELISION = re.compile(r"\b(?:l|d|dell|all|sull|nell)['’]", re.IGNORECASE)
_CODES = "en de fr es pt it nl pl cs sk ru uk zh ja ko sv da nb fi hu ro tr ca el"
_NAMED = (
    "english:en englisch:en anglais:en eng:en german:de deutsch:de french:fr francais:fr spanish:es espanol:es cn:zh"
    " portuguese:pt italian:it dutch:nl polish:pl czech:cs russian:ru chinese:zh japanese:ja jp:ja korean:ko kr:ko"
)
_LANGUAGES = dict(entry.split(":") for entry in _NAMED.split()) | {c: c for c in _CODES.split()}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "co": 2, "additional": 2, "other": 2}
_OWNERS = frozenset(["speaker", "author", "talk"])


def _table(renamed: str, kept: str) -> dict[str, str]:
    pairs = (entry.split(":") for entry in renamed.split())
    return {part: part for part in kept.split()} | dict(pairs)


_OWNED = {
    "speaker": _table(
        "name:speaker author:speaker people:speaker title:role text:bio about:bio abstract:bio topic:title"
        " session:talk",
        "speaker talk talks first last role organization unit post bio id",
    ),
    "talk": _table(
        "name:title text:abstract about:abstract topic:title author:speaker",
        "title talk talks abstract speaker type date start year month id keywords status subtitle series session bio"
        " event",
    ),
    "session": _table(
        "name:session title:session about:text author:speaker",
        "text abstract speaker type date start id status keywords",
    ),
    "event": _table(
        "name:event title:event about:text",
        "event date start year month text speaker type id talk talks",
    ),
}
_OWNED["author"] = _OWNED["speaker"]
_TOGETHER = {
    frozenset(halves.split("+")): part
    for halves, part in _table(
        "role+organization:post role+unit:post title+organization:post unit+organization:organization"
        " title+post:role name+organization:speaker speaker+organization:speaker name+role:speaker"
        " speaker+author:speaker first+last:name date+start:date date+year:date abstract+text:abstract"
        " abstract+about:abstract title+abstract:text bio+text:bio bio+about:bio keywords+topic:keywords"
        " title+topic:title title+subtitle:title topic+event:title title+role:role series+title:series"
        " series+name:series type+status:type",
        "",
    ).items()
}


class Meaning(NamedTuple):
    """What a field holds.

    Parameters:
        part: one of the parts that ``data/vocabulary/field-names.txt`` tells of; "" where the name means nothing known.
        group: the number of the speaker (or talk) it belongs to, where the name has one.
        owner: "speaker", "author", "talk", "session" or "event", where the name says whose it is.
        language: of its text, where the name says so.
    """

    part: str
    group: int = 0
    owner: str = ""
    language: str = ""


UNKNOWN = Meaning("")


@cache
def _vocabulary() -> dict[str, str]:
    """Folded names of fields and their parts; where two parts claim a name, the first has it."""
    found: dict[str, str] = {}
    for row in resources.words("field-names"):
        part, _, phrases = row.partition("\t")
        for phrase in phrases.split("|"):
            found.setdefault(names.fold(phrase), part)
    return found


@cache
def _fillers() -> frozenset[str]:
    rows = (row.partition("\t") for row in resources.words("field-names"))
    return frozenset(
        names.fold(p) for part, _, ps in rows if part == "filler" for p in ps.split("|")
    )


@lru_cache(maxsize=1 << 14)
def meaning(key: str) -> Meaning:
    """What a field of this name holds."""
    if len(key) > _LONGEST:
        return UNKNOWN
    key = _PREFIX.sub("", key.strip())
    inside = _INSIDE.search(key)
    language = _LANGUAGES.get(names.fold(inside[1]), "") if inside else ""
    bare = _BRACKETS.sub(" ", key).strip() or key
    words = _words(bare)
    group, words = _number(words)
    if len(words) > 1 and words[-1] in _LANGUAGES and " ".join(words) not in _vocabulary():
        language, words = _LANGUAGES[words[-1]], words[:-1]
    if len(words) > 1 and words[0] in _ORDINALS and _vocabulary().get(words[1]) in _OWNERS:
        group, words = _ORDINALS[words[0]], words[1:]
    part, owner = (_either(bare), "") if " ".join(words) not in _vocabulary() else ("", "")
    if not part:
        part, owner = _read(words)
    return Meaning(part, group, owner, language) if part else UNKNOWN


def _words(key: str) -> list[str]:
    """The folded words of a name, without articles that lean on the next: "dell'intervento"."""
    return names.fold(_HUMP.sub(" ", _ELISION.sub("", key)).replace("_", " ")).split()


def _number(words: list[str]) -> tuple[int, list[str]]:
    """The number in a name and the words without it: "speaker2 bio"."""
    text = " ".join(words)
    digits = _DIGITS.search(text)
    if not digits:
        return 0, words
    rest = _DIGITS.sub(" ", text).split()
    return (int(digits[0][:4]), rest) if rest else (0, words)


def _read(words: list[str]) -> tuple[str, str]:
    """The part that words mean together, and whose it is; "" where they mean nothing."""
    whole = _vocabulary().get(" ".join(words), "")
    if whole and whole != "filler":
        return whole, ""
    found = list(_parts(words))
    if "" in found:
        return "", ""
    told = [part for part in found if part != "filler"]
    part, owner = (told[0], "") if told else ("", "")
    for other in told[1:]:
        part, owner = _join(part, other, owner)
    return part, owner


def _parts(words: list[str]) -> Iterator[str]:
    """The parts that words name one after the other, the longest names first; "" for a word of no meaning."""
    known, at = _vocabulary(), 0
    while at < len(words):
        for end in range(min(len(words), at + _PHRASE), at, -1):
            phrase = " ".join(words[at:end])
            if end == at + 1 and phrase in _fillers() and len(words) > 1:
                yield "filler"
                break
            if phrase in known:
                yield known[phrase]
                break
        else:
            end = at + 1
            yield from _pieces(words[at]) or [""]
        at = end


def _pieces(word: str) -> list[str]:
    """The parts of a word that is put together of known ones: "vortragstitel", "演讲者简介"; [] where it is not."""
    known = _vocabulary()
    least = _SHORT if word.isascii() else 1
    for cut in range(len(word) - 1, least - 1, -1):
        head, rest = word[:cut], word[cut:]
        if known.get(head, "filler") == "filler" or (rest != "id" and len(rest) < least):
            continue
        if rest in known and known[rest] != "filler":
            return [known[head], known[rest]]
        if not word.isascii() and (more := _pieces(rest)):
            return [known[head], *more]
    return []


def _join(first: str, second: str, owner: str) -> tuple[str, str]:
    """What two names mean side by side, and whose the thing is."""
    if "noise" in (first, second):
        return "noise", owner
    if "other" in (first, second):
        return "other", owner
    for whose, what in ((first, second), (second, first)):
        if whose in _OWNED and what in _OWNED[whose] and (what not in _OWNED or whose == first):
            return _OWNED[whose][what], whose
    if first == second:
        return first, owner
    if together := _TOGETHER.get(frozenset([first, second])):
        return together, owner
    return ("noise", owner) if {first, second} & _OWNED.keys() else ("", owner)


def _either(key: str) -> str:
    """What a name means that gives two: "Affiliation / Company" is one part, "Role and organization" are a post."""
    halves = [half for half in _EITHER.split(key) if half.strip()]
    if not 1 < len(halves) <= _SHORT:
        return ""
    parts = {_read(_words(half))[0] for half in halves}
    if len(parts) > 1:
        parts.discard("noise")
    return parts.pop() if len(parts) == 1 else _TOGETHER.get(frozenset(parts), "")
