"""One line of a listing, read as a speaker line, a title, both, or prose: every reading with its parts and a score."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, cached_property

from kg import language, names, resources, shapes
from kg.language import Sentence
from kg.model import Span, SpeakerLine

_SEPARATORS = re.compile(r"^[\s,;:|/·•–—\-(]+")
_LABEL = re.compile(
    r"^\s*[*_#>\s]*([^\W\d_][\w’' /&.-]{0,38}?)\s*[*_]*\s*(?::|\t|\s[-–—]\s|$)[*_]*\s*", re.UNICODE
)
_SERIES = re.compile(
    r"^(?P<series>[^:]{3,70}?\b(?:seminars?|colloquium|colloquia|lectures?|school|webinars?|series|workshop|symposium|forum|keynote|tutorial|session|talks?)(?:\s+(?:series|#?\d+))?)\s*:\s+(?=\S)",
    re.IGNORECASE,
)
_JOIN = re.compile(r"\s*(?:,\s*and\b|,|;|&|\band\b|/|\bund\b|\bet\b)\s*")


@dataclass(frozen=True)
class Reading:
    """One way to read a line."""

    score: float
    title: Span | None = None
    speakers: tuple[SpeakerLine, ...] = ()


@dataclass(frozen=True)
class Line:
    """A line that is not empty, with what stands before its content cut off.

    Parameters:
        label: the part that a label on the line announces ("speaker", "bio"), or "".
        alone: whether the label is all there is.
        timed: whether a clock time or time stamp stood before the content.
        gap: whether an empty line stands before it.
    """

    text: str = field(repr=False)
    span: Span
    label: str = ""
    alone: bool = False
    timed: bool = False
    gap: bool = False

    @cached_property
    def content(self) -> str:
        """The words of the line behind label, bullet and time."""
        return self.text[self.span.start : self.span.end]

    @cached_property
    def sentence(self) -> Sentence:
        """Tokens of the content."""
        return language.plain(self.text, self.span)

    @cached_property
    def size(self) -> int:
        """Words of the content."""
        return sum(t.word for t in self.sentence.tokens)


@cache
def labels() -> dict[str, str]:
    """Label, folded -> the part it announces."""
    pairs = (line.split("\t") for line in resources.words("labels"))
    return {names.fold(p[0]): p[1] for p in pairs}


def split(text: str) -> tuple[Line, ...]:
    """Lines of a page that hold anything, in order."""
    out, at, gap = [], 0, False
    for raw in text.split("\n"):
        if raw.strip():
            out.append(_line(text, at, raw, gap))
            gap = False
        else:
            gap = True
        at += len(raw) + 1
    return tuple(out)


def _line(text: str, at: int, raw: str, gap: bool) -> Line:
    cut = shapes.bullets(raw)
    rest, stamp = shapes.strip_time(raw[cut:])
    cut += stamp
    timed = stamp > 0
    label, length = _label(rest)
    if label:
        inner = language.trim(text, at + cut + length, at + len(raw))
        if inner is None:
            whole = language.trim(text, at + cut, at + len(raw))
            return Line(
                text, whole or Span(at, at + len(raw)), label, alone=True, timed=timed, gap=gap
            )
        return Line(text, inner, label, timed=timed, gap=gap)
    whole = language.trim(text, at + cut, at + len(raw)) or language.trim(text, at, at + len(raw))
    assert whole is not None
    return Line(text, whole, timed=timed, gap=gap)


def _label(rest: str) -> tuple[str, int]:
    """The part that a label at the start announces, and the label's length with its colon."""
    match = _LABEL.match(rest)
    if not match:
        return "", 0
    word = names.fold(match.group(1))
    part = labels().get(word) or labels().get(re.sub(r"\s*\d+$", "", word)) or ""
    if not part:
        return "", 0
    dash = re.search(r"\s[-–—]\s*[*_]*\s*$", match.group())
    if dash and part not in {"abstract", "bio", "speaker", "title"}:
        return "", 0
    return part, match.end()


def series_prefix(title: str, prefixes: frozenset[str] = frozenset()) -> tuple[str | None, int]:
    """A series printed before a title ("Quantum Colloquium: ..."), and the length of prefix and colon."""
    match = _SERIES.match(title)
    if match and len(match.group("series").split()) <= 9:
        return match.group("series").strip(), match.end()
    head, colon, rest = title.partition(":")
    if colon and rest.strip() and names.fold(head) in prefixes:
        return head.strip(), len(head) + 1 + len(rest) - len(rest.lstrip())
    return None, 0


# -- readings of a short line ----------------------------------------------------------------------------------


def readings(line: Line) -> dict[str, Reading]:
    """Readings of a short line: ``speaker``, ``title``, ``both``; only those that fit at all."""
    out: dict[str, Reading] = {}
    speakers, score = speaker_line(line.text, line.span)
    if speakers:
        out["speaker"] = Reading(score, None, speakers)
    both = _both(line)
    if both:
        out["both"] = both
        if "speaker" in out and re.search(r"\s[-–—]\s", line.content) and line.size > 9:
            out["speaker"] = Reading(out["speaker"].score - 1.5, None, speakers)
    return out


def speaker_line(text: str, span: Span) -> tuple[tuple[SpeakerLine, ...], float]:
    """Speakers of a line that opens with a name, and how well the rest fits; () when it opens with none."""
    lead = re.match(
        r"(?:(?:presented\s+)?by|with|presenter|speakers?)\s+(?=[^\W\d_])",
        text[span.start : span.end],
        re.IGNORECASE,
    )
    span = Span(span.start + lead.end(), span.end) if lead else span
    sentence = language.plain(text, span)
    listed = _listed(sentence)
    if listed:
        return listed, 2.2
    end = shapes.opens_with_name(sentence)
    if not end:
        return (), 0.0
    name = shapes.bare_name(sentence, 0, end)
    score = (
        1.2 + shapes.person_score(sentence.tokens[:end]) if name == sentence.place(0, end) else 2.2
    )
    rest = _rest(text, sentence.place(0, end).end, span.end)
    if rest is None:
        return (SpeakerLine(name),), score
    fit = _rest_fit(text, sentence, end, rest)
    if fit < 0:
        return (), 0.0
    return (SpeakerLine(name, (rest,)),), score + fit


def _rest(text: str, start: int, end: int) -> Span | None:
    lead = _SEPARATORS.match(text[start:end])
    start += lead.end() if lead else 0
    return language.trim(text, start, end)


def _rest_fit(text: str, sentence: Sentence, end: int, rest: Span) -> float:
    """How well the words behind a name fit a speaker line: they must be set apart, and tell posts or places."""
    mark = sentence.tokens[end].text if end < len(sentence.tokens) else ""
    words = text[rest.start : rest.end]
    if (
        mark not in {",", "(", "-", "–", "—", "|", "/", "·", "•", ":", ";", "\t", "@"}
        and not words.lower().startswith(("from ", "at ", "of "))
        and "\t" not in text[sentence.tokens[end - 1].span.end : rest.start]
    ):
        return -1.0
    if len(words.split()) > 40 or (
        words.rstrip().endswith((".", "?", "!")) and len(words.split()) > 14
    ):
        return -1.0
    inner = language.plain(text, rest)
    fit = 1.2 * shapes.place_score(inner)
    if mark in {":", "–", "—", "-"} and fit < 0.5 and len(words.split()) > 2:
        return -1.0
    return fit + (0.5 if mark == "(" and words.endswith(")") else 0.0) - (0.5 if fit < 0.3 else 0.0)


def _listed(sentence: Sentence) -> tuple[SpeakerLine, ...]:
    """Several speakers on a line: "A, B and C", "A (X), B (Y) and C (Z)"."""
    tokens, i, found = sentence.tokens, 0, []
    while i < len(tokens):
        end = shapes.name_at(tokens, i)
        if end == i:
            return ()
        name = shapes.bare_name(sentence, i, end)
        details: tuple[Span, ...] = ()
        i = end
        if i < len(tokens) and tokens[i].text == "(":
            close = next((j for j in range(i, len(tokens)) if tokens[j].text == ")"), None)
            if close is None or close == i + 1:
                return ()
            details = (sentence.place(i + 1, close),)
            i = close + 1
        found.append(SpeakerLine(name, details))
        if i < len(tokens):
            step = i
            while step < len(tokens) and tokens[step].lower in {
                ",",
                "and",
                "&",
                ";",
                "/",
                "und",
                "et",
            }:
                step += 1
            if step == i:
                return ()
            i = step
    return tuple(found) if len(found) > 1 else ()


def _both(line: Line) -> Reading | None:
    """A title and its speaker on one line, in either order."""
    return _quoted(line) or _name_first(line) or _title_first(line)


def _quoted(line: Line) -> Reading | None:
    match = shapes.quoted(line.content)
    if not match:
        return None
    start = line.span.start
    title = Span(start + match.start(1), start + match.end(1))
    rest = _rest(line.text, start + match.end(), line.span.end)
    if match.start() <= 2 and rest:
        speakers, score = speaker_line(line.text, rest)
        if speakers:
            return Reading(score + 1.5, title, speakers)
    before = language.trim(line.text, start, start + match.start())
    if before and not rest:
        trimmed = language.trim(
            line.text,
            before.start,
            before.start + len(line.text[before.start : before.end].rstrip(" ,:;–—-")),
        )
        speakers, score = speaker_line(line.text, trimmed) if trimmed else ((), 0.0)
        if speakers:
            return Reading(score + 1.0, title, speakers)
    return None


_SPLIT = re.compile(r"\s*(?::|\s[-–—|]|\|)\s+")


def _name_first(line: Line) -> Reading | None:
    """ "Name: Title", "Name (Org) - Title", "Name, Org: Title"."""
    for match in _SPLIT.finditer(line.content):
        left = language.trim(line.text, line.span.start, line.span.start + match.start())
        right = language.trim(line.text, line.span.start + match.end(), line.span.end)
        if left is None or right is None:
            continue
        speakers, score = speaker_line(line.text, left)
        title = line.text[right.start : right.end]
        if (
            speakers
            and len(title.split()) >= 2
            and shapes.place_score(language.plain(line.text, right)) < 0.6
        ):
            return Reading(score + 0.3 * looks_like_title(title), right, speakers)
    return None


def _title_first(line: Line) -> Reading | None:
    """ "Title, Name, Org", "Title - Name (Org)", "Title by Name"."""
    content, start = line.content, line.span.start
    for match in re.finditer(r",\s+|\s[-–—|/]\s|\s\|\s*|\s+by\s+|\s+with\s+|\t+|\s\(", content):
        left = language.trim(line.text, start, start + match.start())
        right = language.trim(
            line.text,
            start + match.end(),
            line.span.end - (1 if match.group() == " (" and content.endswith(")") else 0),
        )
        if left is None or right is None or len(line.text[left.start : left.end].split()) < 3:
            continue
        speakers, score = speaker_line(line.text, right)
        title = line.text[left.start : left.end]
        strong = score >= 2.0 or any(s.details for s in speakers)
        if (
            speakers
            and strong
            and not shapes.opens_with_name(language.plain(line.text, left))
            and shapes.place_score(language.plain(line.text, left)) < 0.6
        ):
            return Reading(score + 0.3 * looks_like_title(title) - 0.2, left, speakers)
    return None


def looks_like_title(text: str) -> float:
    """How much a text looks like a title, about -1 to 1.5."""
    words = text.split()
    score = 0.3 if 3 <= len(words) <= 22 else -0.5
    if text.rstrip().endswith((".", ":", ";", ",")):
        score -= 0.6 if text.rstrip().endswith(".") else 1.5
    if text.rstrip().endswith("?"):
        score += 0.5
    common = sum(names.fold(w) in shapes.common_words() for w in words)
    score += 0.7 * common / max(1, len(words))
    return score - shapes.heading_score(text)
