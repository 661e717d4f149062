"""The encoding of a file's bytes: by a mark, by its zeros, as UTF-8, as it is declared, or by its letters."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from kg.readers import _letters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ESCAPES = (
    (re.compile(rb"\x1b\$[@B]|\x1b\([IJ]"), "iso2022_jp_ext"),
    (re.compile(rb"\x1b\$\)C"), "iso2022_kr"),
)
_MEANT = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "big5hkscs",
    "cp950": "big5hkscs", "windows-31j": "cp932", "windows-949": "cp949", "iso-8859-8-i": "iso8859-8",
    "mac-ce": "mac-latin2",
}  # fmt: skip
"""What a declared encoding is read as: the larger one that files under its name are really in."""
_KNOWN = frozenset(
    {f"cp{n}" for n in (437, 850, 852, 855, 857, 858, 862, 864, 866, 874, 932, 949, *range(1250, 1259))}
    | {f"iso8859-{n}" for n in (*range(2, 9), 10, 13, 14, 15, 16)}
    | {f"mac-{n}" for n in ("roman", "latin2", "cyrillic", "greek", "turkish")}
    | {"koi8-r", "koi8-u", "euc_jp", "gb18030", "big5hkscs", "hz", "iso2022_jp", "iso2022_kr", "johab", "kz1048"}
)  # fmt: skip
_SAID = re.compile(
    rb"""^\s*<\?xml[^>]{1,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})"""
    rb"""|<meta[^>]{1,200}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|^(?:[^\n]{0,200}\n)?[^\n]{0,20}[#;%][^\n]{0,80}?\b(?:en)?coding[:=]\s*([\w.-]{2,40})""",
    re.IGNORECASE,
)
_HEADER = re.compile(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", re.IGNORECASE)
_HEAD = 4096
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\x0b\x0c\r\x1b") + b"\x7f"
_MOST_CONTROLS = 0.005
_NO_TEXT = frozenset({"Cc", "Cn", "Co", "Cs"})
_MOST_ODD, _LEAST_PLAIN, _MOST_BLOCKS = 0.02, 0.6, 12
_MANY = 4
_NAMES = {
    "cp932": "Shift JIS", "cp949": "EUC-KR", "cp874": "TIS-620", "big5hkscs": "Big5", "gb18030": "GB 18030",
    "euc_jp": "EUC-JP", "mac_roman": "Mac Roman", "mac_cyrillic": "Mac Cyrillic",
}  # fmt: skip


class Encoding(NamedTuple):
    """How bytes are to be read.

    Parameters:
        codec: by the name that Python has for it.
        note: what a reader of the graph should know of it; "" for UTF-8, and where the file itself says so.
    """

    codec: str
    note: str = ""


def encoding(data: bytes, media: str = "") -> Encoding:
    """The encoding of a text.

    Parameters:
        media: the media type that it was sent with ("text/html; charset=iso-8859-2").
    """
    for mark, codec in _BOMS:
        if data.startswith(mark):
            return Encoding("utf-16" if codec == "utf-32" and not _is_utf_32(data) else codec)
    for escape, codec in _ESCAPES:
        if escape.search(data, 0, 1 << 20) and _reads(data, codec):
            return Encoding(codec)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return (
            _wide(data) or _broken(data, error) or _declared(data, media) or _guessed(data, error)
        )
    return (_wide(data) if "\0" in text else None) or Encoding("utf-8")


def controls(data: bytes) -> int:
    """How many control characters stand among bytes."""
    return len(data) - len(data.translate(None, _CONTROLS))


def name(codec: str) -> str:
    """The name of an encoding, as people know it."""
    if codec in _NAMES:
        return _NAMES[codec]
    plain = codec.replace("cp12", "Windows-12").replace("iso8859", "ISO-8859")
    return plain.replace("cp", "code page ").replace("_", "-")


def _is_utf_32(data: bytes) -> bool:
    """Whether a mark of UTF-32 is no mark of UTF-16 before a zero."""
    return len(data) % 4 == 0 and _reads(data, "utf-32")


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except ValueError:
        return False
    return True


def _wide(data: bytes) -> Encoding | None:
    """UTF-16 or UTF-32 without a mark: as such the bytes are text, and as bytes they are full of control characters."""
    whole = data.rstrip(b"\0")
    if controls(whole) <= _MOST_CONTROLS * len(whole):
        return None
    read = {codec: _beginning(data, codec) for codec in _WIDE}
    likely = [codec for codec, text in read.items() if _is_text(text)]
    return Encoding(min(likely, key=lambda codec: len(_blocks(read[codec])))) if likely else None


def _beginning(data: bytes, codec: str) -> str:
    return data[:_HEAD].decode(codec, "ignore" if len(data) > _HEAD else "replace")


def _is_text(text: str) -> bool:
    """Whether characters are those of a text: hardly any that none has, most of them letters, of few scripts."""
    odd = sum(unicodedata.category(c) in _NO_TEXT and c not in "\t\n\r\f" for c in text)
    plain = sum(c in " \n\r\t" or c.isalnum() for c in text)
    alphabets = {block for block in _blocks(text) if not 0x2E <= block <= 0xD7}
    return (
        0 < len(text) * _LEAST_PLAIN <= plain
        and odd <= _MOST_ODD * len(text)
        and len(alphabets) <= _MOST_BLOCKS
    )


def _blocks(text: str) -> set[int]:
    """The blocks of 256 characters that a text takes from: few, if the bytes of each are read in the right order."""
    return {ord(c) >> 8 for c in text}


def _broken(data: bytes, first: UnicodeDecodeError) -> Encoding | None:
    """UTF-8 with a few bytes that are none: where many characters are written in it, and hardly any wrongly."""
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    right = len(text) - len(text.encode("ascii", "ignore")) - wrong
    cut = right and wrong == 1 and first.reason == "unexpected end of data"
    if right < _MANY * wrong and not cut:
        return None
    bytes_ = f"{wrong:,} places that are" if wrong > 1 else "a place that is"
    return Encoding("utf-8", f"has {bytes_} no UTF-8 (byte {first.start}); they stand as \ufffd")


def _declared(data: bytes, media: str) -> Encoding | None:
    """The encoding that a file or its sender names, if it is one and the bytes can be read so."""
    header, said = _HEADER.search(media), _SAID.search(data[:_HEAD])
    found = [header[1]] if header else []
    found += [next(g for g in said.groups() if g).decode("ascii")] if said else []
    return next(
        (Encoding(codec) for n in found if (codec := _codec(n)) and _reads(data, codec)), None
    )


def _codec(declared: str) -> str | None:
    plain = declared.lower().removeprefix("x-")
    try:
        known = codecs.lookup(_MEANT.get(plain, plain)).name
    except (LookupError, ValueError):
        return None
    known = _MEANT.get(known, known)
    return known if known in _KNOWN else None


def _guessed(data: bytes, first: UnicodeDecodeError) -> Encoding:
    codec = _letters.likeliest(data)
    return Encoding(codec, f"is not UTF-8 (byte {first.start}); read as {name(codec)}")
