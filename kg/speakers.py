"""Speakers at the head of a stretch: their names, and the words beside them that tell post and place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache

from kg import authorities, language, names, shapes
from kg.language import Sentence, Token
from kg.mentions import organization, person
from kg.model import Span, SpeakerLine

_SEPARATORS = re.compile(r"^[\s,;:|/·•–—\-(]+")
NOTE = re.compile(
    r"\s*[\[(](?:videos?|slides?|ref|notes?|(?:please )?note\s*:[^()\[\]]*|lecture notes|code|demo|virtual(?:ly)?|online|onsite|on[- ]site|remote(?:ly)?|in[- ]person|hybrid|recording|recorded|paper|pdf|link|abstract|joint work.*|invited|keynote|tba|(?:(?:via|on|by) )?(?:zoom|teams|webex)(?: (?:video|meeting|link|call|conference|webinar)\w*)*|(?:rm|room)\W{0,2}[\w.-]{0,6}\d[\w.-]{0,6}|cancel?led|postponed|rescheduled|sold out|free|in (?:english|german|french|spanish)|\d{1,2}[:.h]\d{2}\s*(?:[ap]m)?)[\])]\s*$|\s*,\s*(?:onsite|virtual|online|remote)\s*$|\s*[-–,]\s*(?:slides|video|recording)\s*(?=\)?\s*$)|(?<=[.?!])\s*(?:video|slides|recording)\s*\.?\s*$",
    re.IGNORECASE,
)
_BETWEEN = frozenset(
    [",", "and", "&", ";", "/", "und", "et", "y", "e", "with", "+", "·", "*", "†", "‡"]
)
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_NO_NAME = frozenset("on in at the this these we for from with by a an our to and as of".split())
"""No name begins with one of these, however loosely it is read."""
_LABELS = frozenset(["bio", "biography", "abstract", "slides", "video"])
_ASIDE = frozenset([",", "(", "-", "–", "—", "|", "/", "·", "•", ":", ";", "@", "["])

_LIKELY = 0.7
"""How much a run must look like a name to carry one before it that does not."""


def find(text: str, span: Span, forced: bool = False) -> tuple[tuple[SpeakerLine, ...], float]:
    """Speakers that a stretch opens with, each with the words beside the name, and how well it fits; () for none.

    Details behind a list of names are shared by the names that have none of their own.
    """
    sentence = language.plain(text, span)
    people = _People(text, sentence, forced)
    i, score = 0, 0.0
    while i < len(sentence.tokens):
        end = _name_end(sentence, i, forced and not people.found)
        if end == i:
            break
        if not people.found:
            score = _name_score(sentence, i, end)
        i = people.add(i, end)
        step = _past_handle(sentence, i, _behind_marks(sentence, i))
        if step == i or not _another(
            text, sentence, step, len(people.found) if people.listed else 0
        ):
            break
        i = step
    return people.with_rest(i, score) if people.found else ((), 0.0)


def _past_letters(tokens: tuple[Token, ...], end: int) -> int:
    """Index behind degrees and honours after a name: "Ada Byron, MD, PhD and ..."."""
    while end < len(tokens):
        at = end + 1 if tokens[end].text == "," else end
        if at >= len(tokens) or names.fold(tokens[at].text).replace(" ", "") not in _letters():
            return end
        end = at + 1
        while end < len(tokens) and tokens[end].text == ".":
            end += 1
    return end


@cache
def _letters() -> frozenset[str]:
    """Letters of degrees and licences in lower case without full stops; those of honours tell an award."""
    return frozenset(w.lower() for w in person.LETTERS)


def _name_score(sentence: Sentence, i: int, end: int) -> float:
    honoured = names.fold(sentence.tokens[i].text) in person.honorifics()
    return 2.2 if honoured else 1.2 + shapes.person_score(sentence.tokens[i:end])


def _behind_marks(sentence: Sentence, i: int) -> int:
    """Index behind commas and "and"; ``i`` where there are none or nothing follows."""
    step = i
    while step < len(sentence.tokens) and sentence.tokens[step].lower in _BETWEEN:
        step += 1
    return step if step < len(sentence.tokens) else i


def _past_handle(sentence: Sentence, i: int, step: int) -> int:
    """Index behind what is no name in a list of names with brackets: "Ada Byron (Lund), n00b, Ruth Ellery (Bern)"."""
    tokens = sentence.tokens
    if step == i or tokens[i - 1].text != ")":
        return step
    comma = next((j for j in range(step, min(step + 3, len(tokens))) if tokens[j].text == ","), 0)
    end = shapes.name_at(tokens, comma + 1) if comma else 0
    shown = shapes.name_at(tokens, step) > step
    listed = end > comma + 1 and tokens[end : end + 1] and tokens[end].text == "("
    return comma + 1 if listed and not shown else step


@dataclass
class _People:
    """Names while they are gathered; ``waiting`` have no details yet."""

    text: str
    sentence: Sentence
    forced: bool
    found: list[SpeakerLine] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    listed: bool = False

    def add(self, start: int, end: int) -> int:
        """Take a name; index behind it and the brackets that follow, whose words all names without details share."""
        self.waiting.append(len(self.found))
        self.found.append(SpeakerLine(shapes.bare_name(self.sentence, start, end)))
        behind, details = _brackets(self.sentence, _past_letters(self.sentence.tokens, end))
        if details:
            self._share(details)
            self.waiting = []
        self.listed = len(self.found) > 1 or bool(details)
        return behind

    def _share(self, details: tuple[Span, ...]) -> None:
        for n in self.waiting:
            self.found[n] = replace(self.found[n], details=details)

    def with_rest(self, i: int, score: float) -> tuple[tuple[SpeakerLine, ...], float]:
        """Judge what stands behind the names, share it out, and read on at a further name in it."""
        tokens, end = self.sentence.tokens, self.sentence.span.end
        score = max(score, 2.2) if len(self.found) > 1 else score
        rest = trim_marks(self.text, tokens[i - 1].span.end, end)
        if rest is None or (len(self.found) == 1 and self._again(rest)):
            return tuple(self.found), score
        fit = _rest_fit(self.text, self.sentence, i, rest, not self.waiting)
        if fit < 0 and not self.forced:
            return (), 0.0
        later = _later(self.sentence, i)
        if later is not None:
            start = tokens[later].span.start
            more, _ = find(self.text, Span(start, end), self.forced)
            cut = language.trim(self.text, rest.start, start)
            own = trim_marks(self.text, cut.start, cut.end) if cut else None
            self._share((own,) if own else ())
            return (*self.found, *more), score + max(0.0, fit)
        if self.waiting:
            self._share((rest,))
        elif self.found[-1].details and fit >= 0.3:
            self.found[-1] = replace(self.found[-1], details=(*self.found[-1].details, rest))
        return tuple(self.found), score + fit

    def _again(self, rest: Span) -> bool:
        """Whether the words behind a name only say it in another script: "Ada Byron, Ада Байрон"."""
        name, words = self.text[slice(*self.found[0].name)], self.text[slice(*rest)].strip("()[] ")
        other = (_LATIN.search(name) is None) != (_LATIN.search(words) is None)
        short = words.replace(" ", "").isalpha() and 1 <= words.count(" ") <= 2
        return other and short and shapes.place_score(words) == 0


def _name_end(sentence: Sentence, i: int, forced: bool) -> int:
    tokens = sentence.tokens
    end = shapes.name_at(tokens, i)
    end = end if end > i or not forced else _loose_end(sentence, i)
    while end > i + 1 and tokens[end - 1].lower in _LABELS:
        end -= 1  # "Ada Byron Bio"
    return i if end > i and _is_nobody(sentence, i, end) else end


def _is_nobody(sentence: Sentence, i: int, end: int) -> bool:
    """Whether what stands where a name is looked for is none: "Professor of Law", "Evening Lecture"."""
    bare = shapes.bare_name(sentence, i, end)
    opens = next((t.lower for t in sentence.tokens[i:end] if t.span.start >= bare.start), "")
    if opens in _NO_NAME - {"an"} or shapes.stamped(sentence, i, end):
        return True
    return shapes.names_no_person(sentence.between(i, end))


def _loose_end(sentence: Sentence, i: int) -> int:
    """Index behind what must be a name though it has no known shape: the words up to a mark or a known place."""
    tokens = sentence.tokens
    end = i
    if tokens[i].lower in _NO_NAME:
        return i
    while end < len(tokens) and end - i < 7:
        token = tokens[end]
        if (
            token.text in _ASIDE
            or not (token.word or token.text in ".’'-")
            or any(c.isdigit() for c in token.text)
        ):
            break
        end += 1
    words = [t for t in tokens[i:end] if t.word]
    if (
        not 1 <= len(words) <= 5
        or shapes.heading_score(sentence.between(i, end) if end > i else "") >= 1.0
    ):
        return i
    return end


def _another(text: str, sentence: Sentence, i: int, listed: int) -> bool:
    """Whether a further name begins: with an honorific, or shaped as one and no post or place.

    Parameters:
        listed: how many names the list holds so far; 0 where it is none yet.
    """
    tokens = sentence.tokens
    end = shapes.name_at(tokens, i)
    if end == i:
        return False
    if names.fold(tokens[i].text) in person.honorifics():
        return True
    score = shapes.person_score(tokens[i:end])
    alone = tokens[i - 1].text == "," and score < _LIKELY and not listed
    if alone and not _leads_to_name(tokens, end):
        return False
    town = _opens_with_place(tokens[i:end]) and not (listed > 1 and end - i == 2)
    if town or _names_institute(tokens, end):
        return False
    return score >= 0.5 and shapes.place_score(sentence.between(i, end)) < 0.5


def _leads_to_name(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a name follows, behind a comma or at once, or a likely one behind "and"."""
    joined = end < len(tokens) and tokens[end].lower in {"and", "&"}
    further = end + 1 if joined or (end < len(tokens) and tokens[end].text == ",") else end
    behind = shapes.name_at(tokens, further) if further < len(tokens) else further
    return behind > further and (
        not joined or shapes.person_score(tokens[further:behind]) >= _LIKELY
    )


def _names_institute(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a run goes on as the name of an institution: "Max Planck Institute"."""
    return (
        end < len(tokens)
        and tokens[end].capital
        and bool(organization.heads().get(names.fold(tokens[end].text)))
    )


def _opens_with_place(words: tuple[Token, ...]) -> bool:
    """Whether a run begins with a known city or country: "Rio de Janeiro Botanical Garden"; "Gary Byron" does not."""
    folded = [names.fold(t.text) for t in words]
    named = folded[0] in names.given_names() and shapes.person_score(words) > 0.8
    return not (named and len(folded) == 2) and any(
        " ".join(folded[:n]) in authorities.places() for n in range(1, len(folded) + 1)
    )


def _brackets(sentence: Sentence, i: int) -> tuple[int, tuple[Span, ...]]:
    """Index behind brackets that start at ``i``, and what they hold."""
    tokens = sentence.tokens
    if i >= len(tokens) or tokens[i].text not in {"(", "["}:
        return i, ()
    close = next((j for j in range(i, len(tokens)) if tokens[j].text in {")", "]"}), len(tokens))
    if close <= i + 1:
        return i, ()
    return min(close + 1, len(tokens)), (sentence.place(i + 1, close),)


def _later(sentence: Sentence, i: int) -> int | None:
    """Where, behind a comma or "and", an honorific with a name begins the next speaker."""
    tokens = sentence.tokens
    for j in range(i + 1, len(tokens)):
        titled = names.fold(tokens[j].text) in person.honorifics() and tokens[j].capital
        if (
            titled
            and tokens[j - 1].lower in {",", "and", "&", ";"}
            and shapes.name_at(tokens, j) > j + 1
        ):
            follow = tokens[j + 1].text if tokens[j + 1].text != "." else tokens[j + 2].text
            if follow[0].isupper() and follow.lower() not in {"of", "in"}:
                return j
    return None


def trim_marks(text: str, start: int, end: int) -> Span | None:
    """A stretch without separators before it and notes such as "(video)" behind it; None if nothing is left."""
    note = NOTE.search(text[start:end])
    if note:
        end = start + note.start()
    lead = _SEPARATORS.match(text[start:end])
    return language.trim(text, start + (lead.end() if lead else 0), end)


def _rest_fit(text: str, sentence: Sentence, i: int, rest: Span, bracketed: bool) -> float:
    """How well the words behind a name fit a speaker line: they must be set apart, and tell posts or places."""
    tokens = sentence.tokens
    mark = tokens[i].text if i < len(tokens) else ""
    words = text[rest.start : rest.end]
    inner = language.plain(text, rest)
    fit = 1.2 * shapes.place_score(inner.text)
    set_apart = (
        mark in _ASIDE
        or words.lower().startswith(("from ", "at ", "of "))
        or "\t" in text[tokens[i - 1].span.end : rest.start]
    )
    if not set_apart and fit < 0.7:
        return -1.0
    if len(words.split()) > 40 or (
        words.rstrip().endswith((".", "?", "!")) and len(words.split()) > 14
    ):
        return -1.0
    if (mark in {":", "–", "—", "-"} or bracketed) and fit < 0.5 and len(words.split()) > 2:
        return -1.0
    return fit + (0.5 if bracketed else 0.0) - (0.5 if fit < 0.3 else 0.0)
