"""Service beside the job: its words and bodies are found together, and only have to be put together."""

from __future__ import annotations

from kg import names
from kg.clauses._frames import Chunk, Place
from kg.clauses._state import State
from kg.model import Mention


class Services(State):
    """Puts words of service and the bodies they serve together."""

    owner: Mention | None = None

    def _service(self, m: Mention) -> None:
        """A word of service: it takes the body right before it, or those to come."""
        owner, self.owner = self.owner, None
        if not self.licensed or self.blocked or self.relative:
            self.used = False
            return
        self.close()
        tense = "past" if m.value.endswith("ed") else self.tense
        self.chunk = Chunk("member", tense, [m], sure=0.85, rule="service")
        if owner and m.span.start - owner.span.end <= 1:
            self.chunk.places.append(Place(owner))

    def _served(self, m: Mention) -> None:
        """A body: of the word of service that is open, else of the one to come."""
        chunk, self.owner = self.chunk, m
        person = (
            names.fold(m.value).split()[:1]
            and names.fold(m.value).split()[0] in names.given_names()
        )
        if person or chunk is None or chunk.rule != "service" or self._verbs_between():
            return
        if not (
            chunk.places
            and chunk.places[0].organization
            and chunk.anchors[0].span.start > chunk.places[0].organization.span.start
        ):
            chunk.places.append(Place(m))
