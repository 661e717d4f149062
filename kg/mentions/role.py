"""Posts: "assistant professor", "Senior Research Scientist", "VP of Engineering"."""

from __future__ import annotations

import re
from functools import cache

from kg import authorities, resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.model import Mention

_FIELD_STOP = frozenset(
    (
        "at from where who which that and or with for since until as by while when the his "
        "her their its on to is was"
    ).split()
)
_NOUNISH = frozenset({"NN", "NNP", "NNS", "NNPS", "JJ", "VBG", "HYPH", "CD", "JJR", "FW", "VBN"})
_NEVER_LEFT = frozenset(
    (
        "a an the his her their its our my this that is was are were as and or by of in at "
        "for with from currently now also former formerly previously prof dr mr ms mrs "
        "after appointed award awards becoming been before called college department "
        "earlier elected ex held hired holding including institute joined later made many "
        "named other own past previous prior prize professor promoted recently school "
        "selected served several some then university various "
        "completed finished done taken pursued accepted conducted undertook "
        "managed led directed headed supervised"
    ).split()
)


@cache
def heads() -> dict[str, str]:
    """Head noun -> its class ("" for a plain post)."""
    pairs = (line.split("\t") for line in resources.words("roles"))
    return {p[0]: (p[1] if len(p) > 1 else "") for p in pairs}


@cache
def modifiers() -> frozenset[str]:
    """Words known to stand before a head noun."""
    return frozenset(w.casefold() for w in resources.words("role-modifiers"))


def singular(word: str) -> str:
    """A head noun in the plural brought to the form of the list ("professors" -> "professor")."""
    return (
        word[:-1] if word.endswith("s") and word not in heads() and word[:-1] in heads() else word
    )


def _head(token: Token) -> str | None:
    word = singular(token.lower)
    if word in heads():
        return word
    last = word.rsplit("-", 1)[-1]
    return last if "-" in word and singular(last) in heads() and last != "chief" else None


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Posts, each from its first modifier to its head (or the field behind "of"), read as printed."""
    del context
    sentence = sentence.in_english
    tokens, found, i = sentence.tokens, [], 0
    while i < len(tokens):
        head = _head(tokens[i])
        if head is None:
            i += 1
            continue
        end = _right(tokens, i)
        first = _left(tokens, i)
        if end < len(tokens) and tokens[end].text in {"'s", "’s"}:
            i = end
            continue
        if _is_post(tokens, first, i, head):
            kind = heads().get(singular(_head(tokens[end - 1]) or head), "")
            core = sentence.between(first, end)
            found.append(Mention("role", sentence.place(first, end), core, 1.5, kind))
        i = end
    return found


def _right(tokens: tuple[Token, ...], i: int) -> int:
    """Take further heads that belong to the same noun phrase ("research associate professor", "head librarian")."""
    end = i + 1
    while end < len(tokens) and tokens[end].gloss and tokens[end].tag == "JJ":
        end += 1  # "profesora titular", "maître de conférences"
    if tokens[i].lower in _TRAINED and end < len(tokens) and tokens[end].lower in _TRAINING:
        return end + 1
    if tokens[i].lower in {"member", "members"}:
        return _staff(tokens, i)
    while end < len(tokens) and (
        _head(tokens[end]) or tokens[end].lower in {"emeritus", "emerita", "in-chief"}
    ):
        end += 1
    return end


def _staff(tokens: tuple[Token, ...], i: int) -> int:
    """End of "member of the technical staff", a post; of a lone "member" else."""
    of = [t.lower for t in tokens[i + 1 : i + 5]]
    size = next((n for n, word in enumerate(of) if word in {"staff", "faculty"}), None)
    small = {"of", "the", "technical", "research", "scientific", "academic", "permanent"}
    return i + 2 + size if size and of[0] == "of" and set(of[:size]) <= small else i + 1


def _joint_chair(tokens: tuple[Token, ...], first: int, i: int) -> bool:
    """Whether "and" joins two donors of one chair: "Keith and Jane Nosbusch Professor"."""
    if (
        tokens[i].lower not in {"professor", "chair"}
        or tokens[first - 1].lower != "and"
        or first < 2
    ):
        return False
    before = tokens[first - 2]
    names_only = before.capital and tokens[first].capital and before.lower not in modifiers()
    lone = first < 3 or not tokens[first - 3].capital
    return names_only and lone and _head(before) is None and tokens[first].lower not in modifiers()


def _joined(tokens: tuple[Token, ...], first: int, i: int) -> int:
    """How many words "and" joins to a post: of two donors of a chair, of "Chief Technology and Innovation Officer"."""
    if _joint_chair(tokens, first, i):
        return 2
    chief = first > 2 and tokens[first - 3].lower == "chief" and tokens[first - 2].capital
    return (
        3
        if chief and tokens[first - 1].lower in {"and", "&"} and tokens[i].lower == "officer"
        else 0
    )


def _employer(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word before a head is the employer's name ("Amazon Scholar"), not a part of the title."""
    token = tokens[i]
    return (
        token.capital
        and token.lower not in modifiers()
        and (i == 0 or not tokens[i - 1].capital)
        and any(c.because != "slot" for c in authorities.lookup(token.text))
    )


def _left(tokens: tuple[Token, ...], i: int) -> int:
    """Take the modifiers before a head: listed words, nouns and adjectives, capitalised names of a chair."""
    first = i
    while first > 0:
        token = tokens[first - 1]
        if token.gloss == "+":
            break
        if (
            token.lower in modifiers()
            and token.lower not in {"current", "former"}
            and not (token.text == "named" and token.tag in {"VBN", "VBD"})
        ) or (token.text in {"-", "/"} and first > 1 and tokens[first - 2].lower in modifiers()):
            first -= 1
        elif _employer(tokens, first - 1):
            break
        elif first < i and (more := _joined(tokens, first, i)):
            first -= more
        elif (
            token.tag in _NOUNISH
            and token.lower not in _NEVER_LEFT
            and token.word
            and not _head(token)
        ) or (
            token.text in {"&", "."}
            and first > 1
            and tokens[first - 2].capital
            and len(tokens[first - 2].text) <= 12
        ):
            first -= 1
        else:
            break
    while (
        first < i
        and (tokens[first].tag in {"CD", "VBG"} or not tokens[first].word)
        and tokens[first].lower not in modifiers()
    ):
        first += 1
    return first


_THINGS = frozenset(
    (
        "award awards grant grants prize prizes scholarship scholarships fellowship fellowships "
        "paper papers program programs programme programmes training community network "
        "development conference team teams"
    ).split()
)
_TRAINED = frozenset({"postdoctoral", "post-doctoral"})
_TRAINING = frozenset({"training", "research", "work", "studies"})
_BARE = frozenset(
    (
        "lead head chair chief principal associate assistant member partner executive "
        "position appointment student candidate resident faculty scholar fellow owner visitor "
        "reader advocate representative leader judge counsel"
    ).split()
)


def _is_post(tokens: tuple[Token, ...], first: int, i: int, head: str) -> bool:
    """Refuse a verb ("leads"), a title before a name ("Professor Ana ...") or a plural of others."""
    token = tokens[i]
    if token.tag.startswith("VB") and not token.capital and head in _BARE:
        return False
    title = head in {"prof", "professor"} and token.text.lower().startswith("prof")
    if title and first == i and _before_name(tokens, i):
        return False
    if head in {"position", "appointment", "stay"} and first == i:
        return False
    if (
        head == "postdoctoral"
        and tokens[_right(tokens, i) - 1].lower not in _TRAINING
        and _right(tokens, i) == i + 1
        and i + 1 < len(tokens)
        and tokens[i + 1].lower not in {"at", "in", "with", "position"}
    ):
        return False
    if _names_a_thing(tokens, i, head):
        return False
    if singular(head) == "team":
        return first < i and [t.lower for t in tokens[max(0, first - 2) : first]] == ["on", "the"]
    if singular(head) in {"board", "committee", "council"}:
        return first < i or _right(tokens, i) > i + 1
    return not (token.lower.endswith("s") and token.lower not in heads() and _others(tokens, first))


def _names_a_thing(tokens: tuple[Token, ...], i: int, head: str) -> bool:
    """Whether a head noun is no post here: "faculty award", "a leader in cloud services"."""
    pioneer = head == "leader" and [t.lower for t in tokens[i + 1 : i + 2]] == ["in"]
    return pioneer or _qualifies(tokens, _right(tokens, i))


def _qualifies(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether the word behind a post makes it a thing: "faculty award", "student paper", "scholar program"."""
    if end + 1 < len(tokens) and tokens[end].tag == "NN" and not tokens[end].capital:
        return tokens[end].lower in _THINGS or tokens[end + 1].lower in _THINGS
    return end < len(tokens) and tokens[end].lower in _THINGS


def _before_name(tokens: tuple[Token, ...], i: int) -> bool:
    after = tokens[i + 1 : i + 4]
    if after and after[0].text == ".":
        after = after[1:]
    return (
        bool(after)
        and after[0].capital
        and not after[0].gloss
        and not re.fullmatch(r"[A-Z]{2,}", after[0].text)
        and after[0].lower not in {"emeritus", "emerita", "of"}
    )


def _others(tokens: tuple[Token, ...], first: int) -> bool:
    """Whether a plural speaks of other people ("her students", "10 researchers", "the developers")."""
    before = tokens[first - 1].lower if first else ""
    return (
        before
        in {
            "her",
            "his",
            "their",
            "our",
            "the",
            "many",
            "with",
            "for",
            "of",
            "among",
            "by",
            "several",
            "young",
            "managed",
            "led",
            "supervised",
            "mentored",
            "trained",
        }
        or before.isdigit()
    )
