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
from kg.resolution._families import families, kin, names, tokens
from kg.resolution._forms import form
from kg.resolution._identities import KINDS, Row, identities
from kg.resolution._keys import Before, Keys, Name, Rows
from kg.resolution._ledger import Ledger, Seen, listed, name_of, owner_form, talk_form
from kg.resolution._lookup import People, name_bits
from kg.resolution._making import Beyond, Making, joinable, wanted_key
from kg.resolution._open import undecided
from kg.resolution._organizations import Registry
from kg.resolution._people import link, quantised, world_size
from kg.resolution._personal import ways
from kg.resolution._records import Record
from kg.resolution._wishes import Forms

__all__ = [
    "KINDS", "Before", "Beyond", "Decision", "Entities", "Forms", "Ledger", "Name", "People", "Record", "Registry",
    "Row", "Seen", "families", "form", "identities", "joinable", "kin", "link", "listed", "name_bits", "name_of",
    "names", "owner_form", "quantised", "resolve", "resolved", "same_name", "talk_form", "tokens", "undecided",
    "wanted_key", "world_size",
]  # fmt: skip


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
    return Making(ledger, corrections, Keys(Rows(before)), Beyond(registry)).entities()


def resolved(ledger: Ledger, before: Before, beyond: Beyond) -> Entities:
    """What was noted of a part of all talks, as entities; the part must hold all that may be one with what it holds.

    Parameters:
        before: the keys of the whole that the part was of.
        beyond: the registry, and the world that the part is of.
    """
    return Making(ledger, NONE, Keys(before), beyond).entities()


def same_name(one: str, other: str) -> bool:
    """Whether two names can be one person's, as far as names tell: initials, short forms and order included."""
    return bool(ways(one, other))
