"""Known names that what stands beside them tells to be no institution: a town, the short form of a post."""

from __future__ import annotations

from kg import authorities, names
from kg.language import Sentence
from kg.model import Mention


def is_town(sentence: Sentence, m: Mention, known: list[Mention]) -> bool:
    """Whether a name is but the town of the one place before it, alone or in brackets: "Ada Byron (IRIT, Toulouse)"."""
    if m.note != "slot":
        return False
    start, end = (at - sentence.span.start for at in m.span)
    head = sentence.text[:start].rstrip(" ,")
    before = next((b for b in known if b.span.end - sentence.span.start == len(head)), None)
    place = authorities.institutions().get(before.value) if before else None
    if before is None or place is None:
        return False
    opens, behind = head[: before.span.start - sentence.span.start].rstrip(), sentence.text[end:]
    alone = opens[-1:] in {"", "("} and behind.strip()[:1] in {"", ")"}
    return alone and names.fold(place.city) == names.fold(sentence.text[start:end])


def is_other(sentence: Sentence, m: Mention) -> bool:
    """Whether an acronym in brackets is short for the words before it, which do not name the institution that is known
    by it: "Chief Technology and Innovation Officer (CTIO)"."""
    start, end = (at - sentence.span.start for at in m.span)
    letters, text = sentence.text[start:end], sentence.text
    if not letters.isupper() or text[start - 1 : start] != "(" or text[end : end + 1] != ")":
        return False
    said = [w for w in names.fold(text[: start - 1]).split() if w not in names.SMALL][
        -len(letters) :
    ]
    if [w[0].upper() for w in said] != list(letters):
        return False
    place = authorities.institutions().get(m.value)
    told = {
        w for name in (m.value, *(place.aliases if place else ())) for w in names.fold(name).split()
    }
    return 2 * len(told.intersection(said)) < len(said)
