"""Organizations: known names, names built around a head word, and capitalised runs that a slot may claim."""

from __future__ import annotations

import re
from functools import cache

from kg import authorities, names, resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.mentions._beside import is_other, is_town
from kg.mentions._boundary import WEAK_HEADS, after, before, heads, part, words
from kg.mentions._employers import employers
from kg.model import Mention

__all__ = ["find", "heads", "heads_weakly"]

_LONGEST = 11
_BASED = re.compile(r"[ -]based\b")
_SPUN_OFF = re.compile(r"\bspin-?\s?(?:off|out)s?\s+(?:company\s+)?(?:of|from)\s+(?:the\s+)?$")
_DESCRIBED = re.compile(
    r",\s+an?\s+(?:[\w-]+\s+){0,4}(?:company|firm|start-?up|consultancy|agency|platform|non-?profit|organi[sz]ation)\s+"
    r"(?:that|which|\w+ing|\w+ed)\b(?P<more>(?:e\.g\.|i\.e\.|[^.;])*)$"
)
_RETURNS = re.compile(
    r",\s+and\b|\band\s+(?:an?|the)\b|\b(?:he|she|they|where|who|previously|formerly|prior|before|after)\b"
)
_LOWER_HEADS = frozenset(
    (
        "university institute college academy laboratory lab center centre hospital museum "
        "universitet universitetet hogskola hogskolan hoyskole"
    ).split()
)
_ROMANCE_HEADS = frozenset(
    "universita universite universidad universidade istituto instituto institut ecole".split()
)
_POSTS = frozenset(
    (
        "scholar fellow professor member director librarian manager engineer scientist chair "
        "co-chair editor lead leader coordinator"
    ).split()
)
_LINKS = frozenset(
    (
        "of the for and & de du des la le les del della di der fur et y e at in on do da dos "
        "das van von und zu l' d' - – ' et"
    ).split()
)


def heads_weakly(name: str) -> bool:
    """Whether a name is an organization only by a word that names a field as often ("Graph Learning Research")."""
    words_ = names.fold(name).split()
    strong = any(heads().get(w) and w not in WEAK_HEADS for w in words_)
    return not strong and any(w in WEAK_HEADS for w in words_)


@cache
def _never() -> frozenset[str]:
    return frozenset(names.fold(w) for w in resources.words("never-organizations"))


@cache
def _known_lengths() -> dict[str, int]:
    """First folded word of a known name -> the most words such a name has."""
    longest: dict[str, int] = {}
    for key in authorities.known_keys():
        words = key.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Organizations of a sentence; ``note`` says how each was found (``known``, ``centre``, ``unit``, ``run`` ...)."""
    own = {w for p in context.people for w in names.fold(p).split()}
    built = [*_built(sentence), *_several(sentence)]
    known = [m for m in _known(sentence) if not _part_of_built(m, built)]
    known = [m for m in known if not is_town(sentence, m, known) and not is_other(sentence, m)]
    runs = [m for m in _runs(sentence) if not set(names.fold(m.value).split()) & own]
    named = [m for m in employers(sentence) if not set(names.fold(m.value).split()) & own]
    found = [*known, *_defined(sentence, context), *built, *named, *runs]
    return [m for m in found if not _only_tells_of(sentence, m)]


def _only_tells_of(sentence: Sentence, m: Mention) -> bool:
    """Whether it only says where another stands, comes from, or whom it serves: "a Leeds based agency", "spin-off of
    Lund University", "Acme, a company providing services to the ACM"."""
    start, end = m.span.start - sentence.span.start, m.span.end - sentence.span.start
    based = _BASED.match(sentence.text, end) and (m.note == "slot" or authorities.resolve(m.value))
    if based or _SPUN_OFF.search(sentence.text, 0, start):
        return True
    told = _DESCRIBED.search(sentence.text, 0, start)
    return told is not None and not _RETURNS.search(told["more"])


def _part_of_built(m: Mention, built: list[Mention]) -> bool:
    """Whether a known short name only opens a longer name ("NSF Institute for X"), or a city stands in one."""
    if m.note == "slot":
        return any(b.span.start <= m.span.start and m.span.end <= b.span.end for b in built)
    return any(
        b.kind == "organization"
        and b.note in {"org", "centre", "journal"}
        and b.span.start == m.span.start
        and m.span.end < b.span.end
        and authorities.resolve(b.value) is None
        and m.note == "known"
        and _shorter(m, b)
        for b in built
    )


def _shorter(m: Mention, b: Mention) -> bool:
    """Whether the longer name goes on with words of its own, not only with a campus or place."""
    printed = b.value[: m.span.end - m.span.start]
    return b.span.end - m.span.end > 4 and heads().get(names.fold(printed).split()[-1]) != "org"


def _several(sentence: Sentence) -> list[Mention]:
    """ "the Universities of X, Y and Z": one university a name."""
    tokens, found = sentence.tokens, []
    for i, token in enumerate(tokens):
        if token.lower != "universities" or i + 2 >= len(tokens) or tokens[i + 1].lower != "of":
            continue
        at = i + 2
        while at < len(tokens) and part(tokens[at]):
            end = words(tokens, at)
            name = f"University of {sentence.between(at, end)}"
            known = authorities.resolve(name)
            found.append(
                Mention(
                    "organization",
                    sentence.place(at, end),
                    known.name if known else name,
                    2.3,
                    "known",
                )
            )
            at = end
            while at < len(tokens) and tokens[at].lower in {",", "and", "&"}:
                at += 1
    return found


def _known(sentence: Sentence) -> list[Mention]:
    """Longest known name from each word on, compared by folded words; acronyms as printed."""
    tokens, found, i = sentence.tokens, [], 0
    while i < len(tokens):
        mention, end = _known_at(sentence, i)
        if mention:
            found.append(mention)
        i = end
    return found


_EXCHANGES = frozenset(["nasdaq", "nyse", "tsx", "asx"])
"""Before a colon they only tell where a firm's shares are sold: "Acme (NASDAQ: ACM)"."""


def _first(tokens: tuple[Token, ...], i: int) -> str:
    """The folded word that a known name may begin with here; "" where none does."""
    token = tokens[i]
    if not (token.capital or token.text[0].isdigit()) or not token.word:
        return ""
    word = (names.fold(token.text).split() or [""])[0]
    word = "university" if word in {"u", "univ"} else names.uninflected(word)
    if word in _EXCHANGES and i + 1 < len(tokens) and tokens[i + 1].text == ":":
        return ""
    return word if word in _known_lengths() or word in names.SMALL else ""


def _known_at(sentence: Sentence, i: int) -> tuple[Mention | None, int]:
    tokens = sentence.tokens
    first = _first(tokens, i)
    if not first:
        return None, i + 1
    limit = min(len(tokens), i + 2 * _known_lengths().get(first, 1) + 2, i + _LONGEST + 6)
    for end in range(limit, i, -1):
        if not tokens[end - 1].word or (end - i > 1 and not _joins(tokens, i, end)):
            continue
        found = authorities.lookup(sentence.between(i, end))
        if found and _hyphened(tokens, end):
            return None, end
        if found and found[0].because == "slot" and _city(tokens, end):
            continue
        if found and _unit(tokens, i):
            return None, i + 1
        if found and (end - i > 1 or _not_a_word(tokens[i], found[0].because)):
            best = authorities.resolve(sentence.between(i, end))
            note = "slot" if found[0].because == "slot" else "known" if best else "ambiguous"
            value = best.name if best else sentence.between(i, end)
            return Mention("organization", sentence.place(i, end), value, 2.2, note), end
    return None, i + 1


def _begins_anew(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether another name begins behind a comma, and none stands before it: in "Institute of Marine Science,
    University of Oslo" there is no "Science University of Oslo"."""
    for n in range(start + 1, end):
        behind = [t.lower for t in tokens[n + 1 : end] if t.lower != "the"][:2]
        if tokens[n].text == "," and behind == ["university", "of"]:
            return not authorities.lookup(" ".join(t.text for t in tokens[start:n]))
    return False


def _unit(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a part of an institution begins here, never one itself: "Department", "Faculty of Science"."""
    ahead = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    first = tokens[i].lower
    return first in {"department", "departments"} or (first == "faculty" and ahead == "of")


def _hyphened(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a slash or hyphen ties the name to a further word ("NSF/TRIPODS-funded"): then it only qualifies."""
    return (
        end + 1 < len(tokens)
        and tokens[end].text in {"/", "-"}
        and tokens[end].span.start == tokens[end - 1].span.end
        and tokens[end + 1].span.start == tokens[end].span.end
    )


def _city(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a bare name is a city because its state or country follows: "Cambridge, Massachusetts"."""
    return (
        end + 1 < len(tokens)
        and tokens[end].text == ","
        and names.fold(tokens[end + 1].text) in authorities.places()
    )


def _joins(tokens: tuple[Token, ...], start: int, end: int) -> bool:
    """Whether the words between may stand inside one name: capitals, links, a comma before a campus."""
    inner = tokens[start:end]
    if _begins_anew(tokens, start, end):
        return False
    return (
        inner[-1].capital or inner[-1].text[0].isdigit() or _foreign(inner)
        if all(
            t.capital
            or t.lower in _LINKS
            or t.text in {"i", ",", ".", "'", "'s", "’s", "‘s", "(", ")", "–", "-", "&", "!"}
            or t.text[0].isdigit()
            for t in (inner[:-1] if _foreign(inner) else inner)
        )
        else False
    )


def _foreign(inner: tuple[Token, ...]) -> bool:
    """Whether a name may end in a word in lower case: "Università della Svizzera italiana", "Lunds universitet"."""
    if inner[-1].lower in _LOWER_HEADS and len(inner) > 1:
        return True
    return len(inner) > 2 and inner[0].lower in _ROMANCE_HEADS and inner[-1].lower not in _LINKS


def _not_a_word(token: Token, because: str) -> bool:
    """A single word counts if it is no field, weekday or title; acronyms must be printed in capitals."""
    if because in {"usual", "acronym"}:
        return sum(c.isupper() for c in token.text) >= 2
    return names.fold(token.text) not in _never()


def _defined(sentence: Sentence, context: Context) -> list[Mention]:
    """Acronyms that this page introduced: "Institute of Inland Transport (IIT)"."""
    out = []
    for i, token in enumerate(sentence.tokens):
        full = context.acronyms.get(token.text)
        if full:
            known = authorities.resolve(full)
            out.append(
                Mention(
                    "organization",
                    sentence.place(i, i + 1),
                    known.name if known else full,
                    2.3,
                    "defined",
                )
            )
    return out


def _built(sentence: Sentence) -> list[Mention]:
    """Names around a head word: "University of X", "X Institute of Y", "Department of Z"."""
    tokens, found = sentence.tokens, []
    for i, token in enumerate(tokens):
        word = (names.fold(token.text).split() or [""])[-1]  # "Max-Planck-Institut"
        kind = heads().get(word)
        if kind is None or not (token.capital or kind == "unit" or _lower_head(tokens, i)):
            continue
        first, end = before(tokens, i), after(tokens, i)
        if end - first < 2 or names.fold(tokens[end - 1].text) in _POSTS:
            continue
        if not token.capital and not (tokens[first].capital or (kind == "unit" and end > i + 1)):
            continue
        if token.text == "faculty" and first == i:
            continue
        if names.fold(token.text) in WEAK_HEADS and _inside(tokens, first):
            continue
        if kind == "unit" and _unit_is_org(tokens, first, i):
            kind = "org"
        weight = 1.4 if names.fold(token.text) in WEAK_HEADS else 1.9
        found.append(
            Mention(
                "unit" if kind == "unit" else "organization",
                sentence.place(first, end),
                sentence.between(first, end),
                weight,
                kind,
            )
        )
    return found


def _inside(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a name is the tail of a longer one: "[Baltic Platform for] Complex Systems"."""
    return first > 1 and tokens[first - 1].lower == "for" and part(tokens[first - 2])


def _lower_head(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a head in lower case closes a name: "the Santa Fe institute", "Rovira university hospital"."""
    return (
        i > 1
        and tokens[i].lower in _LOWER_HEADS
        and part(tokens[i - 1])
        and (i + 1 == len(tokens) or not tokens[i + 1].capital)
    )


def _unit_is_org(tokens: tuple[Token, ...], first: int, i: int) -> bool:
    """A named business, medical or graduate school is an institution people name alone; "School of X" is not."""
    before = tokens[i - 1].lower if i > first else ""
    return (
        tokens[i].lower == "school"
        and before in {"business", "medical", "graduate", "law", "summer", "high"}
        and i - first >= 2
    )


def _ideographs(text: str) -> bool:
    """Whether a run is a short name in Chinese or Japanese script, as stands in brackets behind a person's."""
    return len(text) < 5 and all("\u3040" <= c <= "\u9fff" for c in text)


def _runs(sentence: Sentence) -> list[Mention]:
    """Capitalised runs that no list knows: organizations only where a slot asks for one."""
    sentence = sentence.in_english  # "Sie", "Obtuvo", "Actualmente" open sentences, no names
    tokens, found, i = sentence.tokens, [], 0
    while i < len(tokens):
        if not part(tokens[i]) or (i == 0 and tokens[i].tag in {"VBD", "VBN", "VBG"}):
            i += 1
            continue
        end = words(tokens, i)
        while (
            end + 1 < len(tokens)
            and tokens[end].lower in {"of", "&", "de", "for"}
            and part(tokens[end + 1])
        ):
            end = words(tokens, end + 1)
        folded = names.fold(sentence.between(i, end))
        if folded in authorities.places():
            found.append(Mention("place", sentence.place(i, end), folded, 0.45))
        elif folded and folded not in _never() and not _ideographs(folded):
            found.append(
                Mention(
                    "organization", sentence.place(i, end), sentence.between(i, end), 0.4, "run"
                )
            )
        i = end
    return found
