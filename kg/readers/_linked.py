"""What a page tells of itself in schema.org's terms: JSON-LD in scripts, microdata on elements."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kg.readers._elements import Element

Node = dict[str, Any]
_DEEPEST = 30
_CHAIN = 5
_MOST = 20_000
_WRAPPED = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_CONTROL = re.compile(r"[\x00-\x1f]+")
_TRAILING = re.compile(r",(?=\s*[}\]])")


def nodes(root: Element) -> list[tuple[Node, str]]:
    """The things that a page describes, outermost ones, each with its place."""
    found: list[tuple[Node, str]] = []
    for n, script in enumerate(_scripts(root)):
        value = _parsed(script)
        found += _outer(value, f"JSON-LD {n + 1}" if n else "JSON-LD", 0)
    budget = [_MOST]
    found += ((_item(e, 0, budget), f"microdata {n + 1}") for n, e in enumerate(_scopes(root)))
    known = {i: node for node, _ in found for i, node in _named(node)}
    return [(_resolved(node, known), place) for node, place in found]


def kinds(node: object) -> list[str]:
    """The types of a thing, without the address of the vocabulary."""
    told = node.get("@type") if isinstance(node, dict) else None
    listed = told if isinstance(told, list) else [told]
    return [re.split(r"[/#:]", t)[-1] for t in listed if isinstance(t, str)]


def _scripts(root: Element) -> Iterator[str]:
    for one in root.inside():
        if one.tag == "script" and "ld+json" in one.attributes.get("type", "").lower():
            yield "".join(h for h in one.held if isinstance(h, str))


def _parsed(text: str) -> object:
    """The value of a script; line breaks inside of texts and a comma too many are forgiven."""
    text = _WRAPPED.sub("", _WRAPPED.sub("", text)).strip()
    for form in (text, _TRAILING.sub("", _CONTROL.sub(" ", text))):
        try:
            return json.loads(form, parse_int=str, parse_float=str)
        except (ValueError, RecursionError):
            continue
    return None


def _outer(value: object, place: str, depth: int) -> Iterator[tuple[Node, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for n, one in enumerate(value[:_MOST]):
            yield from _outer(one, f"{place}[{n}]", depth + 1)
    elif isinstance(value, dict):
        if value.get("@type"):
            yield value, place
        for key in ("@graph", "itemListElement", "item", "mainEntity", "hasPart"):
            if key in value and (key != "item" or "Event" not in "".join(kinds(value))):
                yield from _outer(value[key], f"{place}.{key}", depth + 1)


def _named(node: Node) -> Iterator[tuple[str, Node]]:
    """The things inside of one that have an id and more than that."""
    waiting: list[tuple[object, int]] = [(node, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(one, list):
            waiting += ((v, depth + 1) for v in one)
        elif isinstance(one, dict):
            if isinstance(one.get("@id"), str) and len(one) > 2:
                yield one["@id"], one
            waiting += ((v, depth + 1) for v in one.values())


def _resolved(node: Node, known: dict[str, Node], depth: int = 0) -> Node:
    """A thing whose fields that only name another thing by its id hold that thing."""
    return {key: _followed(value, known, depth) for key, value in node.items()}


def _followed(value: object, known: dict[str, Node], depth: int) -> object:
    if isinstance(value, list):
        return [_followed(v, known, depth + 1) for v in value] if depth < _CHAIN else value
    if not isinstance(value, dict):
        return value
    if isinstance(value.get("@id"), str) and len(value) <= 2:
        value = known.get(value["@id"], value)
    return _resolved(value, known, depth + 1) if depth < _CHAIN else value


def _scopes(root: Element) -> Iterator[Element]:
    """The outermost elements that microdata describe."""
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if _scope(one) and "itemprop" not in one.attributes:
            yield one
        else:
            waiting += reversed(list(one.elements()))


def _scope(one: Element) -> bool:
    return "itemscope" in one.attributes and "schema.org" in one.attributes.get("itemtype", "")


def _item(one: Element, depth: int, budget: list[int]) -> Node:
    """The fields that microdata give a thing."""
    node: Node = {"@type": one.attributes.get("itemtype", "")}
    waiting = list(reversed(list(one.elements())))
    while waiting and budget[0] > 0:
        part = waiting.pop()
        budget[0] -= 1
        inner = "itemscope" in part.attributes
        for name in part.attributes.get("itemprop", "").split()[:5]:
            value = _item(part, depth + 1, budget) if inner and depth < _DEEPEST else _value(part)
            before = node.get(name)
            node[name] = (
                value
                if before is None
                else [*(before if isinstance(before, list) else [before]), value]
            )
        if not inner:
            waiting += reversed(list(part.elements()))
    return node


def _value(one: Element) -> str:
    if one.tag in {"a", "link", "img"} and not one.attributes.get("content"):
        return one.text() if one.tag == "a" else ""
    return one.attributes.get("content") or one.attributes.get("datetime") or one.text()
