"""Tags of HTML inside of a value: which stand for a break, which for nothing, and what looks like one but is text."""

from __future__ import annotations

import html
import re

BREAK = "\x1e"
"""Stands for a line break that holds, until lines are put together."""
BLANK = "\n\n"

_BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form frameset h1 h2 h3 h4 h5 h6 head header hr html legend li main menu nav ol optgroup option p pre"
    " section summary table tbody tfoot thead title tr ul video audio canvas".split()
)
_INLINE = frozenset(
    "a abbr acronym area b base basefont bdi bdo big blink button cite code col colgroup data datalist del dfn em"
    " embed font i img input ins kbd label link map mark meta meter nobr output param picture progress q rp rt"
    " ruby s samp select slot small source span strike strong sub sup td textarea th time track tt u var wbr br".split()
)
_UNSEEN = frozenset("script style svg iframe object noscript template math".split())
_FLAGS = frozenset(
    "allowfullscreen async autofocus autoplay checked compact controls default defer disabled download hidden inert"
    " itemscope loop multiple muted nomodule noshade novalidate nowrap open playsinline readonly required reversed"
    " selected webkitallowfullscreen mozallowfullscreen data-proofer-ignore".split()
)
_TAG = re.compile(
    r"<!--|--!?>|<!doctype\b[^<>]*+>|<\?[^<>]*+>|<!\[CDATA\[|\]\]>"
    r"|<(?P<end>/?)(?P<name>[a-z][a-z0-9:-]*+)"
    r"(?P<attributes>(?:[\s/]++(?:[^\s=<>\"'/]++(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'|[^\s<>\"']++))?+)?+)*+)>",
    re.IGNORECASE,
)
_VALUED = re.compile(r"[^\s=<>\"'/]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"']++)")
_NOTE = re.compile(r"[\d\s,;*†‡§¶]{1,8}+\Z")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}+|#[xX][0-9a-fA-F]{1,6}+|[a-zA-Z][a-zA-Z0-9]{1,31}+);")


def unescaped(text: str) -> str:
    """A text with its character references resolved; what only begins like one stays."""
    return _ENTITY.sub(lambda m: html.unescape(m.group()), text) if "&" in text else text


def untagged(text: str) -> tuple[str, bool]:
    """A text without its tags: breaks for ``<br>``, an empty line around a block, nothing for the rest; and whether it
    had blocks, so that its own line breaks mean nothing."""
    if "<" not in text:
        return text, False
    stripper = _Stripper()
    at = 0
    for match in _TAG.finditer(text):
        if stripper.takes(match):
            stripper.put(text[at : match.start()])
            stripper.tag(match)
            at = match.end()
    stripper.put(text[at:])
    return "".join(stripper.out), stripper.blocks


def looks_tagged(text: str) -> bool:
    """Whether a text holds the tag of a block or a line break."""
    return any(
        (m.group("name") or "").lower() in _BLOCKS or (m.group("name") or "").lower() == "br"
        for m in _TAG.finditer(text)
    )


class _Stripper:
    """What is read of a text so far.

    Parameters:
        unseen: the element or comment whose content nobody sees, while in one.
    """

    def __init__(self) -> None:
        self.out: list[str] = []
        self.blocks = False
        self._unseen = ""
        self._raised = -1

    def takes(self, match: re.Match[str]) -> bool:
        """Whether what looks like a tag is one: a known element, whose attributes have values or are known."""
        name = (match.group("name") or "").lower()
        if self._unseen:
            return match.group() in {"-->", "--!>"} or name == self._unseen
        if not name:
            return not match.group().startswith("-")
        known = name in _BLOCKS or name in _INLINE or name in _UNSEEN or ":" in name
        words = _VALUED.sub(" ", match.group("attributes")).replace("/", " ").lower().split()
        return known and all(word in _FLAGS for word in words)

    def put(self, text: str) -> None:
        """Take text between tags."""
        if text and not self._unseen:
            self.out.append(text)

    def tag(self, match: re.Match[str]) -> None:
        """Take a tag."""
        name = (match.group("name") or "").lower()
        if self._unseen or match.group() == "<!--" or name in _UNSEEN:
            self._hide(match, name)
        elif name in _BLOCKS:
            self.blocks = True
            if self.out[-1:] != [BLANK]:
                self.out.append(BLANK)
        elif name == "br":
            self.out.append(BREAK)
        elif name in {"td", "th"}:
            self.out.append("" if match.group("end") else " | ")
        elif name == "sup":
            self._note(bool(match.group("end")))

    def _hide(self, match: re.Match[str], name: str) -> None:
        if not self._unseen:
            empty = match.group().endswith("/>") or bool(match.group("end"))
            self._unseen = "" if empty else name or "!--"
        elif (name and match.group("end")) or (self._unseen == "!--" and not name):
            self._unseen = ""

    def _note(self, end: bool) -> None:
        """Drop the number of a footnote behind a word; an exponent stays."""
        if not end:
            word = "".join(self.out[-1:])[-3:]
            noted = (word.isalpha() and len(word) > 2) or word[-1:] in {".", ")", ","}
            self._raised = len(self.out) if noted else -1
            return
        if self._raised >= 0 and _NOTE.match("".join(self.out[self._raised :])):
            del self.out[self._raised :]
        self._raised = -1
