"""Web pages as trees of elements, as browsers see them; whatever is broken or nested without end, a tree comes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.readers._decoding import clean
from kg.readers._thin import thinned

_DEEPEST = 100
"""What is nested deeper stands beside its holder."""
_MOST = 1_500_000
_KEPT = (
    "id class role style hidden aria-hidden itemprop itemscope itemtype itemid content datetime type href src alt"
    " colspan rowspan lang title open"
).split()
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "utf-8": "cp1252",
}
_META = re.compile(rb"<meta\b[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)


@dataclass(slots=True)
class Element:
    """An element of a page.

    Parameters:
        tag: in lower case.
        held: its elements and texts in their order.
        size: characters of text inside.
        linked: those of them that are links.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    held: list[Element | str] = field(default_factory=list)
    size: int = 0
    linked: int = 0

    def elements(self) -> Iterator[Element]:
        """The elements that stand directly inside."""
        return (e for e in self.held if isinstance(e, Element))

    def inside(self) -> Iterator[Element]:
        """Itself and every element inside, in their order."""
        waiting = [self]
        while waiting:
            one = waiting.pop()
            yield one
            waiting += reversed(list(one.elements()))

    def text(self) -> str:
        """All its text on one line."""
        parts: list[str] = []
        waiting: list[Element | str] = [self]
        while waiting:
            one = waiting.pop()
            if isinstance(one, str):
                parts.append(one)
            else:
                parts.append(" " if one.tag not in _CLOSE else "")
                waiting += reversed(one.held)
        return " ".join("".join(parts).split())


_UNSEEN = frozenset("script style template noscript svg head iframe object select textarea".split())
_CLOSE = frozenset(
    "a abbr b bdi bdo cite code em font i mark q s small span strong sub sup u wbr".split()
)


def decoded(data: bytes) -> str:
    """The characters of a page: by its byte order mark, by what it says of itself, else UTF-8 or a near relation."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return clean(data[len(mark) :].decode(encoding, "replace"))
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        said = _META.search(data[:8192]) or _DECLARED.match(data[:400])
    name = said[1].decode("ascii").lower() if said else _detected(data)
    try:
        text = data.decode(_WIDER.get(name, name), "replace")
    except (LookupError, ValueError):
        text = data.decode("cp1252", "replace")
    return clean(text)


def _detected(data: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415  costs time that few pages need

    found = detect_encoding(data[:100_000]) or ""
    return "cp1252" if found.startswith(("utf-8", "ascii")) else found


def tree(text: str) -> Element:
    """The body of a page and the scripts that hold data about it, in an element around both."""
    from resiliparse.parse.html import HTMLTree, NodeType  # noqa: PLC0415  costs time that other formats need not wait for

    root = Element("html")
    path, depth, count = [root], 0, 0
    node: Any = HTMLTree.parse(thinned(text)).document
    while node is not None and count < _MOST:
        count += 1
        below = node.first_child
        one = _taken(node, path[-1], NodeType)
        if below is not None:
            if one is not None:
                depth += 1
                if depth <= _DEEPEST:
                    path.append(one)
            node = below
            continue
        while node is not None and node.next is None:
            node = node.parent
            if node is not None and node.type == NodeType.ELEMENT:
                if depth <= _DEEPEST:
                    path.pop()
                depth -= 1
        node = node.next if node is not None else None
    _measure(root)
    return root


def _taken(node: Any, holder: Element, kinds: Any) -> Element | None:
    """The element of a node, put into what holds it; a text is put there as it is."""
    if node.type == kinds.TEXT:
        holder.held.append(node.value or "")
    if node.type != kinds.ELEMENT:
        return None
    names = node.attrs or ()
    one = Element(
        node.tag.lower(), {n.lower(): node.getattr(n) or "" for n in names if n.lower() in _KEPT}
    )
    holder.held.append(one)
    return one


def _measure(root: Element) -> None:
    """Count the characters inside of every element, those below first."""
    for one in reversed(list(root.inside())):
        one.size = sum(len(h.strip()) if isinstance(h, str) else h.size for h in one.held)
        one.linked = one.size if one.tag == "a" else sum(e.linked for e in one.elements())
        if one.tag in _UNSEEN:
            one.size = one.linked = 0
