"""The people that one field names, and the places that another gives them: "A. Byron (Lund University), B. Roe"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.readers import _empty, _naming
from kg.readers._fields import meaning
from kg.readers._markup import prose

_MOST = 4_000
_OPEN, _CLOSE = "([{（【<", ")]}）】>"
_HARD = re.compile(r"\s*(?:[;|•；、\n]|\s/\s|//)\s*")
_HASH = re.compile(r"(?<=[^\W\d_])\s*#\s*(?=[^\W\d_])")
_COMMA = re.compile(r"\s*[,，]\s*")
_AND = re.compile(
    r"\s*(?:\s(?:and|und|et|og|och|ja|és|và|with|together with|sowie|и|та)\s|\s?&\s?|\s\+\s"
    r"|(?<=[\u3040-\u9fff])[和与與](?=[\u3040-\u9fff]))\s*"
)
_SHORT_AND = re.compile(r"\s(?:y|e|i|en|a|ve|si|și|oraz|eta)\s")
_BEHIND = re.compile(r"\s*[-–—]\s+|\s*—\s*|\s+@\s*|\s+(?:at|from)\s+(?=(?:the\s+)?[A-Z])")
_BRACKETS = re.compile(r"\s*[(\[（【]([^()\[\]（）【】]*)[)\]）】]")
_LABEL = re.compile(r"^([^:：()]{2,40})\s*[:：]\s+(?=\S)")
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")
_LABELS = frozenset(["speaker", "author", "talk", "series", "session", "event", "name"])
_ET_AL = re.compile(
    r"[,\s]*\bet\.?\s+al\.?|[,\s]*\band (?:others|more|colleagues|friends|team)\b", re.IGNORECASE
)


class Named(NamedTuple):
    """A person as a field names one.

    Parameters:
        name: without titles and letters behind it, the given name first.
        post: the words beside it that tell post and place; "" where there are none.
        marks: the numbers beside it, which another field explains: "Ada Byron (1, 2)".
    """

    name: str
    post: str = ""
    marks: tuple[str, ...] = ()


def people(cell: str) -> list[Named]:
    """Those who speak by a field that names them, each once; organizations, helpers and "TBA" are nobody."""
    found: dict[str, Named] = {}
    given = _HASH.sub("; ", cell[:_MOST])
    text = _ET_AL.sub("", "\n".join(_naming.cleaned(line) for line in prose(given).split("\n")))
    for piece in _pieces(text):
        for named in _read(piece):
            if named.name and named.name not in found and _somebody(named.name):
                found[named.name] = named
    return list(found.values())


def _somebody(name: str) -> bool:
    """Whether words may name a person: no organization, nothing unsaid, with letters, and not a sentence."""
    if _empty.unsaid(name) or _empty.helper(name) or not any(map(str.isalpha, name)):
        return False
    if len(name) > 80 or len(name.split()) > 8 or _CLOCK.search(name):
        return False
    return not (" " in name and _naming.body(name)) and not _naming.small(name)


def _split(text: str, at: re.Pattern[str]) -> list[str]:
    """The parts of a text between separators that stand in no brackets."""
    parts, begun = [], 0
    for match in at.finditer(text):
        before = text[begun : match.start()]
        if _depth(before) == 0:
            parts.append(before)
            begun = match.end()
    parts.append(text[begun:])
    return [p for p in map(str.strip, parts) if p]


def _depth(text: str) -> int:
    return max(0, sum(text.count(c) for c in _OPEN) - sum(text.count(c) for c in _CLOSE))


def _pieces(text: str) -> Iterator[str]:
    """A field in parts that each name one person or several by commas."""
    for piece in _split(text, _HARD):
        for part in _split(piece, _AND) if _several(piece) else [piece]:
            halves = _split(part, _SHORT_AND)
            yield from (
                halves
                if len(halves) > 1 and all(" " in h and _naming.person(h) for h in halves)
                else [part]
            )


def _several(piece: str) -> bool:
    """Whether the "and" of a piece joins people, not the words of a place or post."""
    parts = _split(piece, _AND)
    if any(map(_in_a_place, parts, parts[1:])):
        return False
    return len(parts) > 1 and all(_opens_with_name(p) for p in parts)


def _in_a_place(before: str, after: str) -> bool:
    """Whether an "and" joins words of a place: "Ada Byron, Department of Logic" and "Sums, Lund University"."""
    _, comma, place = before.rpartition(",")
    head = _COMMA.split(after)[0].strip()
    lone = " " not in head and not _naming.given(head)
    return bool(comma) and lone and _naming.body(place)


def _opens_with_name(part: str) -> bool:
    head = _BRACKETS.sub("", _COMMA.split(part)[0]).strip()
    head = _BEHIND.split(_LABEL.sub("", head))[0]
    head = _naming.bare(head)
    single = (
        " " not in head and (_naming.given(head) or not _naming.body(head)) and head[:1].isupper()
    )
    return _naming.person(head) or (single and not _naming.post(head))


def _read(piece: str) -> list[Named]:
    """The people of a part between hard separators."""
    label = _LABEL.match(piece)
    if label:
        told = {meaning(word).part for word in (label[1], *label[1].split())}
        if "other" in told or _empty.helper(label[1]):
            return []
        if told & _LABELS:
            piece = piece[label.end() :]
    parts = _lettered(_split(piece, _COMMA))
    if len(parts) == 1:
        return list(_unbracketed(parts[0]))
    if _by_citation(parts):
        pairs = zip(parts[::2], parts[1::2], strict=True)
        return [Named(_naming.bare(f"{first} {last}")) for last, first in pairs]
    if len(parts) == 2 and _naming.turned(parts[0], _BRACKETS.sub("", parts[1])):
        return list(
            _unbracketed(f"{_BRACKETS.sub('', parts[1])} {parts[0]}{''.join(_tails(parts[1]))}")
        )
    return _in_turn(parts)


def _tails(text: str) -> list[str]:
    return [match[0] for match in _BRACKETS.finditer(text)]


def _lettered(parts: list[str]) -> list[str]:
    """Parts between commas, without degrees and letters that belong to the name before."""
    kept = [p for p in parts if not _naming.letters(p)]
    return kept or parts[:1]


def _by_citation(parts: list[str]) -> bool:
    """Whether names are given as in a list of papers: "Byron, A., Roe, J."."""
    firsts = parts[1::2]
    return len(parts) > 2 and len(parts) % 2 == 0 and all(map(_naming.initials, firsts))


def _in_turn(parts: list[str]) -> list[Named]:
    """Parts between commas: each a person, or post and place of the person before."""
    heads = [_naming.bare(_BEHIND.split(_BRACKETS.sub("", p))[0]) for p in parts]
    whole_names = [_naming.person(h) for h in heads]
    single = [" " not in h and not _naming.body(h) and not _naming.post(h) for h in heads]
    given = [_naming.given(h) for h in heads]
    alone = not any(whole_names[1:]) and (sum(single) == len(parts) or all(given))
    found: list[tuple[str, list[str]]] = []
    for n, part in enumerate(parts):
        lone = single[n] and (alone or given[n] or not _placed(n, whole_names, single))
        if not found or whole_names[n] or (lone and heads[n][:1].isupper()):
            found.append((part, []))
        else:
            found[-1][1].append(part)
    out = []
    for head, rest in found:
        out += [
            n._replace(post=", ".join(filter(None, [n.post, *rest]))) for n in _unbracketed(head)
        ]
    return out


def _placed(at: int, whole_names: list[bool], single: list[bool]) -> bool:
    """Whether a single word behind a whole name is its place: there are as many such words as names, or one name."""
    people = sum(whole_names)
    return at > 0 and whole_names[at - 1] and (people == 1 or people == sum(single))


def _unbracketed(text: str) -> Iterator[Named]:
    """One name and what stands in brackets or behind a dash; nobody where that says that the person does not speak."""
    beside: list[str] = []
    marks: list[str] = []
    for inside in (match[1].strip() for match in _BRACKETS.finditer(text)):
        marks += re.findall(r"\d+", inside) if re.fullmatch(r"[\d,; ]+", inside) else []
        if _empty.helper(inside):
            return
        if _telling(inside) and not _naming.same(_BRACKETS.sub("", text), inside):
            beside.append(inside)
    nick = re.match(r"^\S+\s+[(\[]\S+[)\]]\s+\S+", text)
    plain = text if nick else _BRACKETS.sub(" ", text)
    head, *rest = _BEHIND.split(plain, maxsplit=1)
    if rest and (_naming.person(_naming.bare(head)) or _naming.given(head)):
        plain, tail = head, rest[0].strip(" ,-–—")
        if _empty.helper(tail):
            return
        beside += [tail] if _telling(tail) else []
    yield Named(
        _naming.bare(_naming.cleaned(plain)), "" if nick else ", ".join(beside), tuple(marks)
    )


def _telling(text: str) -> bool:
    """Whether words beside a name may be post or place."""
    if (
        not any(map(str.isalpha, text))
        or _empty.loose(text)
        or _empty.unsaid(text)
        or len(text) < 2
    ):
        return False
    return not (
        _naming.person(text) and _naming.given(text.split(maxsplit=1)[0]) and not _naming.body(text)
    )


def numbered(places: str) -> dict[str, str]:
    """Places by the numbers before them: "1: Lund University; 2: Ghent University"; none where they have no numbers."""
    found = [_NUMBERED.match(part) for part in _split(places, _ROWS)]
    return {m[1]: m[2] for m in found if m} if all(found) else {}


def share(places: str, count: int) -> list[str]:
    """Places of one field for several people: one each where it gives as many, else all for each."""
    for at in (_ROWS, _SLASH, _AND, _COMMA) if count > 1 else ():
        parts = _split(places, at)
        if len(parts) == count and (at is _ROWS or _apart(parts)):
            return parts
    return [places] * count


_NUMBERED = re.compile(r"\s*[(\[]?(\d{1,2})\s*[:.)\]]\s*(\S.*)")
_ROWS, _SLASH = re.compile(r"\s*[;\n|；]\s*"), re.compile(r"\s+/\s+")
_WHOLE = re.compile(
    r"universi|institut|college|academ|laborator|\blabs?\b|hospital|\binc\b|gmbh|\bltd\b|centre|center|hochschule|polytech|politecn|foundation|corp",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"^(?:the )?(?:school|department|dept|faculty|division|institute|laboratory|chair|group|centre|center) ",
    re.I,
)


def whole(place: str) -> bool:
    """Whether words name an organization that is no unit of another, by a word that such names have."""
    head = place.partition(",")[0]
    return _WHOLE.search(place) is not None and not (_UNIT.match(head) and head == place)


def _apart(parts: list[str]) -> bool:
    """Whether each part is an organization by itself: none a unit of the next, none a town."""
    heads = [part.partition(",")[0] for part in parts]
    whole_ = [_WHOLE.search(h) is not None or (h.isupper() and 2 <= len(h) <= 6) for h in heads]
    return all(whole_) and not any(_UNIT.match(h) for h in heads[:-1])
