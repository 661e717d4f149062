"""Words that tell people and places from organizations."""

from __future__ import annotations

from functools import cache

from kg import authorities, names, resources


@cache
def given_names() -> frozenset[str]:
    """Folded given names of many languages."""
    return frozenset(names.fold(w) for w in resources.words("given-names"))


@cache
def places() -> frozenset[str]:
    """Folded names of countries, states and the cities where known institutions stand."""
    cities = {names.fold(i.city) for i in authorities.institutions().values() if i.city}
    return frozenset(names.fold(w) for w in resources.words("places")) | cities
