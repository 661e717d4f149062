"""Awards: a head word with something proper beside it ("the Tern Medal"), a society fellow, a few whole names."""

from __future__ import annotations

import re
from functools import cache

from kg import resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.model import Mention

_LINKS = frozenset(("of for the and & in on de du - – / 's ’s ' \" “ ” : .").split()) | {"'", "’"}
_SMALL = frozenset(
    (
        "best young early outstanding distinguished excellent excellence paper papers thesis "
        "dissertation student research teaching researcher investigator career faculty test "
        "time test-of-time lifetime achievement runner-up runner honorable mention "
        "presentation poster demo doctoral phd postdoctoral graduate undergraduate reviewer "
        "service contribution contributions innovation inventor educator teacher author "
        "scientist women rising star stars gold silver bronze national international "
        "inaugural prestigious technical early-career mid-career junior senior article "
        "national scholar scholars fellow honorary doctorate doctorates degree dissertation "
        "poster impact influential most cited keynote academic merit finalist software system "
        "artifact full-paper short-paper industry community"
    ).split()
)
_STOP_LEFT = frozenset(
    (
        "received receives won winner recipient awarded including include includes his her "
        "their as is was the a an such several many numerous multiple two three four five six "
        "various both with by from has earned at been also obtained holds got"
    ).split()
)
_AFTER_NOT = frozenset(
    (
        "committee committees chair chairs program programme programs panel jury holder "
        "holders winning board ceremony selection nominations nomination applications funding"
    ).split()
)
_SOCIETY = re.compile(
    r"\b(?:elected\s+|senior\s+|honorary\s+|distinguished\s+)?fellow(?:s)?\s+of\s+(?:the\s+)?",
    re.IGNORECASE,
)


@cache
def heads() -> dict[str, str]:
    """Head word -> its class."""
    return dict(line.split("\t")[:2] for line in resources.words("award-heads"))


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Awards as printed; ``note`` is ``head``, ``fellow`` or ``whole``."""
    del context
    tokens, found = sentence.tokens, []
    i = 0
    while i < len(tokens):
        kind = (
            heads().get(tokens[i].text)
            if tokens[i].text.isupper()
            else heads().get(tokens[i].lower)
        )
        if kind is None or (
            tokens[i].tag.startswith("VB")
            and not tokens[i].capital
            and tokens[i].lower not in {"fellow", "scholar"}
        ):
            i += 1
            continue
        first, end = _left(tokens, i), _right(tokens, i)
        if _proper(tokens, first, end, i) and not (
            end < len(tokens) and tokens[end].lower in _AFTER_NOT
        ):
            weight = (
                2.4
                if kind != "fellow"
                or (tokens[i + 1 : i + 2] and tokens[i + 1].lower == "of" and end > i + 1)
                else 1.6
            )
            found.append(
                Mention(
                    "award", sentence.place(first, end), sentence.between(first, end), weight, kind
                )
            )
        i = max(end, i + 1)
    return found


def _inside(token: Token) -> bool:
    return (
        token.word
        and (token.capital or token.lower in _SMALL or token.text[0].isdigit())
        and token.lower not in _STOP_LEFT
    )


def _left(tokens: tuple[Token, ...], i: int) -> int:
    """Words before the head that belong to the award's name."""
    first = i
    while first > 0:
        token = tokens[first - 1]
        if _inside(token):
            first -= 1
        elif (
            token.lower == "the"
            and first > 2
            and tokens[first - 2].lower in {"of", "for"}
            and _inside(tokens[first - 3])
        ):
            first -= 3
        elif (
            token.lower in _LINKS
            and first > 1
            and _inside(tokens[first - 2])
            and _binds(tokens, first - 1)
        ):
            first -= 2
        else:
            break
    return _finalist(tokens, first)


def _finalist(tokens: tuple[Token, ...], first: int) -> int:
    """Take "Finalist for the" and the like into the name: it is not the award itself."""
    at = first - 1
    while at >= 0 and tokens[at].lower in {"the", "a", "an"}:
        at -= 1
    if (
        at >= 1
        and tokens[at].lower in {"for", "of"}
        and tokens[at - 1].lower
        in {"finalist", "runner-up", "nominee", "shortlisted", "semifinalist", "semi-finalist"}
    ):
        return at - 1
    return first


def _binds(tokens: tuple[Token, ...], link: int) -> bool:
    """Whether a small word joins two parts of one award: "of the", "and" between capitals without a head before it."""
    word = tokens[link].lower
    if word in {"and", "&"}:
        before = [t.lower for t in tokens[max(0, link - 4) : link]]
        return (
            not any(w in heads() for w in before)
            and tokens[link - 1].capital
            and tokens[link + 1].capital
        )
    if word in {"in", "on"}:
        return False
    return word != "." or len(tokens[link - 1].text) <= 2


def _right(tokens: tuple[Token, ...], i: int) -> int:
    """Words behind the head: "of the IEEE", "for Young Researchers in Optimization", "in Data Science"."""
    end = i + 1
    while end < len(tokens) and heads().get(tokens[end].lower):
        end += 1
    while end < len(tokens):
        token = tokens[end]
        step = end + 1
        if token.lower in {"of", "for", "in", "on"}:
            if step < len(tokens) and tokens[step].lower in {"the", "an", "a"}:
                step += 1
            if step >= len(tokens) or not tokens[step].capital or not tokens[step].word:
                break
            end = _run(tokens, step)
        elif (
            token.lower in {"presented", "given", "awarded", "bestowed"}
            and step < len(tokens)
            and tokens[step].lower == "by"
        ):
            step += 2 if step + 1 < len(tokens) and tokens[step + 1].lower == "the" else 1
            if step >= len(tokens) or not tokens[step].capital:
                break
            end = _run(tokens, step)
        else:
            break
    return end


def _run(tokens: tuple[Token, ...], i: int) -> int:
    """Capitalised words; "and" and "of" between two of them, unless a new award begins behind."""
    end = i
    while end < len(tokens):
        if (
            (tokens[end].word and tokens[end].capital)
            or (
                tokens[end].text in {"-", "–", "&", "'s", "’s"}
                and end + 1 < len(tokens)
                and tokens[end + 1].capital
            )
            or (
                tokens[end].lower in {"and", "of", "for"}
                and end + 1 < len(tokens)
                and tokens[end + 1].capital
                and not _new_award(tokens, end + 1)
            )
        ):
            end += 1
        elif (
            tokens[end].lower == "of"
            and end + 2 < len(tokens)
            and tokens[end + 1].lower == "the"
            and tokens[end + 2].capital
        ):
            end += 2
        else:
            break
    return end


def _new_award(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the capitalised run from ``i`` holds a head word of its own, or is a lone acronym."""
    end = i
    while (
        end < len(tokens)
        and tokens[end].word
        and (tokens[end].capital or tokens[end].lower in _SMALL)
    ):
        end += 1
    if any(heads().get(t.lower) for t in tokens[i : end + 1]):
        return True
    return end - i == 1 and tokens[i].text.isupper() and len(tokens[i].text) > 1


def _proper(tokens: tuple[Token, ...], first: int, end: int, head: int) -> bool:
    """Whether the phrase names one award: capitals beyond its head and first word, or a "best paper" phrase."""
    words = [t for n, t in enumerate(tokens[first:end], first) if n != head and t.word]
    capitals = [t for t in words if t.capital]
    lower = [t.lower for t in words]
    if tokens[head].text == "CAREER":
        return True
    if (
        any(
            w in lower
            for w in (
                "best",
                "test-of-time",
                "outstanding",
                "honorary",
                "excellence",
                "distinguished",
            )
        )
        and len(words) >= 1
    ):
        return not tokens[head].lower.endswith("s") or bool(capitals) or "best" in lower
    return bool(capitals)
