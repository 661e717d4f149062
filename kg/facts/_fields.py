"""The field of a degree, read from the words around it."""

from __future__ import annotations

import re
from functools import cache

from kg import authorities, names, resources
from kg.clauses import Frame
from kg.language import Sentence, Token
from kg.model import Mention

_STOP = frozenset(
    (
        "from at with under by on where while when who which working focusing specializing "
        "advised supervised followed she he they as before after during since for to entitled "
        "titled ( ) . ; : via through thesis dissertation having his her both degree degrees "
        "all respectively is was are were followed came"
    ).split()
)
_UNIT = re.compile(
    r"^(?:the\s+)?(?:department|dept\.?|school|faculty|institute|division)\s+(?:of|for)\s+(?:the\s+)?|\s+(?:department|dept\.?|school|faculty|division)$",
    re.IGNORECASE,
)


@cache
def fields() -> frozenset[str]:
    """Folded names of known fields of study."""
    return frozenset(names.fold(w) for w in resources.words("fields"))


def field_of(frame: Frame, degree: Mention) -> str | None:
    """Field of a degree: behind "in" or "of", in brackets, before the degree, behind its school, or the department
    that gave it."""
    after = [t for t in frame.sentence.tokens if t.span.start >= degree.span.end]
    printed = " ".join(
        t.text for t in frame.sentence.tokens if degree.span.start <= t.span.start < degree.span.end
    )
    if all(w in _all_words() or w == "and" for w in names.fold(printed).split()):
        return printed
    taken = (
        _behind(after, frame)
        or _bracketed(after)
        or _before(frame.sentence, degree)
        or _behind_place(after, frame)
    )
    if taken:
        return taken
    if frame.unit:
        unit = frame.sentence.text[
            frame.unit.span.start - frame.sentence.span.start : frame.unit.span.end
            - frame.sentence.span.start
        ]
        return _UNIT.sub("", unit).strip() or None
    return None


def _behind(after: list[Token], frame: Frame) -> str | None:
    skip = 0
    while (
        skip < len(after)
        and (
            after[skip].lower
            in {
                "degree",
                "degrees",
                "thesis",
                "dissertation",
                "studies",
                "(",
                ",",
                "and",
                "m.sc.",
                "m.s.",
                ")",
                "hons",
                "honours",
                "honors",
                "first",
                "class",
                "with",
                "distinction",
                "summa",
                "magna",
                "cum",
                "laude",
                "equiv",
                "equivalent",
                "msc",
                ".",
            }
            or re.fullmatch(r"(?:19|20)\d\d", after[skip].text)
            or after[skip].span.end <= _last_anchor(frame)
        )
        and skip < 14
    ):
        skip += 1
    if skip >= len(after) or after[skip].lower not in {"in", "of", "on"}:
        return None
    return _phrase(after[skip + 1 :], frame)


def _behind_place(after: list[Token], frame: Frame) -> str | None:
    """The field behind the school: "a PhD from Lund University in Applied Mathematics"."""
    place = frame.organization
    rest = [t for t in after if place and t.span.start >= place.span.end]
    if len(rest) < 2 or rest[0].lower != "in" or not _word_of_field(rest[1].text):
        return None
    return _phrase(rest[1:], frame)


_OF_ONE_FIELD = frozenset("MD JD MBBS DDS DVM PharmD".split())
"""Degrees that need no field: that of another behind them, "an MD and PhD in economics", is not theirs."""


def _last_anchor(frame: Frame) -> int:
    """End of the last degree right behind this one that shares its field ("B.Sc. and M.Sc. in Physics")."""
    text, start = frame.sentence.text, frame.sentence.span.start
    assert frame.anchor is not None
    if frame.anchor.value in _OF_ONE_FIELD:
        return 0
    at = frame.anchor.span.end - start
    shared = re.match(
        r"(?:\s*(?:,\s*and\b|,|and\b|&|/)\s*(?:(?:an?|his|her|the)\s+)?(?:[A-Z][\w.]{0,5}\.?|master(?:['’]?s)?|bachelor(?:['’]?s)?|doctorate)(?:\s+degrees?)?)+(?=\s+(?:in|of)\b)",
        text[at:],
        re.IGNORECASE,
    )
    return start + at + shared.end() if shared else 0


def _phrase(tokens: list[Token], frame: Frame) -> str | None:
    """Words of a field up to the first that cannot belong to one."""
    end, place = 0, frame.organization
    if tokens and not tokens[0].word:
        return None
    if tokens and tokens[0].lower in {"the"}:
        tokens = tokens[1:]
    while end < len(tokens) and end < 14:
        token = tokens[end]
        if (
            token.lower in _STOP
            or re.fullmatch(r"(?:19|20)\d\d", token.text)
            or (
                place and token.span.start >= place.span.start and token.span.start < place.span.end
            )
        ):
            break
        if token.lower in {"and", ",", "&"} and not _goes_on(tokens, end):
            break
        end += 1
    while end and (
        not tokens[end - 1].word or tokens[end - 1].lower in {"in", "and", "of", "the", "a"}
    ):
        end -= 1
    if not end:
        return None
    text, start = frame.sentence.text, frame.sentence.span.start
    found = text[tokens[0].span.start - start : tokens[end - 1].span.end - start]
    return _without_town(re.sub(r"^field of\s+", "", found)) or None


def _without_town(field: str) -> str:
    """A field without the city or country behind it: "Mathematics in Berlin"."""
    subject, _, where = field.rpartition(" in ")
    return subject if subject and names.fold(where) in authorities.places() else field


def _goes_on(tokens: list[Token], at: int) -> bool:
    """Whether a field list goes on behind "and" or a comma: a field word comes, no article, degree or verb."""
    after = tokens[at + 1 : at + 3]
    if (
        not after
        or after[0].lower in {"a", "an", "his", "her", "the", "then", "was", "is", "i"}
        or (after[0].tag.startswith("VB") and not after[0].capital)
    ):
        return False
    if tokens[at].text == "," and after[0].lower in {"and", "&"}:
        return len(after) > 1 and _word_of_field(after[1].text)
    return _word_of_field(after[0].text)


@cache
def _all_words() -> frozenset[str]:
    return frozenset(w for f in fields() for w in f.split()) | frozenset(
        (
            "applied theoretical computational mathematical electronic electrical industrial "
            "quantitative molecular human social political cognitive"
        ).split()
    )


def _word_of_field(word: str) -> bool:
    return names.fold(word).split()[:1] != [] and names.fold(word).split()[0] in _all_words()


def _bracketed(after: list[Token]) -> str | None:
    words = [t.text for t in after[:8]]
    if words[:1] != ["("]:
        return None
    inner = " ".join(words[1 : words.index(")")]) if ")" in words else ""
    return inner if names.fold(inner) in fields() else None


def _before(sentence: Sentence, degree: Mention) -> str | None:
    before = [t for t in sentence.tokens if t.span.end <= degree.span.start][-3:]
    if any(t.text == ":" for t in before):
        return None  # "Education: PhD ..." is a heading
    for n in range(len(before)):
        text = sentence.text[
            before[n].span.start - sentence.span.start : before[-1].span.end - sentence.span.start
        ]
        if names.fold(text) in fields():
            return text
    return None
