"""Bodies in which an office is held: what stands behind "member of", "editor of", "chair of", "serves on".

The whole name is read, whatever it is made of ("the Heron Society Northern Chapter", "the Journal of Soils and
Waters"), because the words before it ask for nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg import authorities, names, resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.model import Mention

_SEATS = frozenset(
    (
        "member members editor editors editor-in-chief co-editor editorship board boards committee "
        "committees council panel trustee treasurer secretary chair co-chair chairman chairwoman "
        "chairperson vice-chair chairmanship"
    ).split()
)
_CHAIRS = frozenset("chair co-chair chairman chairwoman chairperson vice-chair chairmanship".split())
_CHIEF = frozenset(
    "associate senior section managing chief area action handling academic consulting coordinating deputy".split()
)
_BOOKS = frozenset("handbook book books volume volumes encyclopedia companion textbook anthology".split())
_BOARDS = frozenset("board boards committee committees committe council panel".split())
_OFFICES = frozenset(
    (
        "president vice-president founder co-founder cofounder director co-director leader lead co-leader "
        "convenor convener officer representative delegate ambassador coordinator organizer co-organizer advisor team"
    ).split()
)
_LEADS = frozenset({"chairs", "chaired", "co-chairs", "co-chaired", "cochairs", "cochaired"})
_SERVES = frozenset("serves serve served serving sits sat sitting".split())
_ENTERS = frozenset("elected inducted admitted appointed".split())
_PREPOSITIONS = frozenset({"of", "for", "on", "at", "in"})
_ARTICLES = frozenset("the a an its both several la le".split())
_LINKS = frozenset("of for on in de du des della & - – / 's ’s ' ’".split())
_GENERIC = frozenset(
    (
        "committe editorial advisory executive scientific steering program programme technical international national "
        "organizing organising governing review board boards committee committees council panel of directors "
        "governors trustees advisors regents editors management strategic external academic"
    ).split()
)
_HOLDERS = frozenset("directors governors trustees advisors regents".split())
_SERVICE = frozenset(
    (
        "conference conferences committee committees board council society association group community "
        "consortium network project journal journals series workshop foundation initiative programme program "
        "chapter section panel academy alliance steering advisory editorial scientific executive standards "
        "technical organizing user working interest special joint"
    ).split()
)
_DROPPED = re.compile(r"(?:\s+(?:conferences?|journals?|community|project|series|workshop|the|[’']?\d\d|(?:19|20)\d\d))+$")
_NEVER = frozenset(
    (
        "he she they his her their i my since from before after prof dr ph phd january february march april may "
        "june july august september october november december department school faculty division university "
        "college professor senior distinguished best fellow awards award prize honors"
    ).split()
)
_EMPLOYERS = frozenset({"university", "college", "company", "laboratory", "hospital", "institute"})


@dataclass(frozen=True)
class _Item:
    """Tokens of one body in a list."""

    start: int
    end: int


@cache
def kinds() -> dict[str, str]:
    """Word -> the kind of body it tells."""
    return dict(line.split("\t")[:2] for line in resources.words("bodies"))


@cache
def _posts() -> frozenset[str]:
    return frozenset(line.split("\t")[0] for line in resources.words("roles")) - frozenset(kinds())


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Bodies behind an office; ``note`` is ``body``."""
    tokens, found = sentence.tokens, []
    for i, token in enumerate(tokens):
        leads = token.lower in _LEADS and token.tag.startswith("VB") and not token.capital
        strict = "chair" if leads else _asks(tokens, i, token)
        if strict is None:
            continue
        items = _whole(tokens, token, _list(tokens, _article(tokens, i + 2 - leads)))
        for n, item in enumerate(items[:1] if leads else items):
            mention = _mention(sentence, context, item, strict)
            if mention is None:
                place = sentence.place(item.start, item.end)
                found += [Mention("title", place, "", 2.35)] if strict == "journal" else []
                break
            found.append(mention)
            if leads and n == 0:
                found.append(Mention("role", sentence.place(i, i + 1), token.lower, 2.5, "verb"))
    return found


def _whole(tokens: tuple[Token, ...], token: Token, items: list[_Item]) -> list[_Item]:
    """One journal has one chief: two plain runs around "and" behind "editor-in-chief of" are its name."""
    if token.lower != "editor-in-chief" or len(items) != 2 or items[1].start != items[0].end + 1:
        return items
    words = tokens[items[0].start : items[1].end]
    if _headed(words) or any(t.text.isupper() for t in words):
        return items
    return [_Item(items[0].start, items[1].end)]


def _asks(tokens: tuple[Token, ...], i: int, token: Token) -> str | None:
    """What kind of body may follow: "" for any, ``society`` or ``seat`` for such only; None where none is asked for."""
    if i + 2 >= len(tokens):
        return None
    link = tokens[i + 1].lower
    if token.lower in _SERVES:
        return "seat" if link in {"on", "in"} else None
    if token.lower in _ENTERS:
        return "society" if link in {"to", "into"} else None
    if link not in _PREPOSITIONS:
        return None
    if token.lower in _BOARDS and tokens[i + 2].lower in _HOLDERS:
        return None
    if token.lower in _HOLDERS and i > 1 and tokens[i - 2].lower in _BOARDS:
        return ""
    if token.lower in _BOARDS and tokens[i - 1].capital and tokens[i - 1].lower not in _GENERIC:
        return None
    if token.lower in _CHAIRS:
        return "chair"
    if token.lower in {"editor", "editors", "co-editor"} and tokens[i - 1].lower not in _CHIEF:
        return "journal"
    if token.lower in _SEATS:
        return "society" if link in {"at", "in"} and token.lower not in {"board", "committee"} else ""
    return "society" if token.lower in _OFFICES and link != "at" else None


def _article(tokens: tuple[Token, ...], at: int) -> int:
    while at < len(tokens) and (
        tokens[at].lower in _ARTICLES
        or ("-" in tokens[at].text[1:] and not tokens[at].capital and tokens[at].word)
    ):
        at += 1
    return at


def _list(tokens: tuple[Token, ...], at: int) -> list[_Item]:
    """Bodies behind each other: "X, the Y (YZ) and Z"."""
    out: list[_Item] = []
    while at < len(tokens):
        end = _name(tokens, at)
        if end == at:
            break
        out.append(_Item(at, end))
        step = _bracket(tokens, end)
        link = step
        while link < len(tokens) and tokens[link].lower in {",", "and", "&", ";"}:
            link += 1
        if link == step:
            break
        at = _article(tokens, link + (link < len(tokens) and tokens[link].lower in {"of", "for"}))
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
    if tokens[at].text in {"“", '"', "‘"}:
        return True
    if not tokens[at].capital or tokens[at].lower in _NEVER:
        return False
    end = at
    while end < len(tokens) and tokens[end].word and tokens[end].capital:
        end += 1
    words = [t.lower for t in tokens[at : end + 1]]
    posts = _posts() | _SEATS - {"board", "committee", "council", "panel", "boards", "committees"}
    return not set(words) & (posts | {"award", "prize", "medal"})


def _name(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind a whole name; ``at`` where none begins."""
    end = _quoted(tokens, at)
    if end == at and not (tokens[at].capital and tokens[at].word and tokens[at].lower not in _NEVER):
        return at
    while end < len(tokens):
        token, step = tokens[end], _article(tokens, end + 1)
        proper = token.word and (token.capital or token.text.isdigit() and end > at)
        if proper and token.lower not in {"he", "she", "since"} and not _year(tokens, end):
            end += 1
        elif (token.lower in _SERVICE or _learned(tokens, end)) and token.word:
            end += 1
        elif step < len(tokens) and _joins(tokens, at, end, step):
            end = step
        else:
            break
    return _service(tokens, at, end)


def _learned(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether "of sciences" ends the lower-case name of an academy."""
    learned = {"sciences", "science", "arts", "letters", "medicine", "engineering"}
    words = [t.lower for t in tokens[at - 1 : at + 2]]
    behind = words[0] in {"academy", "society", "association"} and words[1:2] == ["of"] and bool(set(words[2:]) & learned)
    return behind or (words[0] == "of" and words[1] in learned)


def _year(tokens: tuple[Token, ...], at: int) -> bool:
    return bool(re.fullmatch(r"(?:19|20)\d\d", tokens[at].text)) and tokens[at - 1].lower == "in"


def _quoted(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind a quoted part at the front of a name."""
    if tokens[at].text not in {"“", '"', "‘"}:
        return at
    closes = (n for n in range(at + 1, min(at + 9, len(tokens))) if tokens[n].text in {"”", '"', "’"})
    return next(closes, at - 1) + 1


def _joins(tokens: tuple[Token, ...], at: int, end: int, step: int) -> bool:
    """Whether a small word goes on within one name."""
    word, after = tokens[end].lower, tokens[step]
    if not (after.word and after.capital) or after.lower in _NEVER:
        return False
    inside = {t.lower for t in tokens[at:end]}
    if word in {"of", "for"} and after.lower in _HOLDERS:
        return True
    if word in {"and", "&"} and tokens[end + 1].lower == "its":
        return True
    if word in {"and", "&"}:
        return step == end + 1 and _pair(tokens, at, end, inside)
    if word == "in":
        return names.fold(after.text) not in _cities() and (
            end == at + 1 or bool(inside & (kinds().keys() | {"women", "for", "of"}))
        ) and not tokens[end - 1].text.isupper()
    if word in {"'", "’"}:
        return step == end + 1
    if word in {"of", "for"} and _generic(tokens, at, end):
        return False
    if word in {"-", "–", "/"}:
        return step == end + 1 and tokens[end - 1].span.end == after.span.start - 1
    return word in _LINKS


def _pair(tokens: tuple[Token, ...], at: int, end: int, inside: set[str]) -> bool:
    """Whether "and" stands inside a name: behind its "of", or where the letters in brackets count it."""
    stop = end + 1
    while stop < len(tokens) and tokens[stop].word and tokens[stop].capital:
        stop += 1
    second = tokens[end + 1 : stop]
    short = tokens[stop + 1].text if stop + 1 < len(tokens) and tokens[stop].text == "(" else ""
    initials = "".join(t.text[0] for t in (*tokens[at:end], *second) if t.word and t.capital)
    if (short and short.upper() == initials.upper()) or _known_around(tokens, at, end, stop):
        return True
    if _headed(second[-1:]) and kinds().get(second[-1].lower) != "journal" and not _headed(tokens[at:end]) and not tokens[end - 1].text.isupper():
        return authorities.resolve(" ".join(t.text for t in tokens[at:end])) is None
    own = second[0].text.isupper() or any(t.lower in kinds() for t in second)
    known = authorities.resolve(" ".join(t.text for t in second)) is not None
    return bool(inside & {"of", "for", "on", "in"}) and not own and not known


@cache
def _cities() -> frozenset[str]:
    cities = {names.fold(i.city) for i in authorities.institutions().values() if i.city}
    return cities | {names.fold(w) for w in resources.words("places")}


def _known_around(tokens: tuple[Token, ...], at: int, end: int, stop: int) -> bool:
    """Whether the words around "and" are the name of a known organization ("Economic and Social Research Council")."""
    return any(
        authorities.resolve(" ".join(t.text for t in tokens[start:stop])) is not None
        for start in range(max(at, end - 3), end)
    )


def _headed(tokens: tuple[Token, ...]) -> bool:
    """Whether a run holds a word that names bodies or institutions."""
    return any(t.lower in kinds() or t.lower in _EMPLOYERS | {"lab", "center", "centre", "school"} for t in tokens)


def _generic(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether a run only says what kind of board it is: whose it is comes behind."""
    words = {t.lower for t in tokens[at:end]}
    if words in ({"committee"}, {"council"}, {"panel"}):
        return False
    return words <= _GENERIC and bool(words & {"board", "committee", "council", "panel", "boards", "committees"})


def _service(tokens: tuple[Token, ...], at: int, end: int) -> int:
    """Give back lower-case words at the end that tell no body: "the IEEE working" of "the IEEE working on ..."."""
    while end > at and tokens[end - 1].word and not tokens[end - 1].capital:
        if tokens[end - 1].lower in kinds() or _learned(tokens, end - 1) or tokens[end - 1].text.isdigit():
            break
        end -= 1
    return end


def _mention(
    sentence: Sentence, context: Context, item: _Item, strict: str
) -> Mention | None:
    """The body as a mention; None where it is none, or only the kind of a board whose owner follows."""
    tokens = sentence.tokens[item.start : item.end]
    text = _DROPPED.sub("", " ".join(sentence.between(item.start, item.end).split()))
    words = [t.lower for t in tokens]
    kind = {kinds()[w] for w in words if w in kinds()}
    if _generic(sentence.tokens, item.start, item.end):
        place = sentence.place(item.start, item.end)
        return Mention("role", place, text, 2.3, "member") if tokens[0].capital else None
    if _within(sentence.tokens, item) or names.fold(text) in _people(context):
        return None
    text = _owner(text).strip("“”\"‘")
    if len(tokens) == 1 and (tokens[0].tag.startswith("JJ") or text.lower() in _EMPLOYERS):
        return None
    if set(words) & _BOOKS:
        return None
    known = authorities.resolve(text)
    if known and known.kind in _EMPLOYERS:
        return None
    if {"university", "college", "inc", "ltd", "gmbh", "department", "lab", "laboratory"} & set(words) and not kind & {"seat", "journal"}:
        return None
    if re.search(r"(?i)\b(?:user|working|interest|study) group\b|\btask force\b", text):
        kind.add("society")
    society = any(_society(t.text) for t in tokens if t.text.isupper() and len(t.text) > 2) or (known and known.kind in {"society", "foundation"}) or "society" in kind
    if strict == "society" and not (society or "event" in kind or "seat" in kind):
        return None
    if strict == "chair" and not (
        society or kind or known or any(t.text.isupper() and len(t.text) > 2 for t in tokens)
    ):
        return None
    if strict == "journal" and not (
        "journal" in kind or society or known or any(t.text.isupper() for t in tokens)
    ):
        return None
    if strict == "seat" and "seat" not in kind:
        return None
    value = known.name if known else context.acronyms.get(text, text)
    return Mention("organization", sentence.place(item.start, item.end), value, 2.35, "body")


def _owner(text: str) -> str:
    """Whose board it is: "the Heron Society Steering Committee" is of the Heron Society."""
    words = text.split()
    end = len(words)
    while end > 1 and words[end - 1].lower() in _GENERIC:
        end -= 1
    seats = {w.lower() for w in words[end:]} & _BOARDS
    return " ".join(words[:end]) if seats and end < len(words) else text


def _society(word: str) -> bool:
    known = authorities.resolve(word)
    return known is not None and known.kind == "society"


def _within(tokens: tuple[Token, ...], item: _Item) -> bool:
    """Whether it is only a programme or team at an institution ("the Soil program at Lund")."""
    words = {t.lower for t in tokens[item.start : item.end]}
    after = tokens[item.end : item.end + 2]
    loose = bool(words & {"program", "programme", "project", "group", "team", "community"})
    return loose and len(after) == 2 and after[0].lower in {"at", "in"} and (after[1].capital or after[1].lower == "the")


def _people(context: Context) -> frozenset[str]:
    return frozenset(names.fold(p) for p in context.people)
