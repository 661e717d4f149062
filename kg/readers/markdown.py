"""Pages in Markdown, with front matter (Jekyll, Hugo, Quarto) or without: what fields tell is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import names
from kg.model import Page
from kg.readers import Skipped, Source, _dates, _day_lines, _front, _labelled, _naming, _walking
from kg.readers._composing import Composition, DraftSpeaker, DraftTalk
from kg.readers._fields import meaning
from kg.readers._markup import lines, prose
from kg.readers._people import people
from kg.readers._sections import Section, known, sections

SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".mdx", ".qmd", ".rmd")
_PLAIN = ("", ".txt", ".text")
_FRONT = re.compile(r"\s*(?:---|\+\+\+)[ \t]*\r?\n|\s*\{")
_FENCED = re.compile(r"\s*[-+]{3}")
_KEY = re.compile(r"^[ \t]*\"?([\w][\w -]{0,40})\"?[ \t]*[:=]", re.MULTILINE)
_END = re.compile(r"^(?:---|\+\+\+|\.\.\.)[ \t]*\r?$", re.MULTILINE)
_TELLING = frozenset(
    ["title", "talk", "speaker", "author", "name", "first", "bio", "abstract", "subtitle"]
)
_TOLD = frozenset(["abstract", "series", "event", "start"])
_ACCOUNT = re.compile(r"(?:admin|me|editor|default|webmaster|team|[a-z][a-z0-9]{0,20})", re.ASCII)
_OF_TALKS = re.compile(
    r"\b(?:talks?|seminars?|colloqui(?:um|a)|lectures?|keynotes?|presentations?|vortr[aä]ge?)\b",
    re.I,
)
_POST = re.compile(r"\b(?:post|blog|news|page|article)\b", re.IGNORECASE)
_DAY = re.compile(r"(?:19|20)\d\d-\d\d-\d\d(?=\D)")
_MOST_SAID = 20_000


def claims(source: Source) -> float:
    """Front matter with a key as talks have; a page called Markdown."""
    own = source.suffix in SUFFIXES
    front = _FRONT.match(source.head)
    plain = source.suffix in _PLAIN and _FENCED.match(source.head)
    if not front or not (own or plain):
        return 0.35 if own else 0.0
    end = _END.search(source.head, front.end())
    behind = source.head[end.end() :] if end else ""
    keys = _KEY.findall(source.head[front.end() : end.start() if end else len(source.head)])
    fits = any(meaning(key.strip()).part in _TELLING for key in keys)
    if fits and (own or (behind.strip() and not _more(behind))):
        return 0.65
    return 0.35 if own else 0.0


def _more(rest: str) -> bool:
    """Whether what follows is a further document of fields rather than a text."""
    return len(_END.findall(rest)) > 0 and bool(re.match(r"\s*[\w-]{1,40}:(?:\s|$)", rest))


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of a document in Markdown.

    Raises:
        ReadError: the file is empty or holds no text.
    """
    front = _front.parted(source.name, source.text)
    if front.reason:
        yield Skipped(source.name, "front matter", front.reason)
    if front.fields is None:
        yield from _prose(source.name, front.body)
        return
    fields = _without_accounts(front.fields)
    found, skipped = _walking.talks(source.name, fields)
    yield from skipped
    composition = Composition(source.name)
    told = found if len(found) > 1 else _one(found, fields, sections(front.body))
    for talk in told:
        talk.date = talk.date or _named_day(source.name)
    for talk in told:
        composition.add(talk)
    yield from composition.pages() if told else _prose(source.name, _headed(fields, front.body))


def _named_day(name: str) -> str:
    """The day that the name of a file begins with, as pages of Jekyll have it: "2021-05-03-tides.md"."""
    match = _DAY.match(name.rpartition("/")[2])
    return (_dates.day(match[0]) or "") if match else ""


def _one(
    found: list[DraftTalk], fields: dict[str, object], parts: list[Section]
) -> list[DraftTalk]:
    """The one talk that fields and body tell of; none where the page is to be read as prose."""
    talk = found[0] if found else DraftTalk()
    if not _speakers(talk):
        _introduce(talk, parts)
    if not _speakers(talk) and talk.title and _names_who(talk.title.text):
        return []
    given = _speakers(talk) and (talk.title or found)
    if not given and not _is_talk(talk, fields, parts):
        return []
    _tell(talk, parts)
    return [talk]


def _names_who(title: str) -> bool:
    """Whether a title but names who speaks: "Ada Byron (Lund University)"."""
    found = people(title) if len(title) < 120 else []
    return bool(found) and all(
        _naming.person(p.name) and _naming.given(p.name.split()[0]) for p in found
    )


def _prose(name: str, body: str) -> Iterator[Page | Skipped]:
    found = lines(body)
    if found:
        text = _day_lines.text(_day_lines.labelled(found))
        yield from _labelled.pages(name, (line for line, _ in found)) or [Page(name, text)]


def _without_accounts(fields: dict[str, object]) -> dict[str, object]:
    """Fields without the names of accounts ("admin") among the authors, and without who wrote a post of news."""
    told = {meaning(key).part for key, value in fields.items() if value}
    post = _POST.search(f"{fields.get('layout', '')} {fields.get('type', '')}") is not None
    news = post and not told & _TOLD and not _names_talks(fields)
    return {
        key: value if meaning(key).part != "author" else None if news else _people_only(value)
        for key, value in fields.items()
    }


def _names_talks(fields: dict[str, object]) -> bool:
    """Whether a field that sorts pages says that this one is of a talk."""
    sorted_by = ("type", "collection", "layout", "categories", "category", "tags", "title")
    return _OF_TALKS.search(" ".join(str(fields.get(k, ""))[:500] for k in sorted_by)) is not None


def _people_only(value: object) -> object:
    if isinstance(value, list):
        return [v for v in value if not _account(v)]
    return None if _account(value) else value


def _account(value: object) -> bool:
    return isinstance(value, str) and _ACCOUNT.fullmatch(value.strip()) is not None


def _speakers(talk: DraftTalk) -> list[DraftSpeaker]:
    return [s for s in talk.speakers if s.name]


def _introduce(talk: DraftTalk, parts: list[Section]) -> None:
    """Take from sections who speaks, where one alone is named so, and title and day where no field gives them."""
    named = [s for s in parts if s.part in {"speaker", "author"} and s.text]
    titled = [s for s in parts if s.part in {"title", "talk"} and s.text]
    if len(named) != 1 or len(titled) > 1:
        return
    first = named[0].text.split("\n")[0]
    found = people(first) if len(first) < 200 else []
    if not found or not all(_naming.person(p.name) for p in found):
        return
    for one in found:
        speaker = talk.speaker(one.name, _place(named[0]))
        if one.post:
            speaker.post(one.post, _place(named[0]))
    if titled and "\n" not in titled[0].text and len(titled[0].text) < 300:
        talk.named(titled[0].text, _place(titled[0]))
    for part in parts:
        if part.part in {"date", "start"} and not talk.date:
            talk.date = _dates.day(part.text[:100]) or ""


def _is_talk(talk: DraftTalk, fields: dict[str, object], parts: list[Section]) -> bool:
    """Whether a page that names no speaker tells of one talk, and does so by its fields."""
    if not talk.title or any(s.part in {"speaker", "author", "bio", "title"} for s in parts):
        return False
    told = {meaning(key).part for key, value in fields.items() if value not in (None, "", [], {})}
    return bool(told & _TOLD) or _names_talks(fields)


def _headed(fields: dict[str, object], body: str) -> str:
    """A body below the title and the day of its front matter, if it does not open with that title itself."""
    told = {
        meaning(key).part: prose(v) for key, v in reversed(fields.items()) if isinstance(v, str)
    }
    title = " ".join(told.get("title", "").split())
    opening = names.fold(prose(body[:1000]).split("\n")[0])
    day = _dates.day(told.get("date", "")) or ""
    again = names.fold(title) == opening or (_names_who(title) and _names_again(title, body))
    head = [line for line in ("" if again else title, day) if line]
    return "\n\n".join([*head, body])


def _names_again(title: str, body: str) -> bool:
    """Whether a body names everybody that a title names."""
    said = names.fold(prose(body[:_MOST_SAID]))
    return all(names.fold(one.name) in said for one in people(title))


def _place(part: Section) -> str:
    return f"body, section {part.heading}" if part.heading else "body"


def _tell(talk: DraftTalk, parts: list[Section]) -> None:
    """Give a talk what its body tells; a body without known sections may tell of anything."""
    told = list(known(parts))
    speakers = _speakers(talk)
    if not told:
        _say(talk, "\n".join(s.text for s in parts if s.text and s.part in {"", "talk"}), "body")
        return
    for part in parts:
        if not part.text or _told(talk, part.text):
            continue
        if part.part in {"abstract", "text", "talk"}:
            talk.told(part.text, _place(part))
        elif part.part in {"bio", "speaker", "author", "people", "about"} or _of(speakers, part):
            _biography(talk, part)
        elif not part.heading or (
            talk.title and names.fold(part.heading) == names.fold(talk.title.text)
        ):
            _say(talk, part.text, _place(part))


def _say(talk: DraftTalk, text: str, place: str) -> None:
    """Take a text of unknown kind; beside a given abstract and biography it is something else."""
    if talk.abstract and any(s.bios for s in _speakers(talk)):
        return
    text = text[:_MOST_SAID]
    if _speakers(talk):
        talk.said(text, place)
    else:
        talk.told(text, place)


def _of(speakers: list[DraftSpeaker], part: Section) -> bool:
    """Whether a section goes by the name of one who speaks."""
    heading = names.fold(part.heading)
    return any(s.name and names.fold(s.name.text) in heading for s in speakers)


def _told(talk: DraftTalk, text: str) -> bool:
    """Whether a text was given by a field, too."""
    given = [g.text for g in (*talk.abstract, *talk.prose)] + [
        b.text for s in talk.speakers for b in s.bios
    ]
    return any(names.fold(text) == names.fold(g) for g in given)


def _biography(talk: DraftTalk, part: Section) -> None:
    """Take what a section tells of who speaks; a line that only names them tells nothing new."""
    speakers = _speakers(talk)
    text, place = part.text, _place(part)
    own = [s for s in speakers if s.name and names.fold(s.name.text) in names.fold(part.heading)]
    one = own[0] if own else speakers[0] if len(speakers) == 1 else None
    if one is None or one.name is None:
        _say(talk, text, place)
        return
    first, _, rest = text.partition("\n")
    named = people(first) if len(first) < 200 else []
    if len(named) == 1 and names.fold(named[0].name) == names.fold(one.name.text):
        if named[0].post and all(named[0].post != p.text for _, p in one.posts):
            one.post(named[0].post, place)
        text = rest
    if text:
        one.bio(text, place)
