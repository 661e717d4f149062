"""What is the name of a person, and how it is written without titles, letters behind it, addresses and remarks."""

from __future__ import annotations

import re
from functools import cache

from kg import names, resources
from kg.readers import _empty

_ADDRESS = re.compile(r"<?\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+>?|https?://\S+|www\.\S+|(?<!\w)@\w+")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`¹²³⁴⁵⁶⁷⁸⁹⁰†‡§#]+")
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?\s?d|d\.?\s?phil|m\.?\s?phil|sc\.?\s?d|dr\.?sc|ed\.?\s?d|j\.?\s?d|ll\.?[mbd]|m\.?\s?sc|b\.?\s?sc|m\.?\s?b\.?\s?a"
    r"|m\.?\s?p\.?\s?h|m\.?\s?eng|m\.?\s?a|b\.?\s?a|m\.?\s?s|b\.?\s?s|r\.?n|p\.?\s?e|c\.?p\.?a|cfa|acca|pmp|cissp|jr|sr|ii|iii|iv|esq|faan|facs|acm|ieee"
    r"|dvm|dds|pharm\.?d|psy\.?d|dnp|frcp|hon|ing|mrcp|mbbs|bsc hons|csc|drsc)\.?",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?:[^\W\d_]\.?-?){1,3}\.?")
_NO_NAME = frozenset(
    "of for at the and with from to or by on in der die das und für les des pour & + | / = ? !".split()
)
_MOST_WORDS = 6
EASTERN_TITLE = re.compile(
    r"(?:(?<=[\u3040-\u9fff\uac00-\ud7af])\s*|(?<=[A-Za-z.])\s+)"
    r"(?:副?教授|博士|先生|女士|老师|老師|研究员|研究員|院士|讲师|講師|さん|様|氏|교수님?|박사님?|님)$"
)
_EASTERN_BODY = re.compile(
    r"[学學社院所部局会會研校]|公司|中心|銀行|银行|株式|대학|회사|연구|학교|센터"
)
_EASTERN_NAME = re.compile(
    r"(?:大学|大學|学院|學院|大学院|研究所|研究院|研究室|实验室|實驗室|科学院|科學院|医院|醫院|病院|公司|株式会社|中心"
    r"|대학교?|대학원|연구소|연구원|연구실|회사|센터|병원|중심)$"
)
"""How names of organizations end in Chinese, Japanese and Korean."""
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@cache
def _honorifics() -> frozenset[str]:
    listed = (*resources.words("honorifics"), *resources.words("ranks"))
    return frozenset(names.fold(w) for w in listed) | {"prof", "dr", "phd", "dr ing", "the"}


def honorific(word: str) -> bool:
    """Whether a folded word is a title before names: "prof"."""
    return word in _honorifics()


@cache
def _letters() -> frozenset[str]:
    return frozenset(names.fold(line.split("\t")[0]) for line in resources.words("post-nominals"))


@cache
def particles() -> frozenset[str]:
    """Small words inside a family name, folded."""
    return frozenset(names.fold(w) for w in resources.words("particles"))


@cache
def _bodies() -> frozenset[str]:
    rows = (line.partition("\t") for line in resources.words("organization-heads"))
    return frozenset(word for word, _, kind in rows if kind != "journal")


@cache
def posts() -> frozenset[str]:
    """Head nouns of posts, folded."""
    return frozenset(names.fold(line.split("\t")[0]) for line in resources.words("roles"))


def letters(text: str) -> bool:
    """Whether words are but degrees or letters that stand behind a name: "PhD", "FRS"."""
    plain = text.strip(" .")
    return bool(plain) and all(
        _DEGREE.fullmatch(w) or names.fold(w) in _letters() for w in re.split(r"[\s,/]+", plain)
    )


def cleaned(text: str) -> str:
    """Words of a cell without addresses, marks of layout and double blanks."""
    text = _MARKS.sub("", _ADDRESS.sub(" ", _LINK.sub(r"\1", text)))
    return re.sub(r"\s*\(\s*\)", "", " ".join(text.split())).strip(" ,;:|-–—<>·•")


def bare(name: str) -> str:
    """A name without titles before it and letters behind it: "Prof. Dr. Ada Byron, PhD" is "Ada Byron"."""
    words = EASTERN_TITLE.sub("", name.replace("\u00a0", " ")).split()
    while len(words) > 1 and _titled(words):
        words = words[1:]
    while len(words) > 1 and len(words[-1]) > 1 and words[-1].isascii() and _ends(words):
        words = words[:-1]
    return " ".join(words).strip(" ,;")


def _titled(words: list[str]) -> bool:
    """Whether the first of some words is a title: "Dr." of any name, "Sir" or "Judge" before at least two words."""
    plain = names.fold(words[0])
    if len(words[0].rstrip(".")) == 1 or not plain:
        return False
    sure = plain in {"prof", "dr", "professor", "doctor", "mr", "mrs", "ms"} or words[0].endswith(
        "."
    )
    known = plain in _honorifics() or all(p in _honorifics() for p in plain.split())
    return known and (sure or len(words) > 2) and (sure or plain not in _given())


def _ends(words: list[str]) -> bool:
    last = words[-1].strip("(),.")
    if _DEGREE.fullmatch(last) and last.lower() in {"jr", "sr", "ii", "iii", "iv"}:
        return False
    short = last.isupper() or "." in words[-1] or last in {"PhD", "MSc", "BSc", "DPhil", "MEng"}
    return short and letters(last) and (len(words) > 2 or last in {"PhD", "MSc", "BSc", "DPhil"})


@cache
def _given() -> frozenset[str]:
    return names.given_names()


def given(word: str) -> bool:
    """Whether a word is a given name: "Ada", "Jean-Paul"."""
    plain = names.fold(word)
    return plain in _given() or plain.split(" ")[0] in _given()


def body(text: str) -> bool:
    """Whether words name an organization or a part of one, by a word that such names have or as capitals alone."""
    plain = names.fold(text).split()
    if _EASTERN_NAME.search(text):
        return True
    if len(plain) == 1:
        return text.isupper() and text.isalpha() and text.isascii() and 2 <= len(text) <= 6
    if not any(w in _bodies() for w in plain):
        return False
    person = len(plain) <= 3 and given(plain[0]) and plain[0] not in _bodies()
    return not person


def post(text: str) -> bool:
    """Whether words name a post: "Reader in logic"."""
    words = names.fold(text).split()
    heads = posts()
    return any(w in heads or w.removesuffix("s") in heads for w in words)


def person(text: str) -> bool:
    """Whether words are shaped as the whole name of one person."""
    if _EASTERN.search(text):
        return len(text) <= 16 and not any(c.isdigit() for c in text) and not body(text)
    words = [w for w in re.split(r"\s+", text) if w]
    if not 2 <= len(words) <= _MOST_WORDS or any(c.isdigit() for c in text):
        return False
    if (
        any(w.casefold() in _NO_NAME for w in words)
        or body(text)
        or (post(text) and not given(words[0]))
    ):
        return False
    return all(_name_word(w) for w in words) and not _empty.unsaid(text)


def _name_word(word: str) -> bool:
    plain = word.strip("()\"'’“”«».,!-")
    if not plain:
        return True
    cased = plain[0].isupper() or not (plain[0].islower() or plain[0].isdigit())
    return cased or names.fold(word) in particles() or plain[:2] in {"d'", "d’", "l'", "l’"}


def initials(text: str) -> bool:
    """Whether words are but initials: "J.-P.", "K", "A. B."."""
    words = text.split()
    return bool(words) and all(_LETTER.fullmatch(w) and (w.isupper() or "." in w) for w in words)


def turned(last: str, first: str) -> bool:
    """Whether two parts of a name stand family name first: "Smith, John", "van der Berg, Jan"."""
    behind, before = first.split(), last.split()
    if _EASTERN.search(last + first):
        return False
    if not behind or not before or len(behind) > 3 or len(before) > 4 or body(first) or body(last):
        return False
    if not all(map(_name_word, behind + before)) or any(c.isdigit() for c in last + first):
        return False
    if initials(first):
        return True
    own = [w for w in before if names.fold(w) not in particles()]
    if len(own) == 1:
        return given(behind[0]) or (len(behind) <= 2 and not post(first))
    return given(behind[0]) and len(behind) == 1


def same(name: str, other: str) -> bool:
    """Whether a second name is the first in other letters: "紀平 拓男", "Takuo Kihira"."""
    if bool(_EASTERN.search(name)) == bool(_EASTERN.search(other)):
        return False
    return person(other) and not _EASTERN_BODY.search(other)


def small(text: str) -> bool:
    """Whether words are but small ones: "and", "of the"."""
    return all(w in _NO_NAME for w in text.casefold().split())
