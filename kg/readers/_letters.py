"""Which encoding a text was written in, by how likely its letters are: for bytes that are no UTF-8 and do not say.

Every encoding is tried with the languages that are kept in it. What counts is how common the letters are in the
language (``data/vocabulary/letters.txt``), for Chinese, Japanese and Korean how common the kind of character, and
whether a letter makes sense between its neighbours. The same bytes always get the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from math import log

from kg import resources

_FIRST = "cp1252"
_PRIORS = {
    "cp1252": 0.0, "cp1250": -1.5, "cp1251": -1.0, "cp1253": -1.0, "cp1254": -1.5, "cp1257": -4.0, "iso8859_2": -2.0,
    "iso8859_5": -2.5, "iso8859_7": -1.5, "iso8859_6": -2.0, "koi8_r": -1.2, "koi8_u": -1.6, "iso8859_15": -2.5,
    "mac_roman": -3.5, "cp850": -4.0, "cp852": -4.0, "cp866": -2.5, "mac_cyrillic": -3.5, "cp1255": -2.0,
    "cp1256": -2.0, "cp874": -2.0, "cp932": -1.0, "euc_jp": -1.0, "cp949": -1.0, "gb18030": -1.0, "big5hkscs": -1.0,
}  # fmt: skip
"""How much rarer a text in an encoding is than one in Windows-1252, as a logarithm."""
_PUNCTUATION = {
    "’": 0.25, "“": 0.12, "”": 0.12, "–": 0.2, "—": 0.1, "…": 0.03, "•": 0.08, "«": 0.03, "»": 0.03, "\xa0": 0.08,
    "‘": 0.03, "„": 0.02, "€": 0.008, "°": 0.01, "·": 0.01, "£": 0.005, "©": 0.008, "®": 0.004, "™": 0.004, "§": 0.003,
    "²": 0.002, "³": 0.001, "½": 0.002, "×": 0.004, "µ": 0.002, "±": 0.002, "´": 0.01, "№": 0.005, "¿": 0.01, "¡": 0.01,
    "\xad": 0.01, "‹": 0.002, "›": 0.002, "‚": 0.001, "†": 0.001, "¶": 0.001, "¢": 0.001, "¥": 0.001, "¼": 0.001,
    "¾": 0.001, "÷": 0.001, "¬": 0.0005, "¨": 0.0005,
}  # fmt: skip
_SIGNS = 0.25
"""The share of punctuation and signs among what is not ASCII, where letters are mostly ASCII."""
_FEW_SIGNS = 0.04
_RARE = log(1e-4)
_BROKEN = -12.0
_UNFIT, _ODD = -4.0, -2.0
_ASCII = log(1 / 30)
"""What an ASCII character may cost: where it is the second half of another the halves are one."""
_OPENING, _CLOSING = "“«‘„¿¡", "”»"
_JOINED = "’´·°®™"
_WORDS = frozenset("àáåæéèíóöúêôÀÁÅÆÉÈÍÓÖÚÊÔªº")
"""Latin letters that are words by themselves."""
_WIDE = {
    "cp932": (
        ("kana", 0.57, 170), ("level1", 0.32, 2965), ("signs", 0.09, 100), ("level2", 0.01, 3390), ("half", 0.005, 63),
    ),
    "euc_jp": (("kana", 0.57, 170), ("level1", 0.32, 2965), ("signs", 0.09, 100), ("level2", 0.01, 3390)),
    "cp949": (("level1", 0.93, 2350), ("signs", 0.04, 100), ("han", 0.02, 4888), ("level2", 0.003, 8822)),
    "gb18030": (("level1", 0.88, 3755), ("signs", 0.09, 100), ("level2", 0.02, 3008), ("han", 0.003, 14000)),
    "big5hkscs": (("level1", 0.88, 5401), ("signs", 0.09, 100), ("level2", 0.02, 7652)),
}  # fmt: skip
"""Kinds of characters of an encoding, their share in a text, and how many there are."""
_LEVELS = {
    "cp932": ("shift_jis", b"\x88", b"\x98\x73", b"\xea"),
    "euc_jp": ("euc_jp", b"\xb0", b"\xcf\xff", b"\xf4"),
    "cp949": ("euc_kr", b"\xb0", b"\xc8\xff", b"\xc8"),
    "gb18030": ("gb2312", b"\xb0", b"\xd7\xff", b"\xf7"),
    "big5hkscs": ("big5", b"\xa4", b"\xc6\x7f", b"\xf9"),
}
"""The common characters of an encoding: the older encoding they are in, from where to where, and the rarer ones."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SPACED = {"cp949": 0.28}
"""How often a blank follows a character; in Chinese and Japanese hardly ever."""
_SELDOM = 0.03
_SPACE = re.compile(r"[^\x00-\x7f] ")
_SAMPLE, _WINDOW, _BEFORE = 9_000, 1_500, 120
_HIGH = re.compile(rb"[\x80-\xff]")
_GAP = re.compile(rb"[\n ]")


def likeliest(data: bytes) -> str:
    """The encoding of a text that is no UTF-8, by the name that Python has for it."""
    sample = _sample(data)
    told = {encoding: _told(sample, encoding) + prior for encoding, prior in _PRIORS.items()}
    return max(told, key=lambda encoding: (told[encoding], encoding == _FIRST))


def _sample(data: bytes) -> bytes:
    """Windows around bytes that are not ASCII. Each begins behind a blank, which is no half of a character."""
    found, taken, at = list[bytes](), 0, 0
    while taken < _SAMPLE and (high := _HIGH.search(data, at)):
        near = data[max(at, high.start() - _BEFORE) : high.start()]
        start = high.start() - len(near) + max(near.rfind(b"\n"), near.rfind(b" ")) + 1
        cut = _GAP.search(data, min(len(data), start + _WINDOW), start + 2 * _WINDOW)
        at = cut.start() if cut else min(len(data), start + 2 * _WINDOW)
        found.append(data[start:at])
        taken += at - start
        at += max(0, (len(data) - at) // 40 if taken >= _SAMPLE // 2 else 0)
    return b"\n".join(found)


def _told(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    fits = sum(_fit(text, match.start()) for match in _NOT_ASCII.finditer(text))
    counts = Counter(_NOT_ASCII.findall(text))
    if encoding in _WIDE:
        share, spaced = _SPACED.get(encoding, _SELDOM), len(_SPACE.findall(text))
        fits += spaced * log(share) + (counts.total() - spaced) * log(1 - share)
        return fits + sum(n * _wide(encoding, char) for char, n in counts.items())
    tongues = (
        sum(n * letters.get(char, _RARE) for char, n in counts.items())
        for letters in _languages(encoding)
    )
    return fits + max(tongues)


@cache
def _languages(encoding: str) -> tuple[dict[str, float], ...]:
    """For each language that is kept in an encoding the logarithms of its letters' and signs' shares."""
    rows = (line.split("\t") for line in resources.words("letters"))
    return tuple(_logs(letters) for _, where, letters in rows if encoding in where.split())


def _logs(letters: str) -> dict[str, float]:
    shares = {word[0]: float(word[1:]) for word in letters.split()}
    latin = max(shares, key=lambda c: shares[c]) < "\u0250"
    signs = shares.pop("*", 1000 * (_SIGNS if latin else _FEW_SIGNS)) / 1000
    whole, rest = sum(shares.values()), sum(_PUNCTUATION.values())
    found = {char: log(signs * share / rest) for char, share in _PUNCTUATION.items()}
    for char, share in shares.items():
        found[char] = log((1 - signs) * share / whole)
        if len(char.upper()) == 1:
            found.setdefault(char.upper(), found[char] - 1.5)
    return found


@cache
def _wide(encoding: str, char: str) -> float:
    """The logarithm of a character's share in Chinese, Japanese or Korean text."""
    try:
        halves = sum(byte < 0x80 for byte in char.encode(encoding))
    except UnicodeEncodeError:
        halves = 0
    kind = _kind(encoding, char)
    shares = {name: log(share / number) for name, share, number in _WIDE[encoding]}
    return max(shares.get(kind, 2 * _RARE), 2 * _RARE) - halves * _ASCII


def _kind(encoding: str, char: str) -> str:
    if "\u3040" <= char <= "\u30ff" and char != "・":
        return "kana"
    if "\uff61" <= char <= "\uff9f":
        return "half"
    if (
        char in "、。，．・：；？！（）「」『』“”‘’《》〈〉【】—…·　～"
        or "\uff10" <= char <= "\uff5a"
    ):
        return "signs"
    older, low, middle, high = _LEVELS[encoding]
    try:
        code = char.encode(older)
    except UnicodeEncodeError:
        code = b""
    if not ("\u3400" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3"):
        return "other"
    if low <= code <= middle:
        return "level1"
    hangul = char >= "\uac00"
    return "level2" if (code and code[:1] <= high) or hangul else "han"


def _fit(text: str, at: int) -> float:
    """What speaks against a character between its neighbours."""
    char, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    kind = unicodedata.category(char)
    if char == "\ufffd" or kind in ("Cc", "Co", "Cn"):
        return _BROKEN
    if kind[0] in "LM":
        return _fit_of_letter(char, before, after)
    if char in _OPENING:
        return _UNFIT if before.isalpha() else 0.0
    if char in _CLOSING:
        return _UNFIT if after.isalpha() else 0.0
    if kind[0] in "SN" and char not in _JOINED:
        return _ODD * (before.isalpha() + after.isalpha() + (before.isalpha() and after.isalpha()))
    return 0.0


def _fit_of_letter(char: str, before: str, after: str) -> float:
    told = _ODD * (before.isdigit() + after.isdigit())
    if (char.isupper() and before.islower()) or (char.islower() and after.isupper()):
        told += _UNFIT
    alone = not (before.isalpha() or after.isalpha())
    if char < "\u0250":
        return told + (_UNFIT if alone and char not in _WORDS else 0.0)
    told += _ODD * (alone and char < "\u2e80")
    # another script than that of the ASCII letters beside it
    return told + _ODD * sum(c.isascii() and c.isalpha() for c in (before, after) if c)
