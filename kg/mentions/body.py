"""Bodies in which an office is held: what stands behind "member of", "editor of", "chair of", "serves on".

The whole name is read, whatever it is made of ("the Heron Society Northern Chapter", "the Journal of Soils and
Waters"), because the words before it ask for nothing else.
"""

from __future__ import annotations

import re

from kg import authorities, names
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.mentions._body_names import (
    BOARDS,
    EMPLOYERS,
    GENERIC,
    HOLDERS,
    Run,
    article,
    bodies,
    generic,
    headed,
    kinds,
)
from kg.model import Mention

__all__ = ["find", "kinds"]

_CHAIRS = frozenset(
    "chair co-chair chairman chairwoman chairperson vice-chair chairmanship".split()
)
_EDITORS = frozenset({"editor", "editors", "co-editor"})
_CHIEF = frozenset(
    (
        "associate senior section managing chief area action handling academic consulting "
        "coordinating deputy"
    ).split()
)
_SEATS = BOARDS | frozenset(
    "member members editor-in-chief editorship trustee treasurer secretary".split()
)
_OFFICES = frozenset(
    (
        "president vice-president founder co-founder cofounder director co-director leader lead "
        "co-leader convenor convener officer representative delegate ambassador coordinator "
        "organizer co-organizer advisor team"
    ).split()
)
_LEADS = frozenset(
    "chairs chaired chairing co-chairs co-chaired co-chairing cochairs cochaired".split()
)
_VERBS = {
    **dict.fromkeys("serves serve served serving sits sat sitting".split(), ("seat", "on in")),
    **dict.fromkeys("elected inducted admitted appointed".split(), ("society", "to into")),
    "part": ("seat", "of"),
}
_PREPOSITIONS = frozenset({"of", "for", "on", "at", "in"})
_BOOKS = frozenset(
    "handbook book books volume volumes encyclopedia companion textbook anthology".split()
)
_PLACES_OF_WORK = frozenset("university college inc ltd gmbh department lab laboratory".split())
_DROPPED = re.compile(
    r"(?:\s+(?:conferences?|journals?|community|project|series|workshop|the|[’']?\d\d|(?:19|20)\d\d))+$"
)
_GROUPS = re.compile(r"\b(?:user|working|interest|study) group\b|\btask force\b", re.IGNORECASE)


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Bodies behind an office; ``note`` is ``body``."""
    tokens, found = sentence.tokens, []
    for i, token in enumerate(tokens):
        leads = token.lower in _LEADS and token.tag.startswith("VB") and not token.capital
        wanted = "chair" if leads else _asks(tokens, i)
        if wanted is None:
            continue
        runs = _one_journal(tokens, i, bodies(tokens, article(tokens, i + 2 - leads)))
        read = _read(sentence, context, runs[:1] if leads else runs, wanted)
        if leads and read:
            found.append(Mention("role", sentence.place(i, i + 1), token.lower, 2.5, "verb"))
        found += read
    return found


def _read(sentence: Sentence, context: Context, runs: list[Run], wanted: str) -> list[Mention]:
    """Mentions of a list up to the first that is no such body; the title of a book hides what it is made of."""
    out: list[Mention] = []
    for n, run in enumerate(runs):
        free = n > 0 and wanted == "journal"
        mention = _mention(sentence, context, run, "" if free else wanted)
        if mention is None:
            hidden = [Mention("title", sentence.place(*run), "", 2.35)]
            return out + (hidden if wanted == "journal" else [])
        out.append(mention)
    return out


def _one_journal(tokens: tuple[Token, ...], i: int, runs: list[Run]) -> list[Run]:
    """One journal has one chief: two plain runs around "and" behind "editor-in-chief of" are its name."""
    if tokens[i].lower != "editor-in-chief" or len(runs) != 2 or runs[1][0] != runs[0][1] + 1:
        return runs
    words = tokens[runs[0][0] : runs[1][1]]
    if headed(words) or any(t.text.isupper() for t in words):
        return runs
    return [(runs[0][0], runs[1][1])]


def _asks(tokens: tuple[Token, ...], i: int) -> str | None:
    """What kind of body may follow a word: "" for any, else the kind alone; None where none is asked for."""
    if i + 2 >= len(tokens):
        return None
    word, link = tokens[i].lower, tokens[i + 1].lower
    if word in _VERBS:
        kind, links = _VERBS[word]
        return kind if link in links.split() else None
    if link == ",":
        return "chair" if _opens_line(tokens, i) and word in _SEATS | _CHAIRS | _EDITORS else None
    if link not in _PREPOSITIONS:
        return None
    return _asks_of_board(tokens, i) if word in BOARDS | HOLDERS else _asks_of_office(tokens, i)


def _asks_of_office(tokens: tuple[Token, ...], i: int) -> str | None:
    """The same of a person's office: one at a place of work asks for nothing."""
    word, link = tokens[i].lower, tokens[i + 1].lower
    if word in _CHAIRS:
        return "chair"
    if word in _EDITORS:
        return "" if tokens[i - 1].lower in _CHIEF else "journal"
    if word in _SEATS:
        return "society" if link in {"at", "in"} else ""
    return "society" if word in _OFFICES and link != "at" else None


def _opens_line(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether an office opens a line of a curriculum: "Associate Editor, Journal of Tides"."""
    return (
        i < 3
        and tokens[0].capital
        and tokens[i + 2].capital
        and all(t.word or t.text in {"-", "•", "*", "–"} for t in tokens[:i])
    )


def _asks_of_board(tokens: tuple[Token, ...], i: int) -> str | None:
    """The same of a board; one with a name of its own ("Accreditation Board for ...") asks for nothing."""
    word, before = tokens[i].lower, tokens[i - 1]
    if word in HOLDERS:
        own = tokens[i - 3] if i > 2 else None
        named = own is not None and (own.capital or own.lower in {"'s", "’s"})
        generic_ = not named or (own is not None and own.lower in GENERIC)
        return "" if i > 1 and tokens[i - 2].lower in BOARDS and generic_ else None
    if tokens[i + 2].lower in HOLDERS or (before.capital and before.lower not in GENERIC):
        return None
    link = tokens[i + 1].lower
    return "society" if link in {"at", "in"} and word not in {"board", "committee"} else ""


def _mention(sentence: Sentence, context: Context, run: Run, wanted: str) -> Mention | None:
    """The body as a mention; a role where only the kind of a board is told, whose owner follows."""
    tokens, place = sentence.tokens[slice(*run)], sentence.place(*run)
    text = _DROPPED.sub("", " ".join(sentence.between(*run).split()))
    if generic(sentence.tokens, *run):
        return Mention("role", place, text, 2.3, "member") if tokens[0].capital else None
    text = _owner(text).strip('“”"‘')
    if _refused(sentence.tokens, run, text, context) or not _fits(tokens, text, wanted):
        return None
    known = authorities.resolve(text)
    value = known.name if known else context.acronyms.get(text, text)
    return Mention("organization", place, value, 2.35, "body")


def _refused(tokens: tuple[Token, ...], run: Run, text: str, context: Context) -> bool:
    """Whether a name is none of a body: a speaker, a book, an employer or a team of one, a lone adjective."""
    inside = tokens[slice(*run)]
    words = {t.lower for t in inside}
    known = authorities.resolve(text)
    work = words & _PLACES_OF_WORK and not _kinds(inside, text) & {"seat", "journal"}
    lone = len(inside) == 1 and (inside[0].tag.startswith("JJ") or text.lower() in EMPLOYERS)
    return bool(
        work
        or lone
        or words & _BOOKS
        or (known and known.kind in EMPLOYERS)
        or _within(tokens, run)
        or names.fold(text) in {names.fold(p) for p in context.people}
    )


def _kinds(tokens: tuple[Token, ...], text: str) -> set[str]:
    """What kinds of body a name tells of itself."""
    found = {kinds()[t.lower] for t in tokens if t.lower in kinds()}
    known = authorities.resolve(text)
    learned = (known is not None and known.kind in {"society", "foundation"}) or any(
        _society(t.text) for t in tokens if _short(t)
    )
    return found | ({"society"} if learned or _GROUPS.search(text) else set())


def _fits(tokens: tuple[Token, ...], text: str, wanted: str) -> bool:
    """Whether a name is of the kind that the words before it ask for."""
    found = _kinds(tokens, text)
    named = authorities.resolve(text) is not None or any(_short(t) for t in tokens)
    match wanted:
        case "society":
            return bool(found & {"society", "event", "seat"})
        case "chair":
            return bool(found) or named
        case "journal":
            return bool(found & {"journal", "society"}) or named
        case "seat":
            return "seat" in found
        case _:
            return True


def _short(token: Token) -> bool:
    return sum(c.isupper() for c in token.text) > 2


def _society(word: str) -> bool:
    known = authorities.resolve(word)
    return known is not None and known.kind == "society"


def _owner(text: str) -> str:
    """Whose board it is: "the Heron Society Steering Committee" is of the Heron Society."""
    words = text.split()
    end = len(words)
    while end > 1 and words[end - 1].lower() in GENERIC:
        end -= 1
    owner = " ".join(words[:end])
    told = sum(c.isupper() for c in words[end - 1]) > 1 or authorities.resolve(owner) is not None
    # A lone last word is of the name before it: "Network for the Social Research Council".
    lone = end == len(words) - 1
    heads = words[end - 1 : end] if lone else words[:end]
    named = told or any(kinds().get(w.lower()) == "society" for w in heads)
    return owner if named and {w.lower() for w in words[end:]} & BOARDS else text


def _within(tokens: tuple[Token, ...], run: Run) -> bool:
    """Whether it is only a programme or team at an institution ("the Soil program at Lund")."""
    words = {t.lower for t in tokens[slice(*run)]}
    after = tokens[run[1] : run[1] + 2]
    if not words & {"program", "programme", "project", "group", "team", "community"}:
        return False
    home = len(after) == 2 and after[0].lower in {"at", "in"}
    return home and (after[1].capital or after[1].lower == "the")
