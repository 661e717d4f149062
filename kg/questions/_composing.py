"""Conditions to SPARQL: each brings its own pattern and variables, those of one person or talk share it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.questions._parsing import Asked, Atom

_HEAD = (
    "PREFIX kg: <https://w3id.org/talkgraph/terms#>\nPREFIX oa: <http://www.w3.org/ns/oa#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\n"
)
_VARIABLE = re.compile(r"\?(\w+)")
_NODES = {"person": "who", "talk": "event"}
_NAMES = {
    "person": "?who kg:name ?person .",
    "talk": '?event kg:title ?talk .\n    OPTIONAL { ?event kg:date ?day }\n    BIND(COALESCE(STR(?day), "") AS ?date)',
}


def composed(asked: Asked) -> str:
    """The query that answers what is asked for."""
    node = _NODES[asked.target]
    groups = list(_groups(asked.atoms))
    columns = [f"sentence{n or ''}" for n in range(max(map(_sentences, groups)))]
    bodies = [_body(asked.target, group) for group in groups]
    where = (
        bodies[0] if len(bodies) == 1 else "\n  UNION\n".join(f"  {{\n{b}\n  }}" for b in bodies)
    )
    name = asked.target
    if asked.counts:
        return f"{_HEAD}SELECT (COUNT(DISTINCT ?{node}) AS ?count) WHERE {{\n{where}\n}}"
    shown = " ".join(
        [
            f"?{name}",
            *(["?date"] if name == "talk" else []),
            *(f"?{c}" for c in columns),
            f"?{node}",
        ]
    )
    order = "DESC(?date) ?talk" if name == "talk" else "?person"
    order = " ".join([order, *(f"?{c}" for c in columns)])
    return f"{_HEAD}SELECT DISTINCT {shown} WHERE {{\n{where}\n}}\nORDER BY {order}"


def _groups(atoms: tuple[Atom, ...]) -> Iterator[tuple[Atom, ...]]:
    """Sets of conditions of which one is to be met: "or" binds less than "and"."""
    group: list[Atom] = []
    for atom in atoms:
        if atom.either and group:
            yield tuple(group)
            group = []
        group.append(atom)
    yield tuple(group)


def _sentences(group: tuple[Atom, ...]) -> int:
    return sum("?sentence" in a.condition.text for a in group if not a.negated)


def _body(target: str, group: tuple[Atom, ...]) -> str:
    parts: list[str] = []
    told = 0
    affirmed = [a for a in group if not a.negated]
    talks = any(a.condition.of == "talk" for a in affirmed)
    people = any(a.condition.of == "person" for a in affirmed)
    if (target == "person" and (talks or not affirmed)) or (target == "talk" and people):
        parts.append("    ?event kg:speaker ?who .")
    for number, atom in enumerate(affirmed):
        has = "?sentence" in atom.condition.text
        parts.append(_pattern(atom, f"{number + 1}", f"sentence{told or ''}" if has else ""))
        told += has
    parts.append(f"    {_NAMES[target]}")
    for number, atom in enumerate(a for a in group if a.negated):
        inside = _pattern(atom, f"n{number + 1}", "")
        tie = (
            "\n    ?event kg:speaker ?who ."
            if atom.condition.of == "talk" and target == "person"
            else ""
        )
        inside = (
            inside.replace("?event ", f"?other{number} ").replace("?event\n", f"?other{number}\n")
            if tie
            else inside
        )
        tie = tie.replace("?event", f"?other{number}")
        parts.append(f"    MINUS {{\n{inside}{tie}\n    }}")
    return "\n".join(parts)


def _pattern(atom: Atom, number: str, sentence: str) -> str:
    """The pattern of a condition, filled, with variables that no other condition has."""
    query = atom.condition
    text = query.fill(**{name: named.values for name, named in atom.values.items()})
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    kept = {"who", "event"}
    renamed = _VARIABLE.sub(
        lambda m: (
            f"?{m[1]}"
            if m[1] in kept
            else f"?{sentence}"
            if m[1] == "sentence" and sentence
            else f"?{m[1]}_{number}"
        ),
        body,
    )
    return "\n".join(f"  {line}" for line in renamed.splitlines()) + _years(atom, number)


def _years(atom: Atom, number: str) -> str:
    low, high = atom.years
    if low is None and high is None:
        return ""
    year = f"?{atom.condition.year}_{number}"
    dated = ""
    if atom.condition.of == "talk":
        year = f"?year_{number}"
        dated = f"\n    ?event kg:year {year} ."
    tests = [f"{year} >= {low}"] * (low is not None) + [f"{year} <= {high}"] * (high is not None)
    return f"{dated}\n    FILTER({' && '.join(tests)})"
