"""What the description of a calendar's event says part by part: "Speaker: ...", "Abstract", "by Ada Byron (Lund)"."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from kg import names, resources
from kg.readers import _calendar_words, _empty, _naming
from kg.readers._markup import prose
from kg.readers._people import Named
from kg.readers._single import is_place, listed

_TAGGED = re.compile(
    r"<(?:br|p|div|span|a|b|i|ul|li|html|strong|em|table|h\d)\b[^<>]*>", re.IGNORECASE
)
_LABEL = re.compile(
    r"[\s*_#>•·–-]*([^\W\d][^:：\n]{1,38}?)\s*[*_]*\s*[:：]\s*[*_]*\s*(.*)", re.DOTALL
)
_BY = re.compile(r"(?:by|von|par|por)\s+(.+?)(?:\s+as part of\s+(.+))?", re.IGNORECASE)
_PART_OF = re.compile(r"(.*?)\s+as part of\s+(.+)", re.IGNORECASE)
_TITLES = r"(?:(?:Prof|Dr|Professor|Mr|Ms|Mrs)\.?\s+){0,2}"
_NAME = r"[^\W\d_a-z][\w.’'-]*(?:\s+(?:[^\W\d_a-z][\w.’'-]*|de|van|von|der|den|da|di|la|le|el|bin|al)){1,4}"
_GIVEN_BY = re.compile(
    r"\b(?:talk|lecture|seminar|presentation|keynote|colloquium|webinar|vortrag|vorlesung|conf[ée]rence|expos[ée]"
    r"|charla|palestra)\b"
    r"[^.!?\n]{0,60}?\b(?:by|with|from|von|mit|par|por|de|with guest)\s+(?:our (?:guest|speaker)\s+)?"
    rf"({_TITLES}{_NAME})(\s*\([^()]{{2,80}}\))?"
)
_QUOTED = re.compile(r"[“„\"«‹]\s*([^“”„\"«»‹›]{6,200}?)\s*[”“\"»›]")
_PHONE = re.compile(r"[\s+\d(),;#*.-]{7,}(?:[#\w\s().,-]{0,40})")
_RULE = re.compile(r"[\s\-–—_=*~:.|]*")
_LINK = re.compile(
    r"<?\b(?:https?://|www\.|mailto:)[^\s>]+>?|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.IGNORECASE
)
_LONGEST = 200_000
_ONE_LINE = frozenset(["title", "speaker", "place"])


@dataclass
class Told:
    """The parts of a description; texts have a paragraph a line."""

    title: str = ""
    series: str = ""
    people: list[Named] = field(default_factory=list)
    abstract: str = ""
    bio: str = ""
    rest: str = ""
    labels: set[str] = field(default_factory=set)


@cache
def _labels() -> dict[str, str]:
    rows = (row.partition("\t") for row in resources.words("labels"))
    return {names.fold(label): kind for label, _, kind in rows}


def read(text: str) -> Told:
    """The parts of a description, and as the rest what no label tells of; how to join a meeting is left out."""
    parts: dict[str, list[str]] = {}
    told = Told()
    kind = "rest"
    for line in _lines(text[:_LONGEST]):
        label, said = _label(line)
        if label:
            told.labels.add(label)
            kind = label
        elif not line.strip() and kind in _ONE_LINE and parts.get(kind):
            kind = "rest"
        elif kind in ("rest", "title") and not told.people and _by(told, line):
            kind = "rest"
            continue
        parts.setdefault(kind, []).append(said if label else line)
        if label in ("noise", "date"):
            kind = "rest"
    _tell(told, parts)
    return told


def _lines(text: str) -> list[str]:
    plain = prose(text) if _TAGGED.search(text) else text
    return [line for line in plain.split("\n") if not _is_noise(line)]


def _is_noise(line: str) -> bool:
    """Whether a line says how to join a meeting, or hardly more than an address."""
    if not line.strip():
        return False
    if len(line) > 300:
        return False
    rest, links = _LINK.subn(" ", line)
    if links and len(rest.split()) < 5:
        return _label(rest)[0] not in ("title", "speaker")
    return bool(_calendar_words.joining(line) or _PHONE.fullmatch(line) or _RULE.fullmatch(line))


def _label(line: str) -> tuple[str, str]:
    """The kind of part that a line labels and what it says of it: "Speaker: Ada Byron", or "Abstract" alone."""
    match = _LABEL.fullmatch(line)
    if match and (kind := _labels().get(names.fold(match[1]))):
        return kind, match[2]
    alone = names.fold(line) if len(line) < 30 else ""
    kind = _labels().get(alone, "")
    return (kind, "") if kind in ("abstract", "bio") and line.strip()[:1].isupper() else ("", "")


def _by(told: Told, line: str) -> bool:
    """Take who speaks from a line of its own: "by Ada Byron (Lund University) as part of Coast Days"."""
    match = _BY.fullmatch(line.strip()) if len(line) < 300 else None
    found = listed(match[1]) if match else []
    if match and found and all(_naming.person(n.name) for n in found):
        told.people, told.series = found, (match[2] or "").strip()
        return True
    return False


def _tell(told: Told, parts: dict[str, list[str]]) -> None:
    told.title = " ".join(" ".join(parts.get("title", [])).split())
    if match := _PART_OF.fullmatch(told.title):
        told.title, told.series = match[1], match[2]
    if _empty.unsaid(told.title):
        told.title = ""
    told.people = told.people or _speakers(parts.get("speaker", []), parts.get("place", []))
    rest = parts.get("rest", [])
    if not told.people and (opening := _opening(rest)):
        told.people = opening
        rest = rest[[bool(line.strip()) for line in rest].index(True) + 1 :]
    if not told.people:
        told.people = _within(rest)
    told.abstract = _prose(parts.get("abstract", []), 8)
    told.bio = _prose(parts.get("bio", []), 8)
    told.rest = _prose(rest, 20)


def _prose(lines: list[str], least: int) -> str:
    """The prose of lines; "" where it says nothing, or has fewer letters than what says something."""
    said = prose("\n".join(lines))
    return "" if _empty.unsaid(said) or sum(map(str.isalpha, said)) < least else said


def _speakers(lines: list[str], places: list[str]) -> list[Named]:
    """The people of a labelled part; the lines behind a first name are its post and place."""
    said = [line.strip() for line in lines if line.strip()]
    found = listed(said[0]) if said else []
    behind = [
        line for line in said[1:] if not listed(line) or not _naming.person(listed(line)[0].name)
    ]
    if len(found) == 1 and len(behind) < len(said) - 1:
        found = listed("\n".join(said))
    post = ", ".join([*behind, *(p.strip() for p in places if p.strip())])
    if len(found) == 1 and not found[0].post and post and len(post) < 200:
        return [found[0]._replace(post=post)]
    return found


def _opening(lines: list[str]) -> list[Named]:
    """The person that a description opens with: "Ada Byron, Lund University" on a line of its own."""
    first = next((line.strip() for line in lines if line.strip()), "")
    if not 5 < len(first) < 140 or first.endswith((".", "?", "!", ":")):
        return []
    found = listed(first)
    sure = all(_naming.person(n.name) and is_place(n.post) for n in found)
    return found if found and sure else []


def _within(lines: list[str]) -> list[Named]:
    """The person that a sentence near the beginning names: "a talk by Ada Byron (Lund University)"."""
    match = _GIVEN_BY.search("\n".join(lines)[:600])
    found = listed(match[1] + (match[2] or "")) if match else []
    sure = (
        len(found) == 1
        and _naming.person(found[0].name)
        and _naming.given(found[0].name.split()[0])
    )
    return found if sure else []


def beside(told: Told, known: tuple[Named, ...]) -> tuple[Named, ...]:
    """People known from elsewhere, with the post that a description opens with: "Ada Byron, Lund University"."""
    first, _, rest = told.rest.partition("\n")
    if len(known) != 1 or len(first) > 200 or first.endswith((".", "?", "!")):
        return known
    name = known[0].name
    at = first.find(name)
    if not 0 <= at < 20:
        return known
    told.rest = rest
    post = first[at + len(name) :].strip(" ,;:()[]-–—")
    return (known[0]._replace(post=post),) if post and not known[0].post else known


def heading(told: Told, title: str) -> str:
    """The title of a talk: the one known, else a first line in quotation marks; lines that only repeat it go."""
    lines = told.rest.split("\n")
    quoted = _QUOTED.fullmatch(lines[0].strip()) if not title else None
    title = quoted[1] if quoted else title
    key = names.fold(title)
    told.rest = "\n".join(
        line for line in lines if names.fold(line) != key and not _empty.unsaid(line)
    )
    return title
