"""Names that only their slot or spelling tells: "works for Quillmont", "founder of tarn.io", "developer at elver"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from kg import authorities, names, resources
from kg.language import Sentence, Token
from kg.mentions._boundary import heads, part, words
from kg.model import Mention

_AT = frozenset("at @ en em bei chez presso w hos".split())
_WORK = frozenset("work works worked working freelances freelanced consults writes".split())
_OWNERS = frozenset(
    (
        "founder co-founder cofounder fundador fundadora cofundador cofundadora owner co-owner ceo cto coo cfo cio "
        "ciso officer creator host co-host co-creator publisher proprietor"
    ).split()
)
_LEADERS = frozenset("director head president chairman chairwoman chair partner lead".split())
_SCHOOLED = frozenset(
    (
        "professor lecturer student fellow scholar candidate reader chair member award provost dean "
        "rector chancellor minister secretary teacher commissioner deputy"
    ).split()
)
_FIRMS = frozenset(
    (
        "company startup start-up firm consultancy nonprofit non-profit charity agency studio ngo "
        "cooperative newspaper publisher retailer manufacturer brand bank provider organisation "
        "organization magazine"
    ).split()
)

_NOT_BRANDS = frozenset(
    (
        "least most work home heart large scale night times school university college uni once all "
        "first last present various several different many some any its their his her our my your "
        "the a an this that these those both each one two top leading big small local national "
        "international early late events conferences meetups companies startups universities top "
        "industry academia risk peace sea press length play stake hand best ease noon dawn it them "
        "him us me you which whom what where when who and or in on of for to by with from as up "
        "runtime compile-time i18n a11y l10n o11y k8s e-commerce e-learning e-health e-mail"
    ).split()
)
_DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:com|org|net|io|ai|dev|app|co|me|tv|tech|cloud|studio|digital|agency|"
    r"[a-z]{2})\Z"
)
_STYLED = re.compile(
    r"[a-z]+-?[A-Z]\w*\Z|[a-z]{1,3}\d+[a-z]+\w*(?<=\w{4})\Z|\d+[a-z]{2,}[\w.]*\Z|[a-z]-[a-z]{4,}\Z"
)
_GOES_ON = frozenset(
    (
        "and or as in where who since from for on until while with but before after when , . ; : ) ( "
        "| / ! ? – — - during leading building focusing working based y e und et oraz a an the's"
    ).split()
)


@cache
def _roles() -> frozenset[str]:
    return frozenset(line.split("\t")[0] for line in resources.words("roles"))


@cache
def _plain() -> frozenset[str]:
    """Words that fields, posts and titles are made of: a run of nothing else names no employer."""
    lists = ("title-words", "role-modifiers", "fields", "never-organizations", "headings")
    listed = {w for name in lists for line in resources.words(name) for w in line.split()}
    topics = {w for row in resources.rows("topics") for w in names.fold(row[0]).split()}
    return frozenset(names.fold(w) for w in listed) | topics


def employers(sentence: Sentence) -> list[Mention]:
    """Names in slots that call for an employer; ``note`` is ``named``."""
    found = [m for i in range(len(sentence.tokens)) if (m := _behind(sentence, i))]
    more = (*_groups(sentence), *_owners(sentence), *_explained(sentence), *_alone(sentence))
    return [*found, *more, *_glued(sentence)]


def _groups(sentence: Sentence) -> list[Mention]:
    """Firms that end in "Group": a name of no field behind "of", "at", "with" or "for", and no house behind it."""
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens)):
        if tokens[i].text not in {"Group", "GROUP"} or not part(tokens[i - 1]):
            continue
        start = i
        while start > 0 and part(tokens[start - 1]):
            start -= 1
        before = [t.lower for t in tokens[:start]]
        link = next((w for w in reversed(before) if w != "the"), ",")
        plain = any(p in _plain() for t in tokens[start:i] for p in names.fold(t.text).split())
        asked = link in {"of", "at", "with", "for", "|", "(", "@", ","}
        inside = i + 1 < len(tokens) and tokens[i + 1].lower in {"at", "of", "in", "within", "for"}
        inside = inside or (i + 1 < len(tokens) and part(tokens[i + 1]))
        if asked and not plain and not inside and not _houses(tokens, i + 1):
            found.append(replace(_mention(sentence, start, i + 1), weight=1.95))
    return found


def _mention(sentence: Sentence, start: int, end: int) -> Mention:
    place = sentence.place(start, end)
    return Mention("organization", place, sentence.between(start, end), 1.7, "named")


def _behind(sentence: Sentence, i: int) -> Mention | None:
    """A name behind a small word that ties it to a post or to "works"."""
    tokens = sentence.tokens
    link, start = tokens[i].lower, i + 1
    if i == 0 or start >= len(tokens) or link not in _AT | {"for", "of", "with", "(", ",", "|"}:
        return None
    if link == "at" and tokens[start].text == "@":
        start += 1
    lower = _brand_end(sentence, start)
    if lower > start:
        fits = link in _AT | {"(", "|", ","} or _cue(tokens, i) or _domain(sentence, start, lower)
        certain = _styled(sentence, start, lower) or (link in _AT and _cue(tokens, i))
        return _mention(sentence, start, lower) if fits and certain else None
    end = _run_end(sentence, start)
    if link in _AT | {"with"}:
        marked = any(t.lower in {"'s", "’s"} for t in tokens[start:end])
        return _mention(sentence, start, end) if marked and _cue(tokens, i) else None
    if link not in {"for", "of"} or end == start:
        return None
    return _mention(sentence, start, end) if _asked(tokens, i, start, end) else None


def _asked(tokens: tuple[Token, ...], i: int, start: int, end: int) -> bool:
    """Whether "for" or "of" and what stands before call for an employer, and the name may be one."""
    folded = [names.fold(t.text) for t in tokens[start:end]]
    known = any(authorities.lookup(t.text) for t in tokens[start:end])
    if known or any(heads().get(w) or w in _roles() for w in folded) or not _ends(tokens, end):
        return False
    if all(p in _plain() for w in folded for p in w.split()):
        return False
    if end - start == 1 and tokens[start].text.isupper() and len(tokens[start].text) < 5:
        return False  # a system or a field as often ("architect for TMF")
    role = _cue(tokens, i)
    if tokens[i].lower == "for":
        return role not in {"", *_SCHOOLED, *_LEADERS}
    if role in _OWNERS:
        return True
    foreign = not any(p in _plain() for w in folded for p in w.split())
    return role in _LEADERS and foreign and not _houses(tokens, end)


def _houses(tokens: tuple[Token, ...], end: int) -> bool:
    """Whether a house of its own follows: then the name is a part of it ("Director of Zephyr at Nokia")."""
    if end + 1 >= len(tokens):
        return False
    return tokens[end].lower in {"at", "@", "within", "for", "and", ","} and (
        part(tokens[end + 1]) or tokens[end + 1].lower == "the"
    )


def _cue(tokens: tuple[Token, ...], i: int) -> str:
    """The post or verb of work right before a small word, "" where none stands there."""
    if i < 1:
        return ""
    word = tokens[i - 1].lower
    last = word.rsplit("-", 1)[-1]
    for form in (word, word.removesuffix("s"), last):
        if form in _roles() | _WORK | _OWNERS:
            return form if form != last or word not in _OWNERS else word
    return ""


def _ends(tokens: tuple[Token, ...], end: int) -> bool:
    return end >= len(tokens) or tokens[end].lower in _GOES_ON


def _run_end(sentence: Sentence, start: int) -> int:
    """Index behind a capitalised name, with "An" or "The" in front and marks inside ("Trans*Code")."""
    tokens = sentence.tokens
    first = start + (tokens[start].text in {"An", "A", "The"} and start + 1 < len(tokens))
    end = words(tokens, first)
    while (
        first < end < len(tokens) - 1
        and tokens[end].text in {"*", "+", "&", "!"}
        and tokens[end].span.start == tokens[end - 1].span.end
        and tokens[end + 1].span.start == tokens[end].span.end
        and tokens[end + 1].capital
    ):
        end = words(tokens, end + 1)
    if end == first + 1 and end + 1 < len(tokens) and tokens[end].lower in {"'s", "’s"}:
        inner = words(tokens, end + 1)
        role = any(t.lower in _roles() for t in tokens[end + 1 : inner])
        end = inner if inner > end + 1 and not role else end
    return end if end > first else start


def _brand_end(sentence: Sentence, start: int) -> int:
    """Index behind a name in lower case at ``start``: to the next space or mark that ends it."""
    tokens = sentence.tokens
    first = tokens[start]
    if not first.word or first.lower in _NOT_BRANDS or len(first.text) < 2 or first.capital:
        return start
    end = start + 1
    while (
        end + 1 < len(tokens)
        and tokens[end].span.start == tokens[end - 1].span.end
        and tokens[end].text in {".", "-", "*", "+", "&"}
        and tokens[end + 1].span.start == tokens[end].span.end
        and tokens[end + 1].word
    ):
        end += 2
    if _styled(sentence, start, end):
        return _capitals(tokens, end)
    plain = end == start + 1 and first.text.isalpha() and first.tag in {"NN", "NNP", "FW", "VB"}
    if not plain or first.lower in _plain() or first.lower in _roles():
        return start
    unknown = not heads().get(names.fold(first.text))
    return end if unknown and _ends(tokens, end) and _cue(tokens, start - 1) else start


def _capitals(tokens: tuple[Token, ...], end: int) -> int:
    """Go on over the capitalised words behind a brand: "a16z Crypto Research"."""
    return words(tokens, end) if end < len(tokens) and part(tokens[end]) else end


def _styled(sentence: Sentence, start: int, end: int) -> bool:
    """Whether the spelling alone makes a name: a domain, a small letter before a capital, digits inside."""
    word = sentence.between(start, end).split()[0]
    return bool(_STYLED.match(word)) or _domain(sentence, start, end)


def _domain(sentence: Sentence, start: int, end: int) -> bool:
    word = sentence.between(start, end).split()[0]
    return bool(_DOMAIN.match(word)) and not re.search(r"\.(?:js|py|rs|md|ts|pdf)\Z", word)


def _owners(sentence: Sentence) -> list[Mention]:
    """Unknown names that own a post: "Quillmont's founder"."""
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens) - 1):
        if tokens[i].lower not in {"'s", "’s", "‘s"} or not part(tokens[i - 1]):
            continue
        ahead = [t.lower for t in tokens[i + 1 : i + 3]]
        start = i - 1
        while start > 0 and part(tokens[start - 1]) and i - start < 4:
            start -= 1
        folded = [names.fold(t.text) for t in tokens[start:i]]
        plain = all(p in _plain() for w in folded for p in w.split())
        if _OWNERS & set(ahead) and not plain and not any(heads().get(w) for w in folded):
            found.append(_mention(sentence, start, i))
    return found


def _explained(sentence: Sentence) -> list[Mention]:
    """Unknown names that the words behind a comma call a firm: "Quillmont, a Riga-based design studio"."""
    tokens, found = sentence.tokens, []
    for i in range(1, len(tokens) - 2):
        opens = tokens[i].text == "," and tokens[i + 1].lower in {"a", "an", "the", "una", "eine"}
        if not opens or not part(tokens[i - 1]) or i < 2:
            continue
        ahead = [t.lower for t in tokens[i + 2 : i + 9]]
        at = next((n for n, word in enumerate(ahead) if word in _FIRMS), None)
        if at is None or {",", ".", "of", "at", "who", "and", "for"} & set(ahead[:at]):
            continue
        start = i - 1
        while start > 0 and part(tokens[start - 1]):
            start -= 1
        folded = [names.fold(t.text) for t in tokens[start:i]]
        if start > 0 and not any(heads().get(w) or w in _roles() for w in folded):
            found.append(_mention(sentence, start, i))
    return found


def _glued(sentence: Sentence) -> list[Mention]:
    """Names whose parts a mark ties without spaces: "Owl*Code", of which a run would be but a half."""
    tokens, found = sentence.tokens, []
    for i in range(len(tokens) - 2):
        tied = tokens[i].span.end == tokens[i + 1].span.start
        tied = tied and tokens[i + 1].span.end == tokens[i + 2].span.start
        if tied and tokens[i + 1].text in {"*", "+"} and part(tokens[i]) and part(tokens[i + 2]):
            end = words(tokens, i + 2)
            found.append(replace(_mention(sentence, i, end), weight=0.6, note="run"))
    return found


def _alone(sentence: Sentence) -> list[Mention]:
    """A styled name that is all there is of a piece: "nearForm", "a16z Crypto Research"."""
    tokens = sentence.tokens
    if not tokens or len(tokens) > 8:
        return []
    end = _brand_end(sentence, 0)
    whole = end == len(tokens) and end > 0 and _styled(sentence, 0, end)
    return [_mention(sentence, 0, end)] if whole else []
