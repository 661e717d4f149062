"""Answers as lines that read well: each fact with its sentence and where that stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.operations import Value


def found(told: Value) -> Iterator[str]:
    """What ``search`` gives."""
    if not told["hits"]:
        yield f"nothing fits {told['q']!r}"
    for hit in told["hits"]:
        matched = f" (as {hit['matched']})" if hit["matched"] != hit["name"] else ""
        summary = f": {hit['summary']}" if hit["summary"] else ""
        yield f"{hit['kind']} {hit['name']}{matched}{summary} <{hit['iri']}>"
    if told["more"]:
        yield f"more: offset {told['offset'] + told['limit']}"
    yield from _left(told)


def described(told: Value) -> Iterator[str]:
    """What ``entity`` gives."""
    yield f"{told['kind']} {told['name']} <{told['iri']}>"
    if told["names"]:
        yield f"also: {'; '.join(told['names'])}"
    for reason in told["because"]:
        yield f"one thing because: {reason}"
    for attribute in told["attributes"]:
        yield f"{attribute['word']}: {attribute['value']}"
    talk = told["talk"] or {}
    for word in ("speakers", "topics"):
        if talk.get(word):
            yield f"{word}: {'; '.join(t['name'] for t in talk[word])}"
    for said in told["statements"]:
        yield f"- {_stated(said)}"
        yield f"  {_where(said)}"
    yield from _of(told, len(told["statements"]), "statements")


def _stated(said: Value) -> str:
    relation = said["relation"] or said["kind"]
    other = said["other"]["name"] if said["other"] else "no name printed"
    details = ", ".join(f"{word} {value}" for word, value in said["details"])
    text = f"{other}: {relation}" if said["incoming"] else f"{relation}: {other}"
    return f"{text} [{details}]" if details else text


def _where(said: Value) -> str:
    """A sentence with its place."""
    quote = " ".join((said["sentence"] or "").split())
    if not said["source"]:
        return f"“{quote}”"
    sure = f", confidence {said['confidence']}" if "confidence" in said else ""
    return f"“{quote}” {said['source']}:{said['start']}-{said['end']}{sure}"


def tied(told: Value) -> Iterator[str]:
    """What ``neighbours`` gives."""
    yield f"{told['kind']} {told['name']} <{told['iri']}>"
    for tie in told["relations"]:
        yield f"{tie['relation']}: {tie['count']:,}"
    for other in told.get("neighbours", ()):
        yield f"- {other['kind']} {other['name']} <{other['iri']}>"
    if "neighbours" in told:
        yield from _of(told, len(told["neighbours"]), "neighbours")


def connected(told: Value) -> Iterator[str]:
    """What ``path`` gives."""
    if not told["ways"]:
        yield f"no short way from {told['one']['name']} to {told['other']['name']} is known"
    for number, way in enumerate(told["ways"], start=1):
        yield f"way {number}:"
        for step in way:
            one, other = step["from"]["name"], step["to"]["name"]
            ends = f"{one} → {other}" if step["direction"] == "out" else f"{one} ← {other}"
            yield f"- {step['label']}: {ends}"
            if step["sentence"]:
                yield f"  {_where(step)}"
    yield from _left(told)


def listed(told: Value) -> Iterator[str]:
    """What ``queries`` gives."""
    if not told["queries"]:
        yield f"no query is about {told['about']!r}"
    for query in told["queries"]:
        parameters = "; ".join(f"{name}: {what}" for name, what in query["parameters"].items())
        yield f"{query['name']}: {query['title']}{f' ({parameters})' if parameters else ''}"
    yield from _left(told)


def asked(told: Value) -> Iterator[str]:
    """What ``ask`` gives."""
    if told["declined"] is not None:
        yield f"declined: {told['declined']}"
        yield from (f"can be asked: {question}" for question in told["nearest"])
        return
    yield f"read as: {told['reading']}"
    yield from told["notes"]
    yield from answered(told)


def answered(told: Value) -> Iterator[str]:
    """What ``query`` and ``because`` give."""
    for row in told["rows"]:
        cells = {c: _cell(v) for c, v in row["cells"].items() if v and c != "sentence"}
        yield f"{row['number']}. " + "; ".join(f"{c}: {v}" for c, v in cells.items())
        yield from _sentences(row)
        for why in row.get("because", ()):
            yield from _sentences(why)
    if told["found"] is not None:
        yield f"{told['found']} found"
    yield from _of(told, len(told["rows"]), "rows")
    yield from (f"rests on: {line}" for line in told["rests_on"])


def _cell(value: Any) -> str:
    return " ".join(str(value).split())


def _sentences(row: Value) -> Iterator[str]:
    sentence = row["cells"].get("sentence")
    if sentence:
        place = next(iter(row["evidence"]), {"source": ""})
        yield f"  {_where(place | {'sentence': sentence})}"


def quoted(told: Value) -> Iterator[str]:
    """What ``evidence`` gives."""
    yield _where(told)
    claim = told["claim"]
    if claim:
        other = claim["object"]["name"] if claim["object"] else claim["printed"]
        yield f"claim: {claim['subject']['name']}, {claim['relation'] or claim['kind']}: {other}"
        yield f"rule {claim['rule']}, confidence {claim['confidence']}"
    around = told["context"]
    yield f"on the page: …{around['before']}[{told['sentence']}]{around['after']}…"


def _of(told: Value, shown: int, what: str) -> Iterator[str]:
    """How much of the whole is shown."""
    if shown < told["total"]:
        first = told["offset"] + 1
        yield (
            f"{what} {first} to {told['offset'] + shown} of {told['total']:,}"
            if shown
            else f"no more {what}"
        )
    elif not shown:
        yield f"no {what}"
    yield from _left(told)


def _left(told: Value) -> Iterator[str]:
    if told.get("left_out"):
        yield f"left out: {told['left_out']}"
