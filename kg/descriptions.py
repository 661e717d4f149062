"""Text of a structured source that may hold an abstract, biographies, or both: which paragraph is what.

Labels decide first ("Bio:", "About the speaker"); then what a paragraph opens with: the name of a speaker and what the
speaker is or does, or, behind a biography, a pronoun. All else is the abstract.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from kg import gloss, lines, names
from kg.model import Outline, Page, Span

_PRONOUN = frozenset("he she they his her their".split())
_IS = frozenset(
    (
        "is was has had works worked leads led directs holds held teaches studied received earned obtained "
        "graduated joined completed did serves served currently also started began"
    ).split()
)
_OF_THE_TALK = frozenset(
    (
        "will would talks speaks presents presented shows showed explains explained discusses discussed "
        "introduces introduced demonstrates gives gave describes walks shares covers"
    ).split()
)
_MYSELF = re.compile(
    r"(?:hi\b[^.!]{0,30}[.!]\s*)?(?:i am an?\b|i[’']m an?\b|my name is\b|i work (?:at|as|for)\b)"
)
_AHEAD = 3
"""Words behind a name in which what the speaker is or does begins."""


@dataclass
class _State:
    """Where the reading of a description stands: the part of paragraphs without a sign, and whose biography it is."""

    part: str = "abstract"
    owner: int = 0
    labelled: bool = False
    abstract: list[Span] = field(default_factory=list)
    bios: dict[int, list[Span]] = field(default_factory=dict)


def parted(page: Page, outline: Outline) -> Outline:
    """The outline of a talk with each paragraph of its prose given to the abstract or to a speaker's biography."""
    if not outline.prose:
        return outline
    text = page.text
    speakers = [names.fold(text[slice(*s.name)]).split() for s in outline.speakers]
    state = _State()
    for span in outline.prose:
        _put(state, text, span, speakers)
    bios = (*outline.bios, *((n, tuple(spans)) for n, spans in state.bios.items()))
    return replace(outline, abstract=(*outline.abstract, *state.abstract), bios=bios, prose=())


def _put(state: _State, text: str, span: Span, speakers: list[list[str]]) -> None:
    label, content, alone = lines.labelled(text, span)
    if label in {"abstract", "bio"}:
        state.part, state.labelled = label, True
        state.owner = _opens(text[slice(*content)], speakers, 0) if not alone else 0
        if alone:
            return
    elif label == "noise" or (label and alone):
        state.part = "noise" if label == "noise" and alone else state.part
        return
    words = text[slice(*content)]
    owner = _told_of(words, speakers)
    if owner is not None and (state.part == "bio" or not label):
        state.owner = owner
        state.labelled = state.labelled and state.part == "bio"
        state.part = "bio"
    elif state.part == "bio" and not state.labelled and not _goes_on(words):
        state.part = "abstract"
    _keep(state, content, len(speakers))


def _keep(state: _State, span: Span, speakers: int) -> None:
    if state.part == "abstract":
        state.abstract.append(span)
    elif state.part == "bio" and speakers:
        state.bios.setdefault(min(state.owner, speakers - 1), []).append(span)


def _goes_on(words: str) -> bool:
    """Whether a paragraph goes on with the person of the one before."""
    return words.split(maxsplit=1)[0].lower().strip("’'") in _PRONOUN if words.split() else False


def _told_of(words: str, speakers: list[list[str]]) -> int | None:
    """The speaker whom a paragraph tells of, by its opening words."""
    if len(speakers) == 1 and _MYSELF.match(words[:80].lower()):
        return 0
    head = names.fold(gloss.in_english(words[:160])).split()
    plain = names.fold(words[:160]).split()
    for n, name in enumerate(speakers):
        size = _named(plain, name)
        behind = plain[size : size + _AHEAD] + head[size : size + _AHEAD]
        if size and not _OF_THE_TALK.intersection(behind) and _is_told(words, size, behind):
            return n
    return None


def _is_told(words: str, size: int, behind: Iterable[str]) -> bool:
    """Whether a verb of being or doing stands behind the name, or a comma or bracket and more words."""
    if _IS.intersection(behind):
        return True
    printed = words.split()
    apart = "".join(printed[size - 1 : size]).endswith(",") or "".join(
        printed[size : size + 1]
    ).startswith("(")
    return size > 1 and apart and len(printed) > size + _AHEAD


def _named(head: list[str], name: list[str]) -> int:
    """Words at the start of a paragraph that name a speaker: the whole name, the first or the last part of it."""
    skip = 1 if head[:1] and head[0] in {"dr", "prof", "professor", "mr", "ms", "mrs"} else 0
    rest = head[skip:]
    if name and rest[: len(name)] == name:
        return skip + len(name)
    if len(name) > 1 and rest[:1] and rest[0] in {name[0], name[-1]}:
        both = rest[0] == name[0] and name[-1] in rest[1:4]
        return skip + (rest.index(name[-1], 1) + 1 if both else 1)
    return 0


def _opens(words: str, speakers: list[list[str]], otherwise: int) -> int:
    """The speaker whose name a labelled biography opens with."""
    head = names.fold(words[:160]).split()
    return next((n for n, name in enumerate(speakers) if _named(head, name)), otherwise)
