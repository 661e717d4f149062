"""Web pages: talks that schema.org's terms tell of are given, all others are read from the main content as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import names
from kg.errors import ReadError
from kg.model import Page
from kg.readers import (
    Skipped,
    Source,
    _day_lines,
    _elements,
    _events,
    _labelled,
    _linked,
    _page_lines,
)
from kg.readers._composing import Composition, DraftTalk
from kg.readers._elements import Element

SUFFIXES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml")
_START = re.compile(
    r"\s*(?:<\?xml\b[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)
_TAGS = re.compile(
    r"</?(?:p|div|h[1-6]|ul|li|table|tr|td|br|a|span|title|meta|section|article)\b[^<>]*>", re.I
)

_PARAGRAPH = 80
_MOST_MORE = 12_000


def claims(source: Source) -> float:
    """What begins as a page, or is called one and holds tags."""
    if _START.match(source.head[:10_000]) or _START.match(
        source.data[:4000].decode("latin-1").lstrip("ï»¿ÿþ\0")
    ):
        return 0.9
    if source.suffix in SUFFIXES:
        return 0.8 if _TAGS.search(source.head) else 0.3
    return (
        0.4 if source.head.startswith("<") and len(_TAGS.findall(source.head[:4000])) > 3 else 0.0
    )


def read(source: Source) -> Iterator[Page | Skipped]:
    """The page of an HTML document.

    Raises:
        ReadError: it is empty or holds no text.
    """
    if not source.data.strip():
        raise ReadError(f"{source.name} is empty")
    root = _elements.tree(_elements.decoded(source.data))
    found = _page_lines.text_of(root)
    things = _linked.nodes(root)
    given = _events.talks(things) or _events.persons(things)
    text = _day_lines.text(_day_lines.labelled(found))
    if given and len(given) * 3 >= _headed(root):
        _complete(given, found)
        composition = Composition(source.name)
        for talk in given:
            composition.add(talk)
        yield from composition.pages()
    elif labelled := _labelled.pages(source.name, (line for line, _ in found)):
        yield from labelled
    elif text.strip():
        yield Page(source.name, text)
    else:
        raise ReadError(f"{source.name}: a web page without text (perhaps a script writes it)")


def _headed(root: Element) -> int:
    """How many entries of a list a page seems to have: a description of few beside many leaves the others out."""
    rows = [
        sum(e.tag == tag for e in one.elements())
        for one in root.inside()
        for tag in ("article", "tr")
    ]
    return max(rows, default=0)


def _complete(given: list[DraftTalk], found: list[tuple[str, bool]]) -> None:
    """Give the one talk of a page the paragraphs that its description leaves out."""
    if len(given) != 1:
        return
    [talk] = given
    known = names.fold(
        " ".join(
            g.text
            for g in (*talk.abstract, *talk.prose, *(b for s in talk.speakers for b in s.bios))
        )
    )
    more = [
        line
        for line, _ in found
        if len(line) >= _PARAGRAPH and names.fold(line)[:_PARAGRAPH] not in known
    ]
    if sum(map(len, more)) < _MOST_MORE:
        talk.said("\n".join(more), "body")
