"""Honours whose name has no head word: orders, yearly titles, lists of people, best papers, medals at contests.

Each is a pattern over the printed sentence, because what makes it an honour is its whole shape
("30 Under 30", "Engineer of the Year", "Officer of the Order of the Heron").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg import authorities, resources
from kg.language import Sentence
from kg.model import Mention, Span

_N = r"(?:[A-ZÀ-ÞĀ-Ž0-9][\w&’'/+.\-–]*[\w+]|[A-Z0-9])"
_RUN = rf"{_N}(?:\s+(?:(?:of|for|in|on|de|du)\s+(?:the\s+|la\s+)?|(?:&|and)\s+)?{_N})*"
_BEFORE = rf"(?:{_N}(?:[’']s)?\s+){{0,6}}"
_AT = rf"(?:\s+(?:at|in|of|from|by)\s+(?:the\s+)?(?!(?:19|20)\d\d\b){_RUN})?"
_NOT_HEAD = (
    r"(?!\s+(?:[Aa]wards?|[Pp]rizes?|[Mm]edals?|[Ff]ellow|[Pp]rogram|[Cc]ommittee|[Ww]orkshop))"
)
_RANK = (
    r"(?:[Hh]onorary\s+)?(?:[Oo]fficer|[Mm]ember|[Cc]ommander|[Cc]ompanion|[Cc]hevalier|[Gg]rand\s+[Cc]ross"
    r"|[Gg]rand\s+[Oo]fficer|[Kk]night(?:\s+\w+)?|[Dd]ame(?:\s+\w+)?|[Cc]avaliere)"
)
_TITLES = (
    r"Rising\s+Stars?|Emerging\s+Leader|Young\s+Global\s+Leader|New\s+Innovator|Highly\s+Cited\s+Researcher"
    r"|Young\s+(?:Investigator|Scientist|Researcher|Faculty|Leader)|TR35|TR100|MVP|Most\s+Valuable\s+Professional"
    r"|Distinguished\s+Alumn(?:us|a|i)"
)
_MADE = (
    r"Paper|Poster|Thesis|Dissertation|Presentation|Demo|Reviewer|Artifact|Article|Talk|Oral|Teacher|Student"
    r"|Researcher|Engineer|Mentor|Educator|Referee"
)
_CONTEST = (
    r"Olympiads?|Competition|Contest|Challenge|Championships?|Games|Cup|IMO|IOI|IPhO|IChO|ICPC"
)
_PATTERNS = tuple(
    re.compile(p)
    for p in (
        rf"{_BEFORE}(?:\d\d|[Tt]hirty|[Ff]orty)[\s-][Uu]nder[\s-](?:\d\d|[Tt]hirty|[Ff]orty)\b(?:\s+(?:[Ll]ist|[Ii]nnovators?|{_N}))*",
        rf"{_BEFORE}[Ii]nnovators?\s+[Uu]nder\s+\d\d\b",
        rf"{_BEFORE}(?:Top|TOP)[\s-]\d+\b(?:\s+(?:(?:in|of|to)\s+)?(?!(?:19|20)\d\d\b){_N})*",
        rf"{_BEFORE}{_N}\s+of\s+the\s+(?:Year|Decade|Century)\b(?:\s+(?:in|for)\s+(?!(?:19|20)\d\d){_RUN})?(?:\s+[Aa]ward)?",
        rf"(?:{_RANK}\s+(?:of|in|de|dans)\s+(?:the\s+|l[’'])?)?{_BEFORE}(?:Order|Ordre)\s+(?:of|de|des|du)\s+(?:the\s+|la\s+|l[’'])?(?!Magnitude|Operations){_RUN}",
        r"(?:Officier|Chevalier|Commandeur|[Kk]night|[Oo]fficer)?\s*(?:of|de)?\s*(?:the|la)?\s*(?:L[ée]gion\s+d[’'][Hh]onneur|Legion\s+of\s+Hono[u]?r)",
        r"Padma\s+(?:Shri|Sri|Bhushan|Vibhushan)|Bharat\s+Ratna|Bundesverdienstkreuz|Federal\s+Cross\s+of\s+Merit",
        rf"{_BEFORE}(?:Best|Outstanding|Most\s+Influential|Most\s+Cited)\s+(?:{_N}\s+){{0,4}}(?:{_MADE})\b(?:\s+Runner-?[Uu]p)?{_NOT_HEAD}{_AT}",
        rf"{_BEFORE}Distinguished\s+(?:Paper|Artifact|Reviewer|Dissertation|Thesis)\b{_NOT_HEAD}{_AT}",
        rf"(?<!for\s)(?<!for\sthe\s)\b(?:best|outstanding|distinguished|most\s+influential)\s+(?:\w+\s+){{0,2}}(?:paper|poster|thesis|dissertation|presentation|demo|reviewer)\s+(?:at|in|of|for)\s+(?:the\s+)?{_RUN}",
        rf"{_BEFORE}(?:{_TITLES})\b{_NOT_HEAD}(?:\s+(?:in|of|for)\s+(?:the\s+)?(?!(?:19|20)\d\d){_RUN})?",
        rf"(?:[Gg]old|[Ss]ilver|[Bb]ronze)(?:\s+[Mm]edals?|\s+[Mm]edall?ist)?\s+(?:in|at|of|from)\s+(?:the\s+)?(?:{_RUN}\s+)?(?:{_CONTEST})\b(?:\s+(?:in|of|on)\s+(?!(?:19|20)\d\d){_RUN})?",
        rf"(?:[Ff]irst|1st|[Ss]econd|2nd|[Tt]hird|3rd)\s+(?:[Pp]lace|[Pp]rize)\s+(?:in|at|of)\s+(?:the\s+)?{_RUN}(?:(?:\s+[a-z]+){{0,2}}\s+(?:competitions?|contests?|challenge|hackathon))?",
        rf"[Hh]onorary\s+(?:[Dd]octor(?:ate)?|[Dd]egree|PhD|Ph\.D\.|DSc|D\.Sc\.|LLD)(?:\s+(?:of|in)\s+{_RUN})?(?:\s+degree)?(?:\s+(?:from|by|at)\s+(?:the\s+)?{_RUN})?",
        rf"[Dd]octor\s+[Hh]onoris\s+[Cc]ausa{_AT}",
        rf"(?:{_N}\s+){{1,5}}(?:Memorial|Prize|Award|Medal|Honorary)\s+Lecture(?:ship)?\b(?!\s+(?:[Ss]eries|[Hh]all))",
        rf"{_BEFORE}Hall\s+of\s+Fame\b",
    )
)  # fmt: skip
_SOCIETY = re.compile(
    rf"(?:(?P<by>[A-Z]{{3,7}})(?:\s+{_N}){{0,3}}\s+)Distinguished\s+(?:Member|Scientist|Engineer|Speaker|Lecturer|Educator|Contributor|Visitor)\b"
    rf"|Distinguished\s+(?:Member|Scientist|Engineer|Speaker|Lecturer|Educator)\s+(?:of|for)\s+(?:the\s+)?(?P<of>[A-Z]{{3,7}})\b"
)
_NAMED = (
    r"\b(?:named|selected|recogni[sz]ed|listed|chosen|voted|honou?red|included|ranked|awarded)\b"
)
_LISTED = re.compile(
    _NAMED + r"(?:\s+by\s+(?P<giver>[A-Z][^,;.]{1,40}?))?(?:\s+(?:as|to|among|in|on))?"
    r"\s+(?:one\s+of\s+)?(?:the\s+)?(?P<list>(?:[\w’'&-]+\s+){0,5}?(?:[Tt]op|TOP|[Mm]ost|[Bb]est|[Ll]eading|[Bb]rilliant)\b[^,;.(]*?)"
    r"(?:\s+by\s+(?:both\s+)?(?P<by>(?:the\s+)?[A-Z][^,;.(]*?))?"
    r"(?=\s+in\s+(?:19|20)\d\d|\s+(?:and|for)\s+(?:is|was|has|a|an|her|his|their)\b|[,;.(]|$)"
)
_QUOTED = re.compile(
    _NAMED.replace("named", "(?:was|been|were)\\s+named", 1)
    + r"(?:\s+(?:him|her|them|as|with|the|an?|title|of))*\s+[“\"‘](?P<name>[^”\"’]{4,80})[”\"’](?!\s*[Aa]ward)"
)
_HINT = re.compile(
    r"\b(?:under|innovators?|top|year|decade|century|order|ordre|legion|l[ée]gion|padma|ratna|cross|best|outstanding|most"
    r"|distinguished|rising|leaders?|investigator|scientist|researcher|faculty|tr\d+|mvp|valuable|gold|silver|bronze|place|prize"
    r"|lecture|lectureship|honorary|honoris|fame|named|selected|recogni[sz]ed|listed|chosen|voted|honou?red|included|ranked|awarded"
    r"|bundesverdienstkreuz)\b",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(r"(?:(?<=\w)|(?<=[,)]))\s+([A-Z][A-Za-z]{1,8})\b")


@cache
def _letters() -> dict[str, str]:
    """Letters behind a name -> the honour they stand for."""
    pairs = (line.split("\t") for line in resources.words("post-nominals"))
    return {p[0]: p[1] for p in pairs}


def find(sentence: Sentence) -> list[Mention]:
    """Honours of a sentence by their shape; ``note`` is ``whole``."""
    found = list(_post_nominals(sentence))
    if _HINT.search(sentence.text):
        found += [
            _mention(sentence, m.start(), m.end(), _trim(m.group()))
            for pattern in _PATTERNS
            for m in pattern.finditer(sentence.text)
        ]
        found += [*_societies(sentence), *_lists(sentence)]
    return found


def _mention(sentence: Sentence, start: int, end: int, value: str, weight: float = 2.3) -> Mention:
    at = sentence.span.start
    blank = len(sentence.text[start:end]) - len(sentence.text[start:end].lstrip())
    return Mention("award", Span(at + start + blank, at + end), value, weight, "whole")


def _trim(value: str) -> str:
    return " ".join(value.split())


def _societies(sentence: Sentence) -> Iterator[Mention]:
    """A society's distinguished members; a company's distinguished engineers hold a post."""
    for m in _SOCIETY.finditer(sentence.text):
        known = authorities.resolve(m.group("by") or m.group("of"))
        if known is None or known.kind not in {"company", "university", "laboratory"}:
            yield _mention(sentence, m.start(), m.end(), _trim(m.group()), 2.5)


def _lists(sentence: Sentence) -> Iterator[Mention]:
    """A place on a printed list ("one of the world's top innovators under 35 by X and Y"); a quoted title."""
    for m in _LISTED.finditer(sentence.text):
        name = _trim(m.group("list"))
        if not re.search(r"\d", name):
            continue
        if not m.group("by"):
            yield _mention(sentence, m.start("list"), m.end("list"), name, 2.6)
        else:
            at, start = m.start("by"), m.start("list")
            for giver in re.finditer(r"(?:(?!\s+and\s).)+", m.group("by")):
                said = giver.group().strip().removeprefix("and ")
                yield _mention(sentence, start, at + giver.end(), f"{name} ({said})", 2.6)
                start = at + giver.end()
    for m in _QUOTED.finditer(sentence.text):
        yield _mention(sentence, m.start("name"), m.end("name"), _trim(m.group("name")), 2.6)


def _post_nominals(sentence: Sentence) -> Iterator[Mention]:
    """Letters behind a name or an article: "Ruth Ellery FRS", "awarded an OBE"."""
    for m in _AFTER_NAME.finditer(sentence.text):
        honour = _letters().get(m.group(1))
        if honour:
            yield _mention(sentence, m.start(1), m.end(1), honour, 2.5)
