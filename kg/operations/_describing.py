"""One thing: its names, attributes and statements, what tells it from its namesakes, and what it is tied to."""

from __future__ import annotations

from collections.abc import Sequence

from kg import ontology
from kg.errors import UnknownName
from kg.graph import KnowledgeGraph, Statement, Thing, Tie, attributes_of, relations
from kg.model import Entity
from kg.ontology import KG
from kg.operations._bounds import Value, page, text, thing
from kg.settings import LIMITS

_SPEAKERS, _SPEAKING = 3, Tie(f"{KG}speaker", incoming=True)
_COUNTED = {"topic": "talk", "series": "talk", "award": "recipient"}
"""What a weight counts."""


def brief(found: Thing) -> Value:
    """What names a thing: ``iri``, ``kind``, ``name``."""
    return {"iri": found.iri, "kind": found.kind, "name": found.label}


def summary(graph: KnowledgeGraph, found: Thing) -> str:
    """A short line that tells a thing from its namesakes; "" where nothing is known.

    Of a person the latest affiliation, of a talk date and speakers, of a place town and country, of others numbers.
    """
    if found.kind == "person":
        return _latest(graph, found) or _number(
            len(graph.reader.tied(found.iri, _SPEAKING)), "talk"
        )
    if found.kind == "talk":
        return _given(graph, found.iri)
    if found.kind == "organization":
        told = [graph.reader.values(found.iri, term) for term in ("city", "country")]
        return ", ".join(v[0] for v in told if v)
    if found.kind == "unit":
        return "; ".join(_names(graph, graph.reader.values(found.iri, "unitOf")))
    return _number(found.weight, _COUNTED.get(found.kind, "mention"))


def _number(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}" if number else ""


def _names(graph: KnowledgeGraph, iris: Sequence[str]) -> list[str]:
    return [graph.reader.entity(iri).name for iri in iris]


def _latest(graph: KnowledgeGraph, person: Thing) -> str:
    """Where somebody was when a source spoke last."""
    reader = graph.reader
    claims = reader.about(person.iri, "Affiliation")
    dated = [(next(iter(reader.values(c, "asOf")), ""), c) for c in claims]
    last = max((when for when, _ in dated), default="")
    places = [place for when, c in dated if when == last for place in reader.values(c, "object")]
    return "; ".join(sorted(_names(graph, list({*places})))[:2])


def _given(graph: KnowledgeGraph, talk: str) -> str:
    """When a talk was given, and by whom."""
    reader = graph.reader
    speakers = reader.values(talk, "speaker")
    more = [f"{len(speakers) - _SPEAKERS} more"] if len(speakers) > _SPEAKERS else []
    names = [*_names(graph, speakers[:_SPEAKERS]), *more]
    return ", ".join(part for part in (*reader.values(talk, "date")[:1], "; ".join(names)) if part)


def entity(graph: KnowledgeGraph, iri: str, limit: int = LIMITS.page, offset: int = 0) -> Value:
    """All that is known of a thing, a page of its statements at a time.

    Parameters:
        iri: of the thing, or the one that an earlier build gave it.
        limit: statements on the page.
        offset: statements before it.

    Returns:
        ``iri``, ``kind``, ``name``, ``summary``, ``weight``, ``names`` (others), ``because`` (why they are one thing),
        ``attributes`` (``word``, ``value``, and ``iri`` where it is a thing), ``talk`` (of a talk: ``title``, ``date``,
        ``series``, ``speakers``, ``topics``, ``abstract``), ``counts`` of statements by kind, their ``total``,
        ``offset`` and ``limit``, and ``statements``.

    Raises:
        UnknownName: the graph has no such thing.
        QueryError: a value is out of its bounds.
    """
    found, (most, skip) = thing(graph, iri), page(limit, offset)
    reader, known = graph.reader, graph.reader.entity(found.iri)
    counts = reader.counted(found.iri)
    return {
        **brief(found),
        "summary": summary(graph, found),
        "weight": found.weight,
        "names": [n for n in known.aliases if n != known.name][: LIMITS.names],
        "because": list(known.because)[: LIMITS.names],
        "attributes": _attributes(graph, found.iri),
        "talk": _talk(graph, found.iri) if found.kind == "talk" else None,
        "counts": counts,
        "total": sum(counts.values()),
        "limit": most,
        "offset": skip,
        "statements": [stated(s) for s in reader.statements(found.iri, most, skip)],
    }


def _attributes(graph: KnowledgeGraph, iri: str) -> list[Value]:
    reader = graph.reader
    return [
        {
            "word": word,
            "value": reader.word(value),
            "iri": value if reader.is_thing(value) else None,
        }
        for word, value in attributes_of(reader, iri)
    ]


def _talk(graph: KnowledgeGraph, iri: str) -> Value:
    def first(term: str) -> str | None:
        return next(iter(graph.reader.values(iri, term)), None)

    def things(term: str) -> list[Value]:
        return [named(graph.reader.entity(i), i) for i in graph.reader.values(iri, term)]

    return {
        **{term: first(term) for term in ("title", "date", "abstract")},
        "series": things("series"),
        "speakers": things("speaker"),
        "topics": things("topic"),
    }


def named(known: Entity, iri: str) -> Value:
    """What names a thing: ``iri``, ``kind``, ``name``."""
    return {"iri": iri, "kind": known.kind, "name": known.name}


def stated(statement: Statement) -> Value:
    """A statement as plain values."""
    other = statement.other
    return {
        "id": statement.claim,
        "kind": statement.kind,
        "relation": statement.relation,
        "incoming": statement.incoming,
        "other": named(other, statement.other_iri) if other else None,
        "printed": statement.printed,
        "details": [list(pair) for pair in statement.details],
        "sentence": statement.sentence,
        "source": statement.source,
        "start": statement.start,
        "end": statement.end,
        "confidence": statement.confidence,
        "rule": statement.rule,
        "as_of": statement.as_of or None,
    }


def neighbours(
    graph: KnowledgeGraph,
    iri: str,
    relation: str | None = None,
    limit: int = LIMITS.page,
    offset: int = 0,
) -> Value:
    """What a thing is directly tied to: how many others by relation, and a page of them for one relation.

    Parameters:
        relation: the name of a relation ("affiliatedWith"), whose other ends are told; with "^" before it those that
            have it with the thing.

    Returns:
        ``iri``, ``kind``, ``name``, ``relations`` (``relation``: as it is asked for, ``label``, ``direction``: "out",
        or "in" where others have it with the thing, ``count``, ``general``: the relations that it is a case of) and,
        for a relation, ``total``, ``limit``, ``offset`` and ``neighbours`` (``iri``, ``kind``, ``name``, ``weight``),
        the weightiest first.

    Raises:
        UnknownName: the graph has no such thing, or there is no such relation.
        QueryError: a value is out of its bounds.
    """
    found, (most, skip) = thing(graph, iri), page(limit, offset)
    ties = graph.reader.ties(found.iri)
    told: Value = {**brief(found), "relations": [_tied(tie) for tie in ties]}
    if relation is None:
        return told
    tie = _tie(text("relation", relation))
    ends = graph.reader.tied(found.iri, tie)
    shown = graph.reader.weightiest(ends, most, skip)
    told |= {"total": len(ends), "limit": most, "offset": skip}
    return told | {"neighbours": [brief(n) | {"weight": n.weight} for n in shown]}


def _tied(tie: Tie) -> Value:
    known = ontology.load()
    return {
        "relation": _name(tie),
        "label": known.label(tie.iri),
        "direction": "in" if tie.incoming else "out",
        "count": tie.number,
        "general": [_name(Tie(p, tie.incoming)) for p in known.closure(tie.iri) if p != tie.iri],
    }


def _name(tie: Tie) -> str:
    return f"{'^' if tie.incoming else ''}{tie.iri.rpartition('#')[2]}"


def _tie(name: str) -> Tie:
    """The tie of a name.

    Raises:
        UnknownName: there is no such relation.
    """
    known = {_name(t): t for r in relations() for t in (Tie(r, False), Tie(r, True))}
    if name not in known:
        raise UnknownName("relation", name, known)
    return known[name]
