"""Conditions to SPARQL: each brings its own pattern and variables, those of one person or talk share it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from kg.queries import Query
from kg.questions._asked import Asked, Atom, Named, groups

_HEAD = (
    "PREFIX kg: <https://w3id.org/talkgraph/terms#>\nPREFIX oa: <http://www.w3.org/ns/oa#>\n"
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
)
_VARIABLE = re.compile(r"\?(\w+)")
_OPTIONAL = re.compile(r"    (?:OPTIONAL \{[^{}]*\}|BIND\(.*\))")
NODES = {"person": "who", "talk": "event"}
"""The variables of what may be asked for."""
_DAY = '\n    OPTIONAL { ?event kg:date ?day }\n    BIND(COALESCE(STR(?day), "") AS ?date)'
_NAMES = {
    "person": "?who kg:name ?person .",
    "talk": f"?event a kg:Talk ; rdfs:label ?talk .{_DAY}",  # those without a title go by a label
}


def composed(asked: Asked) -> str:
    """The query that answers what is asked for."""
    asked = replace(asked, atoms=tuple(_apart(asked.atoms)))
    node, name = NODES[asked.target], asked.target
    every = groups(asked.atoms)
    columns = [f"sentence{n or ''}" for n in range(max(map(_sentences, every)))]
    where = _united([_body(asked, group) for group in every])
    if asked.counts:
        return f"{_HEAD}SELECT (COUNT(DISTINCT ?{node}) AS ?count) WHERE {{\n{where}\n}}"
    dated = ["?date"] if name == "talk" or asked.edge else []
    shown = " ".join([f"?{name}", *dated, *(f"?{c}" for c in columns), f"?{node}"])
    order = "DESC(?date) ?talk" if name == "talk" else "?person"
    order = " ".join([order, *(f"?{c}" for c in columns)])
    return f"{_HEAD}SELECT DISTINCT {shown} WHERE {{\n{where}\n}}\nORDER BY {order}"


def _apart(atoms: tuple[Atom, ...]) -> Iterator[Atom]:
    """Conditions, those that leave several people out once for each of them."""
    for atom in atoms:
        name = atom.values.get("name")
        if atom.condition.name != "other-than" or name is None:
            yield atom
            continue
        if name.people:
            told = name.people.atoms
            alone = len(told) == 1 and not (atom.negated or told[0].negated)
            yield replace(told[0], negated=True, either=atom.either) if alone else atom
            continue
        for number, value in enumerate(name.values):
            one = Named((value,), name.labels, name.sure)
            yield replace(atom, values={"name": one}, either=atom.either and not number)


def filled(query: Query, values: Mapping[str, Named]) -> str:
    """The text of a query with what stands in its slots; those who meet conditions are looked for in it."""
    examples = query.examples
    text = query.fill(**{n: v.values or (examples[n],) for n, v in values.items()})
    for name, named in values.items():
        if named.people:
            text = _among(text, name, named.people)
    return text


def takes_people(query: Query, slot: str) -> bool:
    """Whether those who meet conditions may stand where a query asks for a name."""
    once = len(re.findall(rf"VALUES \?{slot} ", query.text)) == 1
    return once and _named(query.text, slot) is not None


def _named(text: str, slot: str) -> re.Match[str] | None:
    """Where a query finds a person by the name that stands in a slot."""
    return re.search(rf"(?<!\S)\?(\w+) (?:a kg:Person ; )?kg:anyName \?{slot}(?!\w)", text)


def _among(text: str, slot: str, people: Asked) -> str:
    """A query that asks for a person by name, for all of some people instead; tells of whom a row is, if it can."""
    tie = _named(text, slot)
    if tie is None:
        return text
    body = _united([_body(people, group) for group in groups(people.atoms)])
    found = "?who" if tie[1] == "who" else f"(?who AS ?{tie[1]})"
    inner = f"{{ SELECT DISTINCT {found} (?person AS ?of) WHERE {{\n{body}\n  }} }}"
    text = text[: tie.start()] + f"?{tie[1]} a kg:Person" + text[tie.end() :]
    text = re.sub(rf"[ \t]*VALUES \?{slot} .*", lambda _: f"  {inner}", text, count=1)
    return re.sub(r"(?m)^(SELECT DISTINCT \?\w+)", r"\1 ?of", text, count=1)


def _united(bodies: list[str]) -> str:
    return bodies[0] if len(bodies) == 1 else "\n  UNION\n".join(f"  {{\n{b}\n  }}" for b in bodies)


def _sentences(group: tuple[Atom, ...]) -> int:
    return sum("?sentence" in a.condition.text for a in group if not a.negated)


def _body(asked: Asked, group: tuple[Atom, ...]) -> str:
    parts: list[str] = []
    told = 0
    affirmed = [a for a in group if not a.negated]
    talks = any(a.condition.of == "talk" for a in affirmed)
    people = any(a.condition.of == "person" for a in affirmed)
    if (asked.target == "person" and (talks or not affirmed)) or (
        asked.target == "talk" and people
    ):
        parts.append("    ?event kg:speaker ?who .")
    known: set[str] = set()
    for number, atom in enumerate(affirmed):
        has = "?sentence" in atom.condition.text
        pattern = _pattern(atom, f"{number + 1}", f"sentence{told or ''}" if has else "")
        if asked.target == "person" and atom.condition.name in known:
            pattern = _elsewhere(pattern, number)
        parts.append(pattern)
        known.add(atom.condition.name if atom.condition.of == "talk" else "")
        told += has
    parts.append(f"    {_NAMES[asked.target]}")
    if asked.edge and asked.target == "person":
        parts.append(f"    {_when(affirmed)}")
    denied = [
        f"    MINUS {{\n{_last(_denied(atom, number, asked.target))}\n    }}"
        for number, atom in enumerate(a for a in group if a.negated)
    ]
    return "\n".join([_last("\n".join(parts)), *denied])


def _last(body: str) -> str:
    """A pattern with what is optional behind all the rest: an engine joins what stands before and behind it apart."""
    lines = body.split("\n")
    behind = [line for line in lines if _OPTIONAL.fullmatch(line)]
    return "\n".join([*(line for line in lines if not _OPTIONAL.fullmatch(line)), *behind])


def edged(asked: Asked) -> bool:
    """Whether something of what is asked has a time, where the first or the last is asked for."""
    return all(
        any(a.condition.of == "talk" or a.condition.year for a in group if not a.negated)
        for group in groups(asked.atoms)
    )


def _when(affirmed: list[Atom]) -> str:
    """The time that people are ordered by: of what they did, or of their talk."""
    for number, atom in enumerate(affirmed):
        if atom.condition.year:
            return f'BIND(COALESCE(STR(?{atom.condition.year}_{number + 1}), "") AS ?date)'
    return _DAY.strip()


def _elsewhere(pattern: str, number: int) -> str:
    """A condition of a talk as one of another talk by the same person."""
    moved = re.sub(r"\?event\b", f"?other{number}", pattern)
    return f"{moved}\n    ?other{number} kg:speaker ?who ."


def _denied(atom: Atom, number: int, target: str) -> str:
    inside = _pattern(atom, f"n{number + 1}", "")
    if atom.condition.of == "talk" and target == "person":
        return _elsewhere(inside, number)
    if atom.condition.of == "person" and target == "talk":
        return f"{inside}\n    ?event kg:speaker ?who ."
    return inside


def _pattern(atom: Atom, number: str, sentence: str) -> str:
    """The pattern of a condition, filled, with variables that no other condition has."""
    text = filled(atom.condition, atom.values)
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    kept = {"who", "event", "person"}
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
    if atom.condition.until:
        return _lasting(f"{year}", f"?{atom.condition.until}_{number}", low, high)
    tests = [f"{year} >= {low}"] * (low is not None) + [f"{year} <= {high}"] * (high is not None)
    return f"{dated}\n    FILTER({' && '.join(tests)})"


def _lasting(start: str, end: str, low: int | None, high: int | None) -> str:
    """Of what lasts, some year must be among those asked for; one end may be untold, not both."""
    tests = [f"BOUND({start}) || BOUND({end})"]
    if low is not None:
        tests.append(f"!BOUND({end}) || {end} >= {low}")
    if high is not None:
        tests.append(f"!BOUND({start}) || {start} <= {high}")
    return f"\n    FILTER({' && '.join(f'({t})' for t in tests)})"
