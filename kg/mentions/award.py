"""Awards: a head word with something proper beside it ("the Tern Medal"), a society fellow, a few whole names."""

from __future__ import annotations

from functools import cache

from kg import authorities, names, resources
from kg.language import Sentence, Token
from kg.mentions import Context
from kg.mentions import _award_lists as lists
from kg.mentions import _honours as honours
from kg.model import Mention

_LINKS = frozenset(("of for to a the and & in on de du - – / 's ’s ' \" “ ” : .").split()) | {
    "'",
    "’",
}
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
        "best-paper best-poster best-student-paper starting consolidator advanced synergy artifact "
        "full-paper short-paper industry community"
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
_GRANTS = frozenset(
    "erc marie curie starting consolidator advanced synergy proof-of-concept".split()
)
_NOT_YET = frozenset(
    "finalist runner-up nominee nominated shortlisted semifinalist semi-finalist".split()
)
_SOME = frozenset("multiple several many numerous various two three four five some".split())
_POSTS = frozenset(
    (
        "postdoctoral postdoc post-doctoral research teaching visiting clinical junior faculty doctoral "
        "adjunct affiliate residential technical industry"
    ).split()
)
_OFFICES = frozenset("advisor adviser chair director manager librarian".split())
_BODIES = frozenset(
    "university society association institute college technology foundation".split()
)
_TOPICAL = frozenset(
    "women girls excellence leadership innovation trailblazer diversity achievement paper".split()
)
_LEFT_HEADED = frozenset("prix premio prêmio premi medaille médaille medalla medaglia beca".split())
_MONTHS = frozenset(
    (
        "january february march april may june july august september october november december "
        "jan feb mar apr jun jul aug sep sept oct nov dec"
    ).split()
)


@cache
def heads() -> dict[str, str]:
    """Head word -> its class."""
    return dict(line.split("\t")[:2] for line in resources.words("award-heads"))


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """Awards as printed; ``note`` is ``head``, ``fellow``, ``grant`` or ``whole``."""
    del context
    sentence = sentence.in_english
    tokens, found = sentence.tokens, list(honours.find(sentence))
    i = 0
    while i < len(tokens):
        kind = _kind(tokens, i)
        if kind is None:
            i += 1
            continue
        fellow = lists.of_society(sentence, i)
        if fellow:
            found.append(fellow)
        first, end = _left(tokens, i), _right(tokens, i)
        last = max((n for n in range(i, end) if _head(tokens[n])), default=i)
        kind = _kind(tokens, last) or kind
        if _named(tokens, first, end, i, kind):
            weight = _weight(sentence, first, last, end) if kind == "fellow" else 2.4
            if tokens[first].lower in {"dr", "dr.", "prof", "prof."}:
                weight = 3.5  # the donor's name is no person of the page
            award = Mention(
                "award", sentence.place(first, end), sentence.between(first, end), weight, kind
            )
            found += lists.spread(sentence, award, (first, last, end))
        i = max(end, i + 1)
    return found


def _head(token: Token) -> str | None:
    """Class of a head word; a hyphenated or compound one counts by its last part ("Leibniz-Preis")."""
    if token.text.isupper():
        return heads().get(token.text)
    word = token.lower
    if word in heads():
        return heads()[word]
    last = word.rsplit("-", 1)[-1]
    named = token.capital and (last != word or word.endswith("preis"))
    return heads().get("preis" if word.endswith("preis") else last) if named else None


def _kind(tokens: tuple[Token, ...], i: int) -> str | None:
    kind = _head(tokens[i])
    verb = tokens[i].tag.startswith("VB") and not tokens[i].capital
    return None if verb and tokens[i].lower not in {"fellow", "scholar", "grant"} else kind


def _named(tokens: tuple[Token, ...], first: int, end: int, head: int, kind: str) -> bool:
    """Whether the phrase names an honour of its own: no committee of it, no plain grants, no nameless plural."""
    after = tokens[end].lower if end < len(tokens) else ""
    if after == ":" and tokens[head].lower.endswith("s"):
        return False
    if after in _AFTER_NOT or not _proper(tokens, first, end, head):
        return False
    words = {t.lower for t in tokens[first:end]}
    before = tokens[first - 1].lower if first else ""
    lead = tokens[first:head]
    if words & _OFFICES or (tokens[head].lower.startswith("hono") and before == "in"):
        return False
    if tokens[head].lower in {"fellows", "scholars"} and end == head + 1:
        return False
    if (
        lead
        and lead[-1].lower in {"prestigious", "important"}
        and end == head + 1
        and "most" in words
    ):
        return False
    if tokens[head].lower.endswith("ship") and not any(t.capital for t in tokens[first : head + 1]):
        return end > head + 1 and tokens[head + 1].lower in {"of", "for"}
    if kind == "grant":
        return bool(words & _GRANTS) and (not words & {"grants"} or first < head)
    lone = head - first == 1 and end == head + 1 and tokens[first].text.isupper()
    return not (lone and tokens[head].lower == "awards" and before in _SOME)


def _weight(sentence: Sentence, first: int, head: int, end: int) -> float:
    """How firmly "fellow" names an honour: of a society, or under a proper name that is no employer's."""
    tokens = sentence.tokens
    if end > head + 1:
        return 2.4
    words = {t.lower for t in tokens[first:head]}
    if words & _POSTS or not any(t.capital for t in tokens[first:head]):
        return 1.6
    if first > 1 and tokens[first - 2].lower in {"named", "elected", "made", "appointed"}:
        return 2.6
    name = next((n for n in range(first, head) if tokens[n].capital), head)
    known = authorities.resolve(sentence.between(name, head)) if name < head else None
    return 1.6 if known and known.kind in {"company", "university", "college"} else 2.6


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
        elif token.text == ")" and (opened := _bracketed(tokens, first - 1)):
            first = opened
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


def _bracketed(tokens: tuple[Token, ...], close: int) -> int | None:
    """Index of the bracket before the head that holds only a short name: "Society of Logic (SL) Award"."""
    opened = close - 2
    if opened < 1 or tokens[opened].text != "(" or not tokens[close - 1].text.isupper():
        return None
    return opened if tokens[opened - 1].capital and tokens[opened - 1].word else None


def _finalist(tokens: tuple[Token, ...], first: int) -> int:
    """Take "Finalist for the" and the like into the name: it is not the award itself."""
    at = first - 1
    while at >= 0 and tokens[at].lower in {"the", "a", "an"}:
        at -= 1
    if at >= 1 and tokens[at].lower in {"for", "of"} and tokens[at - 1].lower in _NOT_YET:
        return at - 1
    return first


def _binds(tokens: tuple[Token, ...], link: int) -> bool:
    """Whether a small word joins two parts of one award: "of the", "and" between capitals without a head before it."""
    word = tokens[link].lower
    if tokens[link - 1].lower in {"phd", "ph.d.", "professor", "researcher", "scientist"}:
        return False
    if word in {"the", "a"} and tokens[link - 1].text[0].isdigit():
        return False  # "in 2014 the Tern Medal"
    if word in {"and", "&"}:
        if names.fold(tokens[link - 1].text) in _BODIES:
            return False
        before = [t.lower for t in tokens[max(0, link - 4) : link]]
        articles = [n for n, w in enumerate(before) if w in {"a", "an", "the"}]
        before = before[articles[-1] + 1 if articles else 0 :]
        return (
            not any(w in heads() for w in before)
            and tokens[link - 1].capital
            and tokens[link + 1].capital
        )
    if word in {"to", "a"}:
        verbal = word == "to" or tokens[link - 1].lower in {"make", "making"}
        return verbal and tokens[link - 1].capital and tokens[link + 1].capital
    if word == ":" and tokens[link - 1].lower in heads():
        return False
    if word in {"in", "on"}:
        return word == "in" and tokens[link - 1].lower in _TOPICAL and tokens[link + 1].capital
    return word != "." or len(tokens[link - 1].text) <= 2


def _proper_at(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a proper name begins, no month."""
    return (
        at < len(tokens)
        and tokens[at].capital
        and tokens[at].word
        and tokens[at].lower not in _MONTHS
    )


def _right(tokens: tuple[Token, ...], i: int) -> int:
    """Words behind the head: "of the IEEE", "for Young Researchers in Optimization", "in Data Science"."""
    end = i + 1
    while end < len(tokens) and _head(tokens[end]):
        end += 1
    if tokens[i].lower in _LEFT_HEADED and end < len(tokens) and tokens[end].capital:
        end = _run(tokens, end)
    while end < len(tokens):
        token = tokens[end]
        step = end + 1
        if token.lower in {"of", "for", "in", "on"}:
            step += step < len(tokens) and tokens[step].lower in {"the", "an", "a"}
            if not _goes_on(tokens, i, end, step):
                break
            end = max(_run(tokens, step), step + 1)  # "médaille de bronze du CNRS"
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


_UNITS = frozenset(
    "department school faculty division institute centre center group laboratory lab college".split()
)


def _goes_on(tokens: tuple[Token, ...], head: int, link: int, at: int) -> bool:
    """Whether an award's name goes on behind a preposition: a proper name, no department that a fellow works in."""
    if at >= len(tokens):
        return False
    is_post = tokens[head].lower == "fellow" and head and tokens[head - 1].lower in _POSTS
    if is_post and tokens[link].lower == "in" and tokens[at].lower in _UNITS:
        return False
    metal = tokens[head].lower in _LEFT_HEADED and tokens[at].lower in _SMALL
    return metal or _proper_at(tokens, at)


def _run(tokens: tuple[Token, ...], i: int) -> int:
    """Capitalised words; "and", "or" and "of" between two of them, unless a new award begins behind."""
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
                tokens[end].lower in {"and", "or", "of", "for"}
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
    if tokens[head].text == "CAREER" or (
        tokens[head].capital and len(tokens[head].text) > 8 and tokens[head].lower not in heads()
    ):
        return True
    if (
        any(
            w in lower
            for w in (
                "best",
                "best-paper",
                "test-of-time",
                "outstanding",
                "honorary",
                "excellence",
                "distinguished",
            )
        )
        and len(words) >= 1
    ):
        return (
            not tokens[head].lower.endswith("s")
            or bool(capitals)
            or bool({"best", "best-paper"} & set(lower))
        )
    given = end < len(tokens) - 1 and tokens[end].lower == "from" and tokens[end + 1].capital
    return bool(capitals) or (bool(words) and given)
