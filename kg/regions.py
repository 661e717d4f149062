"""Countries and states as pages print them: which country, and which cities lie there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg import names, resources

_LETTERS = 2


@dataclass(frozen=True)
class Region:
    """A country, or a state or province of one.

    Parameters:
        country: its two letters in ISO 3166.
        state: folded name of the state; empty for a whole country.
        cities: folded names of cities in the state.
    """

    country: str
    state: str = ""
    cities: frozenset[str] = frozenset()

    def holds(self, country: str, city: str, name: str) -> bool | None:
        """Whether an institution stands here; None when its country is right and the state is not known.

        Parameters:
            country: two letters.
            city: as the vocabulary has it.
            name: of the institution; "University of South Carolina" tells its state.
        """
        if country != self.country:
            return False
        own = names.fold(city)
        named = f" {self.state} " in f" {names.fold(name)} "
        if not self.state or own in self.cities or named:
            return True
        return False if (country, own) in _settled() else None


@cache
def _regions() -> dict[str, tuple[Region, ...]]:
    """Folded name -> countries and states of that name; postal letters are keyed as printed, in capitals."""
    found: dict[str, list[Region]] = defaultdict(list)
    for row in resources.words("country-codes"):
        code, printed = row.split("\t")
        for name in printed.split("|"):
            key = names.fold(name)
            key = key.upper() if len(key) <= _LETTERS else key
            found[key].append(Region(code))
    for row in resources.words("regions"):
        state, letters, country, cities = row.split("\t")
        region = Region(country, names.fold(state), frozenset(map(names.fold, cities.split("|"))))
        found[names.fold(state)].append(region)
        found[letters].append(region)
    return {name: tuple(regions) for name, regions in found.items()}


@cache
def _settled() -> frozenset[tuple[str, str]]:
    """Country and folded name of every city whose state is known."""
    regions = (region for found in _regions().values() for region in found)
    return frozenset((region.country, city) for region in regions for city in region.cities)


@cache
def country_names() -> dict[str, str]:
    """Folded name of a country -> its two letters; short ones that are words as well ("us") are left out."""
    return {
        key: regions[0].country
        for key, regions in _regions().items()
        if not key.isupper() and not regions[0].state
    }


@cache
def state_names() -> frozenset[str]:
    """Folded names of states and provinces."""
    return frozenset(
        k for k, found in _regions().items() if not k.isupper() and any(r.state for r in found)
    )


def named(place: str) -> tuple[Region, ...]:
    """What a printed place may be: ("Georgia" is a country and a state); empty when it is neither.

    Parameters:
        place: as printed; postal letters count in capitals only.
    """
    return _regions().get(place.strip().replace(".", ""), ()) or _regions().get(
        names.fold(place), ()
    )
