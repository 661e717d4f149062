"""One printed head, several honours: "Fellow of the ACM, IEEE, and SIAM", "best paper awards at KDD and EDBT"."""

from __future__ import annotations

import re
from dataclasses import replace

from kg import authorities
from kg.language import Sentence, Token
from kg.model import Mention, Span

_PLURALS = {
    "awards": "award",
    "prizes": "prize",
    "medals": "medal",
    "fellowships": "fellowship",
    "scholarships": "scholarship",
    "grants": "grant",
    "honors": "honor",
    "honours": "honour",
}
_LINKS = frozenset({",", "and", "&", ";", "/"})
_HEADS = frozenset(_PLURALS) | frozenset(_PLURALS.values()) | {"fellow", "chair", "member"}
_STARTS = frozenset(
    (
        "he she they his her their i my professor prof dr president member director chair vice editor associate "
        "distinguished senior elected honorary best in since from january february march april june july august "
        "september october november december"
    ).split()
)
_SHARED = re.compile(
    r"(?P<first>(?:[\w-]+\s+)*?)(?P<a>[Ss]tarting|[Cc]onsolidator|[Aa]dvanced|[Ss]ynergy)\s+(?:and|&)\s+(?P<b>\w+)\s+(?P<head>[Gg]rants?)$"
)
_DONORS = re.compile(
    r"(?P<a>[A-Z][\w’'-]+)\s+(?:and|&)\s+(?P<b>[A-Z][\w’'-]+)\s+(?P<rest>(?:[\w-]+\s+){0,3})(?P<head>\w+)$"
)

_BODIES = frozenset(
    "society association institute academy council foundation union federation".split()
)

Places = tuple[int, int, int]


def spread(sentence: Sentence, award: Mention, at: Places) -> list[Mention]:
    """The honours that one phrase names: itself, or one an item of the list it heads.

    Parameters:
        at: token indices of the phrase's first word and its head, and the index behind its last word.
    """
    _, head, end = at
    if award.note == "fellow" and sentence.tokens[head + 1 : head + 2] and end > head + 1:
        return [award, *_societies(sentence, head, end)]
    parts = _shared(award)
    if len(parts) > 1:
        return parts
    if sentence.tokens[head].lower in _PLURALS:
        return _givers(sentence, award, at) or [award]
    return [award]


def of_society(sentence: Sentence, i: int) -> Mention | None:
    """The honour of a line of a curriculum: "Fellow, Royal Society of Arts" with a society that is known."""
    tokens = sentence.tokens
    opens = i == 0 or not tokens[i - 1].word or tokens[i - 1].lower == "elected"
    if tokens[i].text != "Fellow" or not opens or [t.text for t in tokens[i + 1 : i + 2]] != [","]:
        return None
    start = i + 2 + (tokens[i + 2 : i + 3] != () and tokens[i + 2].lower == "the")
    end = _name(tokens, start) if start < len(tokens) else start
    known = authorities.resolve(sentence.between(start, end)) if end > start else None
    if known is None or known.kind != "society":
        return None
    value = f"Fellow of the {sentence.between(start, end)}"
    return Mention("award", sentence.place(i, end), value, 2.6, "fellow")


def _societies(sentence: Sentence, head: int, end: int) -> list[Mention]:
    """Further societies behind the first one; each must be a proper name that is no honour or post of its own."""
    tokens = sentence.tokens
    lead = sentence.between(head, head + 1)
    out: list[Mention] = []
    for start, stop in _items(tokens, end):
        known = authorities.resolve(re.split("/", sentence.between(start, stop))[0])
        if known and known.kind in {"university", "college", "company", "laboratory"}:
            continue
        value = f"{lead} of the {sentence.between(start, stop)}"
        out.append(Mention("award", sentence.place(start, stop), value, 2.4, "fellow"))
    return out


def _items(tokens: tuple[Token, ...], at: int) -> list[tuple[int, int]]:
    """Capitalised runs that follow each other behind commas and "and", brackets and years skipped."""
    out: list[tuple[int, int]] = []
    while True:
        at = _skip(tokens, at)
        step = at
        while step < len(tokens) and tokens[step].lower in _LINKS:
            step += 1
        if step == at:
            return out
        while step < len(tokens) and tokens[step].lower in {"of", "the", "by", "at", "from"}:
            step += 1
        end = _name(tokens, step)
        if end == step or any(t.lower in _HEADS for t in tokens[step : end + 1]):
            return out
        out.append((step, end))
        at = end


def _skip(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind an acronym or year in brackets, and behind "in 2014"."""
    if at < len(tokens) and tokens[at].text == "(":
        if any(t.text[:1].isdigit() for t in tokens[at + 1 : at + 3]):
            return at
        close = next((n for n in range(at, min(at + 7, len(tokens))) if tokens[n].text == ")"), -1)
        return _skip(tokens, close + 1) if close > 0 else at
    if at + 1 < len(tokens) and tokens[at].lower == "in" and tokens[at + 1].text.isdigit():
        return at + 2
    return at


def _name(tokens: tuple[Token, ...], at: int) -> int:
    """Index behind a proper name: capitals, joined by "of", "for", "and" before a further capital."""
    end = at
    while end < len(tokens) and tokens[end].word and tokens[end].capital:
        if tokens[end].lower in _STARTS:
            return at if end == at else end
        end += 1
        joined = end + 1 < len(tokens) and tokens[end].lower in {"of", "for", "in", "on"}
        step = end + 1
        if joined and tokens[step].lower == "the":
            step += 1
        if joined and step < len(tokens) and tokens[step].capital:
            end = step
        elif end - at > 1 and _field_pair(tokens, at, end):
            end += 1
    return end


def _field_pair(tokens: tuple[Token, ...], at: int, end: int) -> bool:
    """Whether "and" stands inside a name that has its "of" or "for": "Academy of Arts and Sciences"."""
    inside = {t.lower for t in tokens[at:end]} & {"of", "for", "in"}
    after = tokens[end + 1 : end + 2]
    return (
        bool(inside)
        and end < len(tokens)
        and tokens[end].lower == "and"
        and bool(after)
        and after[0].capital
        and not after[0].text.isupper()
    )


def _shared(award: Mention) -> list[Mention]:
    """ "ERC Starting and Consolidator grant", "Heron and Tern prizes": each gets the head, in the singular."""
    value = " ".join(award.value.split())
    grants = _SHARED.search(value)
    if grants:
        head = grants["head"].rstrip("s")
        return _parts(award, [f"{grants['first']}{grants[n]} {head}" for n in ("a", "b")])
    donors = _DONORS.fullmatch(value)
    if donors and (
        donors["head"].lower() in _PLURALS
        or (donors["head"].lower() == "fellow" and donors["a"].isupper() and donors["b"].isupper())
    ):
        head = _PLURALS.get(donors["head"].lower(), donors["head"])
        return _parts(award, [f"{donors[n]} {donors['rest']}{head}" for n in ("a", "b")])
    return [award]


def _parts(award: Mention, values: list[str]) -> list[Mention]:
    """Mentions that lie side by side within the printed phrase, so that all of them survive."""
    start, end = award.span.start, award.span.end
    cut = start + (end - start) // 2
    halves = ((start, cut), (cut, end))
    return [
        replace(award, value=value, span=Span(a, b))
        for value, (a, b) in zip(values, halves, strict=True)
    ]


def _givers(sentence: Sentence, award: Mention, at: Places) -> list[Mention]:
    """A plural head with a list of givers or venues: "faculty awards from X and Y", "best paper awards at X and Y"."""
    tokens = sentence.tokens
    first, head, end = at
    if end != head + 1 or end + 1 >= len(tokens):
        return []
    link = tokens[end].lower
    if link not in {"from", "at", "by", "in"}:
        return []
    start = end + (2 if tokens[end + 1].lower in {"the", "both"} else 1)
    stop = _name(tokens, start)
    if stop == start:
        return []
    lead = f"{sentence.between(first, head)} {_PLURALS[tokens[head].lower]}".strip()
    runs = _joined(tokens, [(start, stop), *_items(tokens, stop)])
    out = [
        Mention("award", sentence.place(a, b), f"{lead} {link} {sentence.between(a, b)}", 2.4, award.note)
        for a, b in runs
    ]  # fmt: skip
    return [replace(out[0], span=sentence.place(first, stop)), *out[1:]]


def _joined(tokens: tuple[Token, ...], runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Two runs around "and" are one name where only the second has a head: "Image Processing and Vision Society"."""
    if len(runs) == 2 and tokens[runs[0][1]].lower in {"and", "&"}:
        one, two = ({t.lower for t in tokens[a:b]} & _BODIES for a, b in runs)
        if two and not one and runs[0][1] - runs[0][0] > 1:
            return [(runs[0][0], runs[1][1])]
    return runs
