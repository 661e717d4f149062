"""People: runs of name-shaped words, with initials and particles; certain behind an honorific."""

from __future__ import annotations

import re
from functools import cache

from kg import names, resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.model import Mention

_MOST = 6
_AND = frozenset(["y", "e", "et", "i", "und"])
"""Particles that join two family names; an article behind them opens something else."""


@cache
def honorifics() -> frozenset[str]:
    """Titles that stand before a name, folded."""
    return frozenset(names.fold(w) for w in resources.words("honorifics"))


@cache
def particles() -> frozenset[str]:
    """Small words inside a family name."""
    return frozenset(resources.words("particles"))


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Names of people; ``note`` is ``titled``, ``speaker`` (of this page) or ``shape``."""
    tokens, found, i = sentence.tokens, [], 0
    speakers = {names.fold(p) for p in context.people}
    while i < len(tokens):
        titled = _title_end(tokens, i)
        end = name_end(tokens, titled or i)
        if titled and end > titled:
            found.append(
                Mention(
                    "person",
                    sentence.place(titled, end),
                    sentence.between(titled, end),
                    2.45,
                    "titled",
                )
            )
        elif (
            not titled
            and end - i >= 2
            and names.fold(sentence.between(i, end)) not in organization_places()
        ):
            printed = sentence.between(i, end)
            known = _is_speaker(names.fold(printed), speakers)
            found.append(
                Mention(
                    "person",
                    sentence.place(i, end),
                    printed,
                    2.3 if known else 0.5,
                    "speaker" if known else "shape",
                )
            )
        i = max(end, i + 1)
    return found


@cache
def ranks() -> frozenset[str]:
    """Folded ranks and parts of titles, which may stand before a name on a speaker line."""
    return frozenset(names.fold(w) for w in resources.words("ranks"))


@cache
def post_nominals() -> frozenset[str]:
    """Letters that stand behind a name, as printed: of honours, degrees and offices."""
    honours = (line.split("\t")[0] for line in resources.words("post-nominals"))
    return frozenset([*honours, *LETTERS])


@cache
def organization_places() -> frozenset[str]:
    """Folded names of countries, regions and boards: capitalised words that are nobody's name."""
    listed = (*resources.words("places"), *resources.words("never-organizations"))
    return frozenset(names.fold(w) for w in listed)


def _is_speaker(folded: str, speakers: set[str]) -> bool:
    """Whether a name is a speaker's, perhaps without a middle name or title."""
    words = folded.split()
    return any(words[-1] == s.split()[-1] and set(words) <= set(s.split()) for s in speakers if s)


def _title_end(tokens: tuple[Token, ...], i: int) -> int | None:
    """Index behind one or several honorifics that start at ``i``, or None."""
    end = i
    while (
        end < len(tokens)
        and names.fold(tokens[end].text) in honorifics()
        and (tokens[end].capital or tokens[end].lower.startswith("prof"))
    ):
        end += 1
        if end < len(tokens) and tokens[end].text == ".":
            end += 1
    return end if end > i else None


def _namelike(token: Token) -> bool:
    if len(token.text) == 1 and token.text.isupper():
        return True
    return bool(re.match(r"[^\W\d_]", token.text)) and token.capital and token.lower not in _NOT


LETTERS = (
    "PhD DPhil MD MBA MPH MSc BSc MS MEng MPhil MSW JD LLM QC OAM RN CPA PMP CSc DrSc DrPH PharmD EdD ScD DVM "
    "DDS LCSW MEP MLA USN USAF Esq"
).split()
_NOT = frozenset(
    (
        "he she they his her the a an and in at on of for with from since university "
        "institute college school department center centre laboratory lab professor director "
        "prof dr head phd msc emeritus emerita i this that before after prior"
    ).split()
)


def name_end(tokens: tuple[Token, ...], i: int) -> int:
    """Index behind the name that starts at ``i``; ``i`` itself when none does."""
    if i >= len(tokens) or not (_in_name(tokens, i, i) or tokens[i].text in {"‘", "'", "’"}):
        return i
    end = i
    while end < len(tokens) and end - i < _MOST * 2:
        token = tokens[end]
        if (
            _in_name(tokens, i, end)
            or (
                token.lower in particles()
                and end + 1 < len(tokens)
                and end > i
                and (
                    _namelike(tokens[end + 1])
                    or (tokens[end + 1].lower in particles() and token.text not in _AND)
                )
            )
            or (
                token.text == "."
                and end > i
                and re.search(r"^\w{1,2}$|-\w$|^[A-Z](?:\.[A-Z])+$", tokens[end - 1].text)
            )
        ):
            end += 1
        elif (
            token.text in {"‘", "’", "'"} and end + 2 < len(tokens) and tokens[end + 1].text == "t"
        ):
            end += 2
        else:
            break
    while end > i and not _in_name(tokens, i, end - 1):
        end -= 1
    return end


def _in_name(tokens: tuple[Token, ...], i: int, n: int) -> bool:
    """Whether a word goes on with the name that starts at ``i``; "He" and "An" do where nothing else can be meant."""
    if tokens[n].text not in _ALSO_NAMES:
        return _namelike(tokens[n])
    after = tokens[n + 1] if n + 1 < len(tokens) else None
    if n == i:  # "He Wang, Lund University"
        behind = tokens[n + 2] if n + 2 < len(tokens) else None
        return after is not None and bool(_SYLLABLE.fullmatch(after.text)) and _ends(behind)
    return _namelike(tokens[n - 1]) and len(tokens[n - 1].text) > 1 and _ends(after)


def _ends(after: Token | None) -> bool:
    """Whether a name may end before this token."""
    return (
        after is None
        or (not after.word and after.text not in {".", "'", "’"})
        or after.lower == "and"
    )


_ALSO_NAMES = frozenset({"He", "An"})
_SYLLABLE = re.compile(
    r"(?:[ZCS]h|[BPMFDTNLGKHJQXRZCSYW])[iu]?(?:a[io]?|ang?|e[in]?|eng?|ing?|ong?|ou?|u[ein]?|i)"
)
"""A family name in pinyin."""
