"""Topics and awards from elsewhere to those of the vocabularies: one string in, one answer with its reasons out."""

from __future__ import annotations

from kg import awards, concepts
from kg.linking import Linked
from kg.names import slug

_SPELLING, _NAME = 1.0, 0.95


def topic(text: str) -> Linked:
    """The concept that a string names, by its label, another spelling of it, another name or an acronym.

    Its id is the IRI of an imported vocabulary, else ``topic/NAME``.
    """
    name = " ".join(text.split())
    found = concepts.known(name) if name else None
    if found is None:
        return Linked(text, None, None, 0.0, ("no known topic has this name",))
    acronym = name.removesuffix("s").isupper() and found.label != name
    same = concepts.key_of(found.label) == concepts.key_of(name)
    because = "acronym" if acronym else "its label" if same else "another name of it"
    above = tuple(f"narrower than {label}" for label in found.broader)
    id_ = concepts.iri(found.label) or f"topic/{slug(found.label)}"
    return Linked(text, id_, found.label, _SPELLING if same else _NAME, (because, *above))


def award(text: str) -> Linked:
    """The award that a string names: a known one by any of its names, or a society's fellowship."""
    found = awards.canonical(" ".join(text.split())) if text.strip() else None
    if found is None:
        return Linked(text, None, None, 0.0, ("no known award has this name",))
    same = slug(found.name) == slug(text)
    because = (
        "its name" if same else "another name of it",
        *([f"given by {found.body}"] if found.body else []),
    )
    return Linked(
        text, f"award/{slug(found.name)}", found.name, _SPELLING if same else _NAME, because
    )
