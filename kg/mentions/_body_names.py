"""The whole name of a body in which an office is held, read forward from its first word."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg import authorities, names, resources
from kg.language import Token

BOARDS = frozenset("board boards committee committees committe council panel".split())
EMPLOYERS = frozenset({"university", "college", "company", "laboratory", "hospital", "institute"})
HOLDERS = frozenset("directors governors trustees advisors regents".split())
QUOTES = frozenset({"“", '"', "‘"})
GENERIC = frozenset(
    (
        "committe editorial advisory executive scientific steering program programme technical "
        "international national organizing organising governing review board boards committee "
        "committees council panel of directors governors trustees advisors regents editors "
        "management strategic external academic"
    ).split()
)
_ARTICLES = frozenset(
    "the a an its both several la le inaugural annual new first premier prestigious leading upcoming".split()
)
_LINKS = frozenset("of for on de du des della".split())
_SERVICE = frozenset(
    (
        "conference conferences committee committees board council society association group "
        "community consortium network project journal journals series workshop foundation "
        "initiative programme program chapter section panel academy alliance steering advisory "
        "editorial scientific executive standards technical organizing user working interest "
        "special joint"
    ).split()
)
_NEVER = frozenset(
    (
        "he she they his her their i my since from before after prof dr ph phd january february "
        "march april may june july august september october november december department school "
        "faculty division university college professor senior distinguished best fellow awards "
        "award prize honors"
    ).split()
)
_OTHERS = frozenset(
    (
        "member members editor editors editor-in-chief co-editor trustee treasurer secretary chair "
        "co-chair chairman chairwoman chairperson vice-chair award prize medal"
    ).split()
)
_FIELDS = frozenset({"studies", "affairs", "relations", "rights", "research", "policy", "practice"})
_LEARNED = frozenset({"sciences", "science", "arts", "letters", "medicine", "engineering"})

Run = tuple[int, int]


@cache
def kinds() -> Mapping[str, str]:
    """Word -> the kind of body it tells."""
    return dict(line.split("\t")[:2] for line in resources.words("bodies"))


@cache
def _posts() -> frozenset[str]:
    roles = frozenset(line.split("\t")[0] for line in resources.words("roles"))
    return (roles - frozenset(kinds())) | _OTHERS


@cache
def _cities() -> frozenset[str]:
    cities = {names.fold(i.city) for i in authorities.institutions().values() if i.city}
    return frozenset(cities | {names.fold(w) for w in resources.words("places")})


def article(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind articles and a lower-case compound adjective ("the whale-watching")."""
    while at < len(tokens) and (
        tokens[at].lower == "the"
        or tokens[at].text in _ARTICLES
        or ("-" in tokens[at].text[1:] and not tokens[at].capital and tokens[at].word)
    ):
        at += 1
    return at


def bodies(tokens: tuple[Token, ...], at: int) -> list[Run]:
    """Names behind each other: "X, the Y (YZ) and Z"."""
    out: list[Run] = []
    while at < len(tokens):
        end = _name(tokens, at)
        if end == at:
            break
        out.append((at, end))
        step = _bracket(tokens, end)
        link = step
        while link < len(tokens) and tokens[link].lower in {",", "and", "&", ";"}:
            link += 1
        if link == step:
            break
        at = article(tokens, link + (link < len(tokens) and tokens[link].lower in {"of", "for"}))
        if at >= len(tokens) or not _begins(tokens, at):
            break
    return out


def _bracket(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind a short name in brackets."""
    if at + 2 < len(tokens) and tokens[at].text == "(":
        close = next((n for n in range(at, min(at + 5, len(tokens))) if tokens[n].text == ")"), -1)
        if close > 0 and not tokens[at + 1].text[:1].isdigit():
            return close + 1
    return at


def _begins(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a further item of a list begins: a proper name that is no post, honour or place."""
    if tokens[at].text in QUOTES:
        return True
    if not tokens[at].capital or tokens[at].lower in _NEVER:
        return False
    words = [t.lower for t in tokens[at : _capitals(tokens, at) + 1]]
    return not set(words) & _posts()


def _capitals(tokens: tuple[Token, ...], at: int) -> int:
    while at < len(tokens) and tokens[at].word and tokens[at].capital:
        at += 1
    return at


def _name(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind a whole name; ``at`` where none begins."""
    end, first = _quoted(tokens, at), tokens[at]
    if end == at and not (first.capital and first.word and first.lower not in _NEVER):
        return at
    while end < len(tokens):
        step = article(tokens, end + 1)
        if _belongs(tokens, at, end):
            end += 1
        elif step < len(tokens) and _joins(tokens, at, end, step):
            end = step
        else:
            break
    return _without_service(tokens, at, end)


def _belongs(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether a word goes on with a name: a capital, a number, a word of service ("steering committee")."""
    token = tokens[end]
    if not token.word or token.lower in {"he", "she", "since"}:
        return False
    if token.lower in _SERVICE or _learned(tokens, end):
        return True
    year = re.fullmatch(r"(?:19|20)\d\d", token.text) and tokens[end - 1].lower == "in"
    return not year and (token.capital or (token.text.isdigit() and end > at))


def _learned(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether "of sciences" ends the lower-case name of an academy."""
    words = [t.lower for t in tokens[at - 1 : at + 2]]
    academy = words[0] in {"academy", "society", "association"} and words[1:2] == ["of"]
    return (academy and bool(set(words[2:]) & _LEARNED)) or (
        words[0] == "of" and words[1] in _LEARNED
    )


def _quoted(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind a quoted part at the front of a name."""
    if tokens[at].text not in QUOTES:
        return at
    ends = range(at + 1, min(at + 9, len(tokens)))
    return next((n for n in ends if tokens[n].text in {"”", '"', "’"}), at - 1) + 1


def _joins(tokens: tuple[Token, ...], at: int, end: int, step: int) -> bool:
    """Whether a small word goes on within one name."""
    word, after = tokens[end].lower, tokens[step]
    if not (after.word and after.capital) or after.lower in _NEVER:
        return False
    match word:
        case "and":
            return tokens[end + 1].lower == "its" or (step == end + 1 and _pair(tokens, at, end))
        case "in":
            return _field(tokens, at, end) and names.fold(after.text) not in _cities()
        case "&" | "'" | "’" | "'s" | "’s":
            return step == end + 1
        case "-" | "–" | "/":
            return step == end + 1 and tokens[end - 1].span.end == after.span.start - 1
        case _:
            whose = word in {"of", "for"} and generic(tokens, at, end)
            return word in _LINKS and (not whose or after.lower in HOLDERS)


def _field(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether "in" may tell the field of a body: "Statistics in Medicine", "Society for Women in Logic"."""
    inside = {t.lower for t in tokens[at:end]}
    if end == at + 1:
        return not tokens[at].text.isupper()
    return bool(inside & (kinds().keys() | {"women", "for", "of"}))


def _pair(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether "and" stands inside a name: behind its "of", or where the letters in brackets count it."""
    stop = _capitals(tokens, end + 1)
    first, second = tokens[at:end], tokens[end + 1 : stop]
    short = tokens[stop + 1].text if stop + 1 < len(tokens) and tokens[stop].text == "(" else ""
    initials = "".join(t.text[0] for t in (*first, *second) if t.word and t.capital)
    if (short and short.upper() == initials.upper()) or _known_around(tokens, at, end, stop):
        return True
    if _shares_head(first, second):
        return authorities.resolve(" ".join(t.text for t in first)) is None
    own = second[0].text.isupper() or (len(second) > 1 and any(t.lower in kinds() for t in second))
    known = authorities.resolve(" ".join(t.text for t in second)) is not None
    return bool({t.lower for t in first} & {"of", "for", "on", "in"}) and not own and not known


def _shares_head(first: tuple[Token, ...], second: tuple[Token, ...]) -> bool:
    """Whether only the second run ends with a head: "Electronic and Electrical Industry Association"."""
    last = second[-1].lower
    head = (headed(second[-1:]) and kinds().get(last) != "journal") or (
        len(second) > 1 and last in _FIELDS
    )
    return head and not headed(first) and not first[-1].text.isupper()


def _known_around(tokens: tuple[Token, ...], at: int, end: int, stop: int) -> bool:
    """Whether the words around "and" are the name of a known organization ("Economic and Social Research Council")."""
    return any(
        authorities.resolve(" ".join(t.text for t in tokens[start:stop])) is not None
        for start in range(max(at, end - 3), end)
    )


def headed(tokens: tuple[Token, ...]) -> bool:
    """Whether a run holds a word that names bodies or institutions."""
    heads = EMPLOYERS | {"lab", "center", "centre", "school"}
    return any(t.lower in kinds() or t.lower in heads for t in tokens)


def generic(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether a run only says what kind of board it is: whose it is comes behind."""
    words = {t.lower for t in tokens[at:end]}
    return (
        words not in ({"committee"}, {"council"}, {"panel"})
        and words <= GENERIC
        and bool(words & BOARDS)
    )


def _without_service(tokens: tuple[Token, ...], at: int, end: int) -> int:
    """Give back lower-case words at the end that tell no body: "working" of "the IEEE working on ..."."""
    while end > at and tokens[end - 1].word and not tokens[end - 1].capital:
        last = tokens[end - 1]
        if last.lower in kinds() or last.text.isdigit() or _learned(tokens, end - 1):
            break
        end -= 1
    return end
