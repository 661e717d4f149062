"""Page to talks: listings, mentions, clauses, facts and topics in one call."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import (
    authorities,
    clauses,
    confidence,
    definitions,
    facts,
    language,
    listings,
    mentions,
    names,
    posts,
    settings,
    subjects,
    tagger,
    topics,
)
from kg.clauses import Frame, Opening
from kg.facts import Passage, organization_name
from kg.facts.affiliation import Affiliation
from kg.facts.position import Position
from kg.facts.speaking import Speaking
from kg.language import Sentence
from kg.mentions import Context
from kg.model import Evidence, Fact, Listing, Mention, Page, Span, Speaker, SpeakerLine, Talk
from kg.tagger import Heard

Post = Affiliation | Position
_OF_YEAR = re.compile(r"(?:[ ][^\W\d_a-z]\w+){0,2}[ ](?:19|20)\d\d\b(?!\s*[-–—])")
_TERM = re.compile(
    r"\b(?:since|from|until|till|as of|class of|seit|bis|depuis|desde|dal|od)\b|\b(?:19|20)\d\d\s*[-–—]|[-–—]\s*(?:19|20)\d\d\b"
    r"|\b(?:ph\.?\s?d|m\.?sc|b\.?sc|prize|award|medal)",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_TELLING = frozenset({"organization", "degree", "award", "role", "unit", "body", "service"})


def extract(page: Page) -> tuple[Talk, ...]:
    """Talks of a page with everything it states of their speakers.

    Returns:
        Talks in reading order; () when no talk or speaker stands on the page.
    """
    return extract_all([page])[0]


def extract_all(pages: Sequence[Page]) -> list[tuple[Talk, ...]]:
    """The talks of each of several pages: what ``extract`` gives, in less time."""
    found = [listings.find(page) for page in pages]
    spans = [_spans(page, listed) for page, listed in zip(pages, found, strict=True)]
    texts = [(page.text, wanted) for page, wanted in zip(pages, spans, strict=True)]
    return [
        _talks(page, listed, parsed)
        for page, listed, parsed in zip(pages, found, language.parse_all(texts), strict=True)
    ]


def _talks(
    page: Page, found: tuple[Listing, ...], parsed: dict[Span, Sentence]
) -> tuple[Talk, ...]:
    context, known = _context(page, found, parsed), known_names(page)
    return tuple(_talk(page, listing, context, known) for listing in found)


def page_context(page: Page, found: tuple[Listing, ...]) -> Context:
    """What a page says of names: its speakers, and the short forms it introduces."""
    spans = _spans(page, found)
    parsed = dict(zip(spans, language.parse(page.text, spans), strict=True))
    return _context(page, found, parsed)


def _context(page: Page, found: tuple[Listing, ...], parsed: dict[Span, Sentence]) -> Context:
    people = tuple(
        page.text[s.name.start : s.name.end] for listing in found for s in listing.speakers
    )
    marked = tuple(p for listing in found for p in listing.marked)
    return Context(definitions.find(page.text), people, marked, parsed)


def _spans(page: Page, found: tuple[Listing, ...]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(s for listing in found for s in _read(page, listing)))


def _read(page: Page, listing: Listing) -> Iterator[Span]:
    """Sentences of a listing that are read word by word."""
    for index, line in enumerate(listing.speakers):
        yield from _line_spans(page, line)
        yield from _bio_spans(page, listing, index)
    yield from topics.spans(page, listing)


def known_names(page: Page) -> frozenset[str]:
    """Canonical names of the institutions that the page holds in full."""
    begun = _by_first_word()
    words = begun.keys() & set(_WORD.findall(page.text))
    return frozenset(name for word in words for name in begun[word] if name in page.text)


@cache
def _by_first_word() -> dict[str, list[str]]:
    out: dict[str, list[str]] = {}
    for institution in authorities.institutions().values():
        found = _WORD.search(institution.name)
        out.setdefault(found.group() if found else "", []).append(institution.name)
    return out


def _talk(page: Page, listing: Listing, context: Context, known: frozenset[str]) -> Talk:
    clean = _title(listing)
    speakers = tuple(_speaker(listing, i, context, known) for i in range(len(listing.speakers)))
    abstract = "\n".join(page.text[s.start : s.end] for s in listing.abstract) or None
    return Talk(
        page,
        clean,
        listing.title,
        listing.series,
        listing.date,
        abstract,
        speakers,
        topics.find(page, listing, context.parsed),
    )


def _title(listing: Listing) -> str | None:
    span = listing.title
    return " ".join(listing.page.text[span.start : span.end].split()) if span else None


def _speaker(
    listing: Listing,
    index: int,
    context: Context,
    known: frozenset[str],
) -> Speaker:
    page, line = listing.page, listing.speakers[index]
    title = _title(listing)
    name = " ".join(page.text[line.name.start : line.name.end].split())
    heard = hear(listing, index, context)
    passage = passage_of(listing, index, heard, context, known)
    grammar = facts.find_all(passage)
    added, chances = _second(passage, line.name, heard, grammar)
    believed = facts.believed(grammar, added, chances, settings.DEFAULT.least_likely)
    told = _merged(tuple(map(facts.housed, believed)))
    return Speaker(name, (_speaking(page, line, name, title), *map(_calibrated, told)))


@dataclass(frozen=True)
class Said:
    """A sentence with the frames that the clauses make of it."""

    heard: Heard
    frames: tuple[Frame, ...]
    paragraph: int


def hear(listing: Listing, index: int, context: Context) -> tuple[Said, ...]:
    """Every sentence that may tell of a speaker: those of the line, then those of the biography."""
    page, line = listing.page, listing.speakers[index]
    name = " ".join(page.text[line.name.start : line.name.end].split())
    out: list[Said] = []
    for n, (sentence, place, about, opening) in enumerate(
        (*_line_sentences(page, line, context), *_bio_sentences(listing, index, name, context))
    ):
        found = mentions.find_all(sentence, context)
        frames = clauses.read(sentence, found, opening)
        if place == "line":
            frames = tuple(_on_line(page, line, f) for f in frames if not _is_event(page, f))
        elif about in {"other", "work", "honours"}:
            frames = tuple(f for f in frames if _holds_of_speaker(f, about))
        begun = page.text.rfind("\n", 0, sentence.span.start)
        paragraph = -2 - n if place == "line" else begun
        heard = Heard(sentence.in_english, found, place, about)
        out.append(Said(heard, frames, paragraph))
    return tuple(out)


def _holds_of_speaker(frame: Frame, about: str) -> bool:
    """Whether a frame of a sentence whose subject is something else tells of the speaker: "A supervised her thesis"."""
    if about != "other":
        return frame.kind == "award" or frame.rule in {"advice", "advised-by"}
    return frame.rule == "advice" and "whose" not in frame.sentence.text


def _on_line(page: Page, line: SpeakerLine, frame: Frame) -> Frame:
    """A frame of a speaker line: a day or year on it is the talk's, unless words make it the time of a post."""
    dated = _TERM.search(frame.sentence.text) is not None
    start, end = (frame.start, frame.end) if dated else ("", "")
    return _titled(page, line, replace(frame, rule="line", cue=line.name, start=start, end=end))


def _is_event(page: Page, frame: Frame) -> bool:
    """Whether the organization on a speaker line is an event of some year: "PyData Ruritania 2017"."""
    place = frame.organization
    return place is not None and _OF_YEAR.match(page.text, place.span.end) is not None


def _plainly(page: Page, span: Span) -> str:
    """The one institution that printed words can mean, or ""; such words settle short ones said of the same person."""
    found = authorities.lookup(" ".join(page.text[span.start : span.end].split()))
    return found[0].name if len(found) == 1 and found[0].because != "slot" else ""


def passage_of(
    listing: Listing, index: int, said: tuple[Said, ...], context: Context, known: frozenset[str]
) -> Passage:
    """What the clauses make of all that is heard of a speaker."""
    page, line = listing.page, listing.speakers[index]
    name = " ".join(page.text[line.name.start : line.name.end].split())
    frames = tuple(f for s in said for f in s.frames)
    known |= {n for f in frames if f.organization and (n := _plainly(page, f.organization.span))}
    current = frozenset(
        organization_name(f.organization, known, page.text)
        for f in frames
        if f.organization and f.kind == "post" and f.tense == "now"
    )
    return Passage(page, name, frames, current, known)


def paragraphs(
    said: tuple[Said, ...], grammar: tuple[Fact, ...]
) -> tuple[list[list[Heard]], frozenset[str]]:
    """What is heard, by paragraph, with the facts of the grammar noted in it; and the organizations of the line."""
    groups: dict[int, list[Heard]] = {}
    for s in said:
        span = s.heard.sentence.span
        told = tuple((f.at, type(f).__name__) for f in grammar if span.holds(f.at))
        if not told and not any(m.kind in _TELLING for m in s.heard.mentions):
            continue  # nothing to tell
        groups.setdefault(s.paragraph, []).append(replace(s.heard, told=told))
    at = frozenset(
        names.fold(m.value)
        for s in said
        for m in s.heard.mentions
        if s.heard.place == "line" and m.kind == "organization"
    )
    return list(groups.values()), at


_WHOSE = frozenset(["his", "her", "their", "my", "our"])


def _second(
    passage: Passage, name: Span, said: tuple[Said, ...], grammar: tuple[Fact, ...]
) -> tuple[list[Fact], facts.Chances]:
    """Earlier posts that the learned chain reads, and how probable it finds the facts of the grammar."""
    groups, at = paragraphs(said, grammar)
    frames: list[Frame] = []
    chances: dict[tuple[Span, str], float] = {}
    known = {f.at for f in grammar if authorities.resolve(getattr(f, "organization", "") or "")}
    for group in groups:
        if group[0].place == "line" and _plain(group, known):
            continue
        tags, judged = tagger.tag(group, at, passage.subject)
        chances |= judged
        for heard in group:
            if heard.about == "other" and heard.sentence.tokens[0].lower in _WHOSE:
                continue  # "Her father was a professor at ..."
            inside = [t for t in tags if heard.sentence.span.holds(t.span)]
            frames += posts.read(heard, inside, settings.DEFAULT.least_added, name)
    found = facts.find_all(replace(passage, frames=tuple(frames)))
    return [f for f in found if isinstance(f, Position) and _told_whole(f)], chances


def _plain(group: list[Heard], known: set[Span]) -> bool:
    """Whether the words beside a name tell but of known organizations: nothing there is to be doubted."""
    told = [at for heard in group for at, _ in heard.told]
    return bool(told) and all(at in known for at in told)


def _told_whole(post: Position) -> bool:
    """Whether a post has a role, as one that only a sentence tells must have."""
    return post.role is not None or not post.evidence.quote.rstrip().endswith(".")


def _calibrated(fact: Fact) -> Fact:
    sure = confidence.calibrated(type(fact).__name__, fact.rule, fact.confidence)
    return replace(fact, confidence=sure)


def _speaking(page: Page, line: SpeakerLine, name: str, title: str | None) -> Speaking:
    start = page.text.rfind("\n", 0, line.name.start) + 1
    end = page.text.find("\n", line.name.end)
    span = language.trim(page.text, start, len(page.text) if end < 0 else end) or line.name
    evidence = Evidence(page, span.start, span.end, page.text[span.start : span.end])
    return Speaking(
        subject=title or name, evidence=evidence, printed=page.text[line.name.start : line.name.end], at=line.name,
        rule="speaking/line", confidence=0.95, person=name, role=line.part,
    )  # fmt: skip


Passages = Iterator[tuple[Sentence, str, str, Opening]]


def _line_spans(page: Page, line: SpeakerLine) -> list[Span]:
    return [Span(a.start, b) for a, b in _pieces(page, line)]


def _bio_spans(page: Page, listing: Listing, index: int) -> list[Span]:
    paragraphs = _unwrapped(page, [p for i, spans in listing.bios if i == index for p in spans])
    return [s for p in paragraphs for s in language.sentences(page.text, p.start, p.end)]


def _unwrapped(page: Page, paragraphs: list[Span]) -> list[Span]:
    """Join a paragraph that goes on in small letters on the next line: the page breaks its lines."""
    out: list[Span] = []
    for p in paragraphs:
        gap = page.text[out[-1].end : p.start].strip(" \t\r") if out else ""
        before, after = page.text[slice(*out[-1])] if out else "", page.text[slice(*p)]
        if gap == "\n" and language.goes_on(before, after):
            out[-1] = Span(out[-1].start, p.end)
        else:
            out.append(p)
    return out


def _line_sentences(page: Page, line: SpeakerLine, context: Context) -> Passages:
    for sentence in language.parse(page.text, _line_spans(page, line), context.parsed):
        yield sentence, "line", "speaker", Opening(line=True)


def _bio_sentences(listing: Listing, index: int, name: str, context: Context) -> Passages:
    page, about = listing.page, "speaker"
    for sentence in language.parse(page.text, _bio_spans(page, listing, index), context.parsed):
        about = subjects.judge(sentence, name, about)
        past = about == "past"
        yield (
            sentence,
            "bio",
            about,
            Opening(about != "other", "past" if past else "now", past, about == "honours"),
        )


def _titled(page: Page, line: SpeakerLine, frame: Frame) -> Frame:
    """A place beside "Prof." and a name is where that person is a professor."""
    before = re.search(r"\bProf(?:essor|\.|\b)(?:\s*Dr\.?)?\s*$", page.text[: line.name.start])
    university = frame.organization and clauses.is_school(frame.organization)
    if frame.kind != "post" or frame.anchor or not before or not university:
        return frame
    word = re.match(r"Prof(?:essor)?\.?", before.group()) or before
    span = Span(before.start(), before.start() + word.end())
    return replace(frame, anchor=Mention("role", span, word.group()))


def _pieces(page: Page, line: SpeakerLine) -> list[tuple[Span, int]]:
    """Details that stand on lines right behind each other are read as one: role on one, place on the next."""
    merged: list[tuple[Span, int]] = []
    for span in line.details:
        if merged and not page.text[merged[-1][1] : span.start].strip(" \n\t,;)-–—|"):
            merged[-1] = (merged[-1][0], span.end)
        else:
            merged.append((span, span.end))
    return merged


def _merged(found: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Posts told without a role join the one told with its role at the same place and time."""
    out: list[Fact] = list(found)
    for fact in found:
        if not isinstance(fact, Affiliation | Position) or fact.role is not None:
            continue
        rest = [o for o in out if o is not fact and type(o) is type(fact)]
        fuller = [o for o in rest if _tells_more(o, fact)]
        if not fuller:
            continue
        out = [o for o in out if o is not fact]
        if len(fuller) == 1:
            whole = facts.filled(fuller[0], fact)
            out = [whole if o is fuller[0] else o for o in out]
    return tuple(out)


def _tells_more(fuller: Post, fact: Post) -> bool:
    """Whether one post says all that another at the same place says, and no other years."""
    if fuller.organization != fact.organization or not (fuller.role or fuller.unit):
        return False
    if fact.unit and not fuller.role:
        return False
    return all(
        not getattr(fact, n) or getattr(fuller, n) in {None, getattr(fact, n)} for n in _years(fact)
    )


def _years(fact: Post) -> tuple[str, ...]:
    return tuple(n for n in ("start", "end") if hasattr(fact, n))
