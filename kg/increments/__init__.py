"""A build that does only what a change of the sources asks for, and gives what a build of everything would give.

A finished build keeps a state (``_state``): what was seen of every name, by whom keys are held, which names are kin. A
change is widened until nothing outside depends on it (``_scope``) and resolved by the code that resolves everything;
what its pages and things state is put in place of what they stated. Where a change touches too much, or the state does
not know enough, ``TooMuch`` says so and all is done anew, with the same result.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg import graph
from kg.increments import _rows as rows
from kg.increments._files import Piece, assemble, digest, spliced
from kg.increments._scope import Change, Scope, Widening
from kg.increments._state import FILE, Holding, Key, Sheet, State, TooMuch
from kg.model import Talk
from kg.names import fold
from kg.records import to_record
from kg.resolution import KINDS, Entities, Registry, Row, identities
from kg.settings import Settings

__all__ = [
    "FILE", "Change", "Given", "Holding", "Increment", "Piece", "Sheet", "State", "TooMuch",
    "assemble", "digest", "record_lines", "remember",
]  # fmt: skip

_NAMES = "names"
Reread = Callable[[str], Sequence[Talk]]
"""The talks of a page after the change, by its hash."""


def record_lines(talks: Iterable[Talk]) -> bytes:
    """The records of talks, a line each."""
    lines = (f"{json.dumps(to_record(talk), ensure_ascii=False)}\n" for talk in talks)
    return "".join(lines).encode("utf-8", "surrogatepass")


def remember(
    file: Path, entities: Entities, holdings: Iterable[Holding], told: Mapping[str, str]
) -> None:
    """Keep the state of a whole build.

    Parameters:
        told: what the state says of itself: what build it is of.
    """
    file.unlink(missing_ok=True)
    records = entities.ledger.records()
    of, tokens = rows.family_names(records)
    with State(file) as state:
        state.put_holdings(holdings)
        state.put_forms(rows.forms(entities, entities.ledger.seen))
        state.put_looks(rows.looks(entities))
        state.put_registered(rows.registered(entities))
        state.put_replaced(rows.replaced(entities))
        state.put_people(rows.persons(entities, records))
        state.put_names(of.items(), tokens)
        state.put_signs((sign, name, n) for (sign, name), n in rows.signs(records).items())
        state.note({**told, _NAMES: str(len({fold(r.name) for r in records}))})
        state.finish()


@dataclass(frozen=True)
class Given:
    """What working out a change needs beside the state.

    Parameters:
        whole: the hash of a page by its start.
        most: pages; where a change touches more, all is done anew.
    """

    settings: Settings
    registry: Registry | None
    whole: Callable[[str], str]
    most: int


@dataclass(frozen=True)
class Increment:
    """A change worked out, to be written.

    Parameters:
        delta: statements that go and come.
        gone: kinds and keys of the identity rows that go.
        rows: identity rows that come.
    """

    scope: Scope = field(repr=False)
    delta: graph.Delta
    gone: frozenset[Key]
    rows: tuple[Row, ...]

    @classmethod
    def of(
        cls, state: State, change: Change, told: graph.Told, reread: Reread, given: Given
    ) -> Increment:
        """Work a change out.

        Parameters:
            told: what the graph states now.

        Raises:
            TooMuch: it touches too much.
        """
        scope = Widening(state, change, given.registry, lambda *key: told.telling(*key)[0]).scope()
        pages = {*change.pages, *scope.pages}
        starts = {start for key in scope.moved for start in told.telling(*key)[1]}
        pages |= {given.whole(start) for start in starts}
        if len(pages) > given.most:
            raise TooMuch(f"{len(pages):,} pages")
        entities = scope.entities
        talks = [talk for sha in sorted(pages) for talk in reread(sha)]
        new = graph.stated(talks, list(_of_things(scope, reread)), entities, given.settings)
        old = {t for sha in pages for t in told.page(sha)}
        old |= {t for key in scope.before for t in told.thing(*key)}
        found = tuple(identities(entities))
        gone = frozenset(key for key in scope.before if key[0] in KINDS)
        return cls(scope, told.delta(old, set(new)), gone, found)

    def identities(self, old: Path) -> list[Piece]:
        """The identity rows anew.

        Raises:
            LookupError: the old file is not of the build that the state is of.
        """
        put = [
            ((row["kind"], row["key"]), f"{json.dumps(row, ensure_ascii=False)}\n")
            for row in self.rows
        ]
        lines = [(key, line.encode("utf-8", "surrogatepass")) for key, line in put]
        return spliced(old, sorted(self.gone), lines, _row_key)

    def text(self, old: Path) -> list[Piece]:
        """The canonical text anew.

        Raises:
            LookupError: the old file is not of the build that the state is of.
        """
        gone, put = self.delta.lines()
        return spliced(old, gone, [(line, line) for line in put], bytes)

    def keep(self, state: State, holdings: Iterable[Holding], left: Iterable[str]) -> None:
        """Bring the state to what it is after the change.

        Parameters:
            holdings: sources that are new or changed.
            left: names of sources that are no longer there.
        """
        entities, people = self.scope.entities, self.scope.people
        state.drop_holdings(left)
        state.put_holdings(holdings)
        state.drop_forms(self.scope.known)
        state.put_forms(rows.forms(entities, entities.ledger.seen))
        state.put_looks(rows.looks(entities))
        state.drop_registered(key for kind, key in self.scope.before if kind == "organization")
        state.put_registered(rows.registered(entities))
        state.drop_replaced(self.scope.before)
        state.put_replaced(rows.replaced(entities))
        records = people.records()
        state.drop_people(people.before)
        state.put_people(rows.persons(entities, records))
        state.drop_families(people.families)
        of, tokens = rows.family_names(records)
        state.put_names(of.items(), tokens)
        counts = [
            (*key, state.holders(key[0]).get(key[1], 0) + n) for key, n in people.signs.items()
        ]
        state.put_signs(row for row in counts if row[2] > 0)
        state.drop_signs((sign, name) for sign, name, n in counts if n <= 0)
        state.note({_NAMES: str(people.names)})


def _of_things(scope: Scope, reread: Reread) -> Iterator[Talk]:
    """The talks that stand for the talks of a scope, on whatever page."""
    from_pages = {
        sha
        for (kind, _), seen in scope.entities.ledger.seen.items()
        if kind == "talk"
        for sha in seen.pages
    }
    for sha in sorted(from_pages):
        for talk in reread(sha):
            if scope.holds(talk):
                yield talk


def _row_key(line: bytes) -> tuple[str, str]:
    row = json.loads(line)
    return row["kind"], row["key"]
