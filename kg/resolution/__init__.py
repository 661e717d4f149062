"""Who and what is one: the names that talks print become entities, each with the reasons why its forms are one.

People are resolved in three steps over plain records: ``_blocking`` (which records are compared at all),
``_comparing`` (what speaks for a pair, in bits) and ``_clustering`` (the surest pairs first, no group that holds two
people). Every weight stands in ``_weights``. Organizations, awards and topics are one where their keys are. What a
corrections file says comes first (``_wishes``).
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.corrections import NONE, Corrections
from kg.model import Talk
from kg.resolution._clustering import Decision
from kg.resolution._entities import Entities
from kg.resolution._forms import form
from kg.resolution._identities import Row, identities
from kg.resolution._keys import Keys, Rows
from kg.resolution._ledger import Ledger, listed
from kg.resolution._lookup import People
from kg.resolution._making import Making
from kg.resolution._organizations import Registry
from kg.resolution._people import link
from kg.resolution._personal import ways
from kg.resolution._records import Record
from kg.resolution._wishes import Forms

__all__ = [
    "Decision",
    "Entities",
    "People",
    "Record",
    "Registry",
    "Row",
    "form",
    "identities",
    "link",
    "listed",
    "resolve",
    "same_name",
]


def resolve(
    talks: Sequence[Talk],
    corrections: Corrections = NONE,
    before: Sequence[Row] = (),
    registry: Registry | None = None,
) -> Entities:
    """Every name that talks print, as entities. The order of the talks does not matter.

    Parameters:
        corrections: what people know better; those about facts are not for here.
        before: what ``identities`` gave for an earlier build: things keep the keys they had there.
        registry: of organizations; names that it knows stand for its records.
    """
    ledger = Ledger(Forms(corrections))
    for talk in talks:
        ledger.talk(talk)
    return Making(ledger, corrections, Keys(Rows(before)), registry).entities()


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's, as far as names tell: initials, short forms and order included."""
    return bool(ways(one, other))
