"""What is to be said of a network, in plain sentences, each with its numbers and the talks behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.analysis import table
from kg.analysis._table import Row, Table, Value
from kg.network import Network

_LISTED = 50
_COLUMNS = ("about", "sentence", "rests_on", "talks")
_NOUNS = {"Person": "people", "Series": "series"}
_ONE = {"people": "person", "series": "series"}


def tabulate(network: Network) -> Table:
    """A row a sentence: what it is about, the sentence, what it rests on, and talks behind it (50 at most)."""
    rows = [
        row for part in (_size, _groups, _risen, _pairs, _between, _met) for row in part(network)
    ]
    return Table("findings", _COLUMNS, tuple(rows), _notes(network))


def _notes(network: Network) -> tuple[str, ...]:
    told = network.graph
    named = (told.get("title"), told.get("parameters"), told.get("analysis"))
    return tuple(f"{text}." for text in named if text)


def _size(network: Network) -> Iterator[Row]:
    if not len(network):
        yield ("size", "The network is empty.", "", "")
        return
    told = network.graph
    nodes, links = len(network), network.number_of_edges()
    span = ""
    if "first_year" in told:
        span = f" from {told['first_year']} to {told['last_year']}"
    rests = f" It rests on {_many(told['talks'], 'talks')}{span}." if told.get("talks") else ""
    left = ", ".join(
        f"{told[key]:,} {noun}"
        for key, noun in (("nodes_left_out", _nouns(network)), ("edges_left_out", "links"))
        if told.get(key)
    )
    out = f" Left out: {left}." if left else ""
    mean = 2 * links / nodes
    sentence = (
        f"{_many(nodes, _nouns(network))} with {_many(links, 'links')}, {mean:.1f} of each on average."
        f"{rests}{out}"
    )
    yield ("size", sentence, str(told.get("parameters", "")), "")


def _nouns(network: Network) -> str:
    kinds = {str(kind) for _, kind in network.nodes(data="type", default="node")}
    kind = kinds.pop() if len(kinds) == 1 else "node"
    return _NOUNS.get(kind, f"{kind.lower()}s")


def _groups(network: Network) -> Iterator[Row]:
    if "communities" not in network.graph:
        return
    rows, note = _found(network, "communities")
    steady = float(network.graph.get("stability", 1.0))
    large = [row for row in rows if int(str(row["size"])) >= 3]
    if not large:
        return
    named = "; ".join(f"{row['name']} ({row['size']})" for row in large[:6])
    more = f" and {len(large) - 6} more" if len(large) > 6 else ""
    faith = "agree well" if steady >= 0.75 else "agree in part" if steady >= 0.5 else "hardly agree"
    sentence = (
        f"Communities of three {_nouns(network)} or more: {len(large)}, namely {named}{more}. "
        f"Runs with other seeds {faith} (adjusted Rand index {steady:.2f})."
    )
    yield ("communities", sentence, note, _talks(large[:6], 8))


def _risen(network: Network) -> Iterator[Row]:
    if _nouns(network) != "topics":
        return
    found, note = _found(network, "trends")
    for verdict, verb in (("rises", "rose"), ("falls", "fell")):
        rows = [row for row in found if row["verdict"] == verdict]
        rows.sort(key=lambda row: _number(row["q"]))
        if not rows:
            continue
        named = "; ".join(
            f"{row['label']} from {_number(row['early']):.1%} to {_number(row['late']):.1%}"
            for row in rows[:5]
        )
        surely = f"{len(rows)} of {len(found)} {_nouns(network)} with enough talks {verb} more than chance would"
        sentence = f"{surely}; the surest: {named} (first against last third of the years)."
        yield (verdict, sentence, note, _talks(rows[:5], 10))


def _pairs(network: Network) -> Iterator[Row]:
    if _nouns(network) != "topics":
        return
    rows, note = _found(network, "emerging")
    if not rows:
        return
    named = "; ".join(
        f"{row['label']} with {row['other_label']} ({row['count']} talks since {row['first_year']}, "
        f"{_number(row['expected']):.1f} expected)"
        for row in rows[:4]
    )
    sentence = f"{_many(len(rows), 'pairs')} emerged: {named}."
    yield ("emerging", sentence, note, _talks(rows[:4]))


def _between(network: Network) -> Iterator[Row]:
    if int(network.graph.get("communities", 0)) < 2:
        return
    rows, note = _found(network, "brokers")
    if not rows:
        return
    named = "; ".join(f"{row['label']} (between {_short(row['communities'])})" for row in rows[:3])
    sentence = (
        f"Between communities: {_many(len(rows), _nouns(network))}; most ways run through {named}."
    )
    yield ("brokers", sentence, note, _talks(rows[:3], 15))


def _met(network: Network) -> Iterator[Row]:
    if not any(series for _, series in network.nodes(data="series")):
        return
    rows, note = _found(network, "gaps")
    if not rows:
        return
    named = "; ".join(
        f"{row['label']} and {row['other_label']} ({row['count']} in common)" for row in rows[:4]
    )
    sentence = f"Share much and never appeared in one series: {named}."
    yield ("gaps", sentence, note, _talks(rows[:4]))


def _found(network: Network, name: str) -> tuple[list[dict[str, Value]], str]:
    """The rows of a table, and how they were found."""
    found = table(network, name)
    return list(found.records()), found.notes[0]


def _talks(rows: Sequence[dict[str, Value]], each: int = _LISTED) -> str:
    """The first talks of each row, every one once."""
    talks = (talk for row in rows for talk in str(row["talks"]).split()[:each])
    return " ".join(list(dict.fromkeys(talks))[:_LISTED])


def _number(value: Value) -> float:
    return float(value or 0.0)


def _many(number: int, things: str) -> str:
    one = _ONE.get(things, things.removesuffix("s"))
    return f"{number:,} {one if number == 1 else things}"


def _short(communities: Value) -> str:
    """The first words of the first three communities."""
    names = [name.split(", ")[0] for name in str(communities).split("; ")[:3]]
    return ", ".join(re.sub(r" \(\d+\)$", "", name) for name in names)
