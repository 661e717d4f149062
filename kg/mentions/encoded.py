"""Organizations, posts and units that the encoder saw on the lines beside the speakers' names."""

from __future__ import annotations

from kg import authorities, concepts, names
from kg.language import Sentence
from kg.mentions import Context
from kg.model import Mention

LEAST = 0.7
"""How sure the encoder must be."""
_KINDS = {
    "aff": ("organization", 1.6, "named"),
    "pri": ("organization", 1.6, "named"),
    "role": ("role", 1.3, ""),
    "unit": ("unit", 1.3, ""),
}
"""Kind, weight and note of a mention: above a capitalised run, below what the word lists know."""


def find(sentence: Sentence, context: Context) -> list[Mention]:
    """What the encoder saw in a sentence, widened to whole words."""
    out = []
    for part in context.marked:
        if part.kind not in _KINDS or part.sure < LEAST or not sentence.span.holds(part.span):
            continue
        inside = [
            n
            for n, t in enumerate(sentence.tokens)
            if t.span.start < part.span.end and part.span.start < t.span.end
        ]
        if inside:
            first, end = inside[0], inside[-1] + 1
            kind, weight, note = _KINDS[part.kind]
            if kind == "organization" and _no_organization(sentence.between(first, end)):
                continue
            out.append(
                Mention(
                    kind, sentence.place(first, end), sentence.between(first, end), weight, note
                )
            )
    return out


def _no_organization(name: str) -> bool:
    """Whether a name is a place's, a topic, or that of a person: a given name and no more than two words behind."""
    words = names.fold(name).split()
    if authorities.lookup(name) or not words:
        return False
    person = words[0] in names.given_names() and 1 < len(words) < 4
    return person or " ".join(words) in authorities.places() or _is_topic(name)


def _is_topic(name: str) -> bool:
    """Whether a name is but a topic, of those that are written small: "Type Systems", "Compilers"."""
    concept = concepts.vocabulary().get(concepts.key_of(name))
    return concept is not None and concept.label.islower()
