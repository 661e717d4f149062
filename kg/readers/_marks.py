"""Marks of Markdown inside of a line or paragraph: links by their words, no images, no emphasis, no templates."""

from __future__ import annotations

import re

_SPECIAL = "*_~=[]{}<>&`\\|!$"
_HIDE = {ord(c): 0x10FF00 + ord(c) for c in _SPECIAL}
_SHOW = {hidden: shown for shown, hidden in _HIDE.items()}
_ANY = re.compile(r"[*_~\[\\`{$]|==|<[a-z]", re.IGNORECASE)

_KEPT = re.compile(
    r"(?<!`)(?P<ticks>`++)(?P<code>[^`]{1,500}+)(?P=ticks)(?!`)"
    r"|\\(?P<mark>[*_#\-.!|~`><&'\"+])"
    r"|(?P<math>\$\$[^$]{1,2000}+\$\$|\$(?=[^\s$])[^$\n]{0,199}+(?<=\S)\$(?!\d))"
    r"|(?P<url>https?://[^\s<>()\[\]\"'|*]++)"
    r"|<(?P<link>(?:https?://|mailto:|www\.)[^\s<>]{1,500}+)>"
)
_TEMPLATE = re.compile(
    r"\{%[^%{}]{0,500}%\}|(?<![\w}\\^])\{\{[^{}]{0,500}\}\}"
    r"|\{(?::|(?=[.#][a-z]))[^{}\n]{0,200}\}|\[\^[^\s\[\]]{1,60}\]|\[-?@[\w:./-]{1,80}[^\[\]]{0,100}\]",
    re.IGNORECASE,
)
_TARGET = (
    r"\(\s*+(?:<[^<>\n]{0,500}>|[^()\s]{0,2000}+(?:\([^()\s]{0,500}\)[^()\s]{0,500}+){0,5}+)"
    r"(?:\s++(?:\"[^\"]{0,500}+\"|'[^']{0,500}+'|\([^()]{0,500}+\)))?+\s*+\)"
)
_WORDS = r"\[((?:[^\[\]]{1,500}+|\[[^\[\]]{0,500}+\]){0,20}+)\]"
_IMAGE = re.compile(rf"!{_WORDS}{_TARGET}(?:\{{[^{{}}\n]{{0,200}}\}})?+")
_LINK = re.compile(rf"{_WORDS}{_TARGET}(?:\{{[^{{}}\n]{{0,200}}\}})?+")
_NAMED = re.compile(rf"(!?){_WORDS}(?:[ ]?\[([^\[\]]{{0,200}}+)\])?+")
_RUN = re.compile(
    r"(?<!\*)\*{1,3}(?!\*)|(?<!\w)_{1,3}(?!_)|(?<!_)_{1,3}(?!\w)|(?<!~)~~(?!~)|(?<!=)==(?!=)"
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")


def unmarked(text: str, targets: frozenset[str] = frozenset()) -> str:
    """A line or paragraph without the marks of Markdown.

    Parameters:
        targets: the names of the links that the document defines elsewhere, in lower case.
    """
    if not _ANY.search(text):
        return text
    text = _KEPT.sub(_kept, text)
    if "[" in text:
        text = _LINK.sub(r"\1", _IMAGE.sub("", text))
    if "{" in text or "[" in text:
        text = _TEMPLATE.sub("", text)
    if targets and "[" in text:
        text = _NAMED.sub(lambda m: _named(m, targets), text)
    return _emphasized(text).translate(_SHOW)


def _kept(match: re.Match[str]) -> str:
    """What stands between marks is no mark itself."""
    words = match.group("code") or match.group("mark") or match.group("link")
    return (words or match.group()).translate(_HIDE)


def _named(match: re.Match[str], targets: frozenset[str]) -> str:
    """A link whose target stands elsewhere, by its words."""
    image, words, name = match.groups()
    if (name or words).strip().lower() not in targets:
        return match.group()
    return "" if image else str(words)


def _emphasized(text: str) -> str:
    """A text without the marks of emphasis that have a fellow; a star or stroke alone is text."""
    waiting: dict[str, list[int]] = {}
    runs = (
        list(_RUN.finditer(text))
        if "*" in text or "_" in text or "~~" in text or "==" in text
        else []
    )
    cut: set[int] = set()
    for n, run in enumerate(runs):
        before, after = text[max(0, run.start() - 1) : run.start()], text[run.end() : run.end() + 1]
        mark = run.group()
        opened = _opened(mark, waiting) if _closes(before, after) else []
        if opened:
            cut |= {n, *(waiting[one].pop() for one in opened)}
        elif _opens(before, after):
            waiting.setdefault(mark, []).append(n)
    pieces, at = [], 0
    for n, run in enumerate(runs):
        if n in cut:
            pieces.append(text[at : run.start()])
            at = run.end()
    return "".join([*pieces, text[at:]])


def _opened(mark: str, waiting: dict[str, list[int]]) -> list[str]:
    """The marks that a closing one ends: its fellow, or of three in a row the two that were opened apart."""
    if waiting.get(mark):
        return [mark]
    both = [mark[:2], mark[:1]]
    return both if len(mark) == 3 and all(map(waiting.get, both)) else []


def _opens(before: str, after: str) -> bool:
    return bool(after.strip()) and _apart(before) and before not in set(")]}")


def _closes(before: str, after: str) -> bool:
    return bool(before.strip()) and _apart(after)


def _apart(neighbour: str) -> bool:
    """Whether a mark may stand beside this: an end, a blank, punctuation, or a letter of a script without blanks."""
    return not neighbour.isalnum() or _WIDE.match(neighbour) is not None
