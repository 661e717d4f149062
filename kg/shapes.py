"""What a line of a listing looks like: pure functions from a line to scores, without any model."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from kg import authorities, gloss, language, names, resources
from kg.language import Sentence, Token
from kg.mentions import Context, date, organization, person, role
from kg.model import Span

_CAREER = re.compile(
    r"\b(?:is|was|has been)\s+(?:currently\s+|now\s+|also\s+)?(?:an?|the|one of)\b|\b(?:received|obtained|earned|completed|holds|serves|served|worked|works|joined|graduated|teaches)\b|\b(?:ph\.?\s?d|b\.?sc|m\.?sc|degrees?|professor|lecturer|scientist|director|postdoc\w*|award|fellow|research interests)\b",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:we|this talk|in this (?:talk|presentation|lecture|work|paper|session)|i will|i'll|we will|will (?:discuss|present|show|describe)|our|you'll|you will|these|paper|approach|results?|problem|algorithms?|propose)\b",
    re.IGNORECASE,
)
_IDEOGRAPH, _HANGUL = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"), re.compile(r"[\uac00-\ud7af]")
_EVENT_OR_FILE = re.compile(
    r"[a-z]Con(?:f(?:erence)?)?\b|\.(?:m4v|mp4|mov|avi|pdf|pptx?|key|ipynb|html?)\b"
)
_OCCASION = re.compile(
    r"\b(?:seminars?|lectures?|colloquium|colloquia|workshop|conf[eé]ren\w+|conferenza|keynotes?|luncheon|symposium|webinars?|plenary|talks?|presentations?|vortrag|vorlesung|palestras?|charlas?|ponencias?|foredrag|föredrag|wykład|přednáška|előadás)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(r"tb[acd]\.?|to be (?:announced|confirmed|determined)|n\.?/?n\.?", re.IGNORECASE)
_SCHOOL = re.compile(r"^(?:the\s+)?universi\w+\s+(?:of|de|di|da|do)\s", re.IGNORECASE)
_TIMES = re.compile(
    rf"\b{date.WEEKDAY}\b|\d{{1,4}}(?:st|nd|rd|th)?|[:.,–—()/-]|\b{date.MONTH}\b"
    r"|\b(?:am|pm|gmt|utc|[cpem][ds]?t|cest|cet|noon|midday|ore|uhr|to|at|from|time|date|on|in)\b",
    re.IGNORECASE,
)
"""Words and marks of dates and times."""
_SURELY_TIME = re.compile(
    r"\d|\b(?:noon|midday|uhr|ore|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.IGNORECASE
)
_PRONOUN = re.compile(
    r"^(?:he|she|they|his|her|prof(?:essor)?\.?|dr\.?|mr\.?|ms\.?|mrs\.?)\b", re.IGNORECASE
)
_TIME = re.compile(
    r"^\s*\(?(?:\d{1,2}[:.h]\d{2}(?:[:.]\d{2})?(?:[ap]\b)?\s*(?:am\b|pm\b)?\s*(?:(?:[-–—]+|to\b)\s*)?(?:\d{1,2}[:.h]\d{2}(?:[ap]\b)?\s*(?:am\b|pm\b)?)?|\d{1,2}\s*(?:am|pm))\)?\s*[-–—:|]?\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(
    rf"\s*(?:(?:[-*•·▪●■◦‣–—>»→|]|[\u2600-\u27bf\U0001f300-\U0001faff]\W*)\s+|(?:no\.?\s?)?\d{{1,2}}[.)]\s+(?!{date.MONTH})|no\.?\s?\d{{1,2}}:?\s+|#+\s*)+",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”«]([^\"“”«»]{6,})[\"“”»]")
_INITIALS = re.compile(r"(?!NG)[BCDFGHJKLMNPQRSTVWXZ]{2}")
_MIXED = re.compile(r"[A-Za-z].*[\u3040-\u30ff]|[\u3040-\u30ff].*[A-Za-z]|を")
"""Latin letters and kana in one: a phrase, no name; so is an object of a verb."""
_LOWER_OK = frozenset(
    (
        "of the and in for to a an on at with by from via as or de la und et van von der den "
        "di da del"
    ).split()
)


@cache
def common_words() -> frozenset[str]:
    """Folded words of the topic and field vocabularies and of ordinary titles: a name is rarely made of them."""
    topics = (w for row in resources.rows("topics") for w in names.fold(row[0]).split())
    listed = (
        w
        for line in (
            *resources.words("fields"),
            *resources.words("headings"),
            *resources.words("title-words"),
        )
        for w in names.fold(line).split()
    )
    return frozenset([*topics, *listed]) - names.given_names()


def strip_time(text: str) -> tuple[str, int]:
    """The line without a clock time or stamp before it, and how many characters were cut."""
    match = _TIME.match(text)
    cut = match.end() if match and match.group().strip() else 0
    return text[cut:], cut


def bullets(text: str) -> int:
    """Characters of a list mark or number at the start of a line."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def person_score(words: tuple[Token, ...]) -> float:
    """How much a run of tokens looks like one person's name, from 0 to 1."""
    return _person_score(tuple(t.text for t in words))


@lru_cache(maxsize=1 << 13)
def _person_score(texts: tuple[str, ...]) -> float:
    words = [Token(text, Span(0, len(text))) for text in texts]
    shaped = [t for t in words if t.word]
    if (
        not 2 <= len(shaped) <= 6
        or sum(len(t.text) > 1 for t in shaped) < 1
        or not all(_name_word(t) for t in shaped)
    ):
        return 0.0
    folded = [names.fold(t.text) for t in shaped]
    if any(organization.heads().get(w) for w in folded) or " ".join(folded) in authorities.places():
        return 0.0
    given = any(p in names.given_names() for p in folded[0].split()) or any(
        p in names.given_names() for p in folded[-1].split()
    )
    common = sum(
        any(part in common_words() for part in w.split())
        for n, w in enumerate(folded)
        if len(w) > 1 and w not in person.particles() and not _also_a_name(folded, n)
    ) + sum(_no_name_word(t.text, n == 0) for n, t in enumerate(shaped))
    initials = any(len(w) == 1 for w in folded[1:-1] or folded[:1])
    score = 0.55 + 0.35 * given + 0.15 * initials - 0.35 * common
    if authorities.resolve(" ".join(t.text for t in words)) is not None:
        score -= 0.5
    return max(0.0, min(1.0, score))


def _no_name_word(word: str, first: bool) -> bool:
    """Whether a word is a verbal noun in front ("Mastering Tides") or written as products are ("AsyncIO", "LLMs")."""
    if names.fold(word) in names.given_names() or word.isupper():
        return False
    verbal = first and _VERBAL.fullmatch(word) and not _PINYIN.fullmatch(word)
    return bool(verbal or _PRODUCT.search(word))


_VERBAL = re.compile(r"[A-Z][a-z]{3,}ing")
_PINYIN = re.compile(
    r"(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiou]{1,3}(?:ng?)?[zcsjqxy]?h?[a-z]?[iu]ng", re.IGNORECASE
)
_PRODUCT = re.compile(r"[a-z][A-Z]{2}|^[A-Z]{2,}[a-z]|^[a-z]+[A-Z]")


def _also_a_name(folded: list[str], n: int) -> bool:
    """Whether a common word is a family name where it stands ("Ada Brown"), or a given name ("Will Dahl")."""
    if n == len(folded) - 1:
        return folded[n] in _family_names()
    return n == 0 and len(folded) == 2 and folded[0] in _ALSO_GIVEN and folded[1] not in _family_names()  # fmt: skip


_ALSO_GIVEN = frozenset("will or rich beat gene can cat lane set ion german rhythm roman".split())


@cache
def _family_names() -> frozenset[str]:
    return frozenset(resources.words("family-names"))


def _name_word(token: Token) -> bool:
    if token.lower in person.particles() or (len(token.text) == 1 and token.text.isupper()):
        return True
    return (
        bool(re.match(r"[^\W\d_]", token.text))
        and token.capital
        and (token.lower not in _LOWER_OK or token.text == "An")
    )


def name_at(tokens: tuple[Token, ...], i: int) -> int:
    """Index behind a person's name (with honorifics before it) that starts at ``i``; ``i`` if none does."""
    start = i
    while start < len(tokens) and (
        _is_title(tokens, start) or (tokens[start].text == "." and start > i)
    ):
        start += 1
    end = person.name_end(tokens, start)
    end = _capital_family(tokens, start, _nickname(tokens, start, end))
    titled = start > i
    while end > start:
        score = person_score(tokens[start:end])
        if score >= (0.2 if titled else 0.5):
            return end
        end -= 1
        while end > start and (
            not tokens[end - 1].word or tokens[end - 1].lower in person.particles()
        ):
            end -= 1
    return i


def _is_title(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word is a title before a name: an honorific, or a rank before two words of a name at least ("Gen Li" is
    a name)."""
    word = names.fold(tokens[i].text)
    if word in person.honorifics():
        return True
    behind = [t for t in tokens[i + 1 : i + 4] if t.text != "."][:2]
    return word in person.ranks() and len(behind) == 2 and all(t.capital and t.word for t in behind)


def _capital_family(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """A family name in capitals ends the name: "Ada BYRON Lund University"."""
    for k in range(start + 1, end):
        whole = tokens[k].text.isupper() and len(tokens[k].text) > 1
        if whole and k + 1 < end and _INITIALS.fullmatch(tokens[k].text):
            continue  # "Ruth PS Ellery"
        if whole and not tokens[k - 1].text.isupper():
            after = k + 1 < end and tokens[k + 1].text.isupper() and len(tokens[k + 1].text) > 1
            if not after:
                return k + 1
    return end


def _nickname(tokens: tuple[Token, ...], start: int, end: int) -> int:
    """Go on behind a nickname in brackets or quotes: "Hongyuan (Tom) Mei"; what follows a whole name is none."""
    if (
        end + 3 < len(tokens)
        and (end == start + 1 or end + 4 == len(tokens) or not tokens[end + 4].word)
        and tokens[end].text in {"(", '"', "“", "‘", "'"}
        and tokens[end + 2].text in {")", '"', "”", "’", "'"}
        and tokens[end + 1].capital
        and tokens[end + 3].capital
    ):
        return person.name_end(tokens, end + 3)
    return end


def bare_name(sentence: Sentence, start: int, end: int) -> Span:
    """Span of a name without honorifics before it and letters of honours behind it."""
    tokens = sentence.tokens
    while start < end - 1 and (_is_title(tokens, start) or tokens[start].text == "."):
        start += 1
    while end - start > 2 and tokens[end - 1].text in person.post_nominals():
        end -= 1
    return sentence.place(start, end)


def names_no_person(text: str) -> bool:
    """Whether a text is surely no person's name: a day or hour, longer than names are in scripts without blanks, an
    event ("PyCon Ruritania"), an occasion ("Evening Lecture"), a file, a city, a university, what is
    still open ("TBA"), or half a bracket."""
    return (
        _only_time(text)
        or _OCCASION.search(text) is not None
        or len(_IDEOGRAPH.findall(text)) > 12
        or len(_HANGUL.findall(text)) > 6
        or _MIXED.search(text) is not None
        or _EVENT_OR_FILE.search(text) is not None
        or text.count("(") != text.count(")")
        or names.fold(text) in authorities.places()
        or _SCHOOL.search(text) is not None
        or _OPEN.fullmatch(text.strip()) is not None
    )


def _only_time(text: str) -> bool:
    """Whether a text is a day or hour; "Jun Sun" is a name."""
    surely = len(text.split()) == 1 or _SURELY_TIME.search(text)
    return bool(surely) and not _TIMES.sub("", text).strip()


def stamped(sentence: Sentence, i: int, end: int) -> bool:
    """Whether a run of words is the day of a time stamp: "Sun Apr" of "Sun Apr 27 11:20"."""
    after = sentence.tokens[end].text if end < len(sentence.tokens) else ""
    return after.isdigit() and not _TIMES.sub("", sentence.between(i, end)).strip()


def opens_with_name(sentence: Sentence) -> int:
    """Index behind the name a line opens with, 0 if it opens with none."""
    return name_at(sentence.tokens, 0)


@lru_cache(maxsize=1 << 13)  # a line is judged several times, and its pieces are
def place_score(text: str) -> float:
    """How much a line is made of posts, units, organizations and places, from 0 to 1."""
    sentence, context = language.plain(text, Span(0, len(text))), Context()
    found = [
        m
        for m in (*organization.find(sentence, context), *role.find(sentence, context))
        if m.note != "run"
    ]
    words = [t for t in sentence.tokens if t.word and t.lower not in _LOWER_OK]
    if not words or not found:
        return 0.0
    covered = sum(any(m.span.start <= t.span.start < m.span.end for m in found) for t in words)
    return covered / len(words)


def tells_place(text: str) -> bool:
    """Whether a line is made of posts, units, organizations and places for the most part."""
    return place_score(text) > 0.55


def tells_post(text: str) -> bool:
    """Whether a line names a post."""
    sentence = language.plain(text, Span(0, len(text)))
    return any(m.note != "run" for m in role.find(sentence, Context()))


def is_place(sentence: Sentence) -> bool:
    """Whether a line is nothing but a country or city."""
    return names.fold(sentence.text) in authorities.places()


def is_town(text: str) -> bool:
    """Whether a line is one word and a country or city behind a comma: a town and where it lies."""
    town, comma, rest = text.partition(",")
    return bool(comma) and town.strip().isalpha() and names.fold(rest) in authorities.places()


def career_score(text: str) -> float:
    """Marks of a biography less marks of an abstract, per hundred words."""
    text = gloss.in_english(text)
    words = max(25, len(text.split()))
    return 100 * (len(_CAREER.findall(text)) * 1.5 - len(_TALK.findall(text)) * 1.5) / words + (
        4.0 if _PRONOUN.match(text) else 0.0
    )


def heading_score(text: str) -> float:
    """How much a short line is a heading or notice."""
    folded, listed = names.fold(text), _headings()
    if folded in listed or re.sub(r"\d+", "", folded).strip() in listed:
        return 1.0
    return 0.4 if any(w in listed for w in folded.split()) and len(folded.split()) <= 4 else 0.0


@cache
def _headings() -> frozenset[str]:
    return frozenset(names.fold(w) for w in resources.words("headings"))


def is_date(sentence: Sentence) -> bool:
    """Whether a line gives little but a date or time."""
    text = sentence.text
    return len(_TIMES.sub("", text).strip()) <= 2 and any(c.isdigit() for c in text)


def quoted(text: str) -> re.Match[str] | None:
    """A title in quotation marks."""
    return _QUOTED.search(text)
