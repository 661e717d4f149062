"""What may be chosen of a network: the slice of talks, the weight, and which edges are kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from kg.errors import QueryError, UnknownName
from kg.network._weights import TOLD

WEIGHTS = tuple(TOLD)


@dataclass(frozen=True)
class Choice:
    """Options of a network; those that are None or empty choose nothing.

    Parameters:
        form: which of its forms, where it has several; else the first.
        from_year: of the first talks.
        to_year: of the last talks.
        series: a word or words that the names of the talks' series have.
        weight: the measure of an edge, one of ``WEIGHTS``.
        at_least: how often an edge was seen; None takes the least that leaves a network of bearable size.
        top: how many nodes, those of most talks.
        significant: the highest rate of false discoveries (q) of an edge.
        backbone: the highest probability of a weight under the disparity filter.
    """

    form: str = ""
    from_year: int | None = None
    to_year: int | None = None
    series: str = ""
    weight: str = "count"
    at_least: int | None = None
    top: int | None = None
    significant: float | None = None
    backbone: float | None = None

    def __post_init__(self) -> None:
        """Refuse what makes no sense.

        Raises:
            UnknownName: there is no such weight.
            QueryError: a number is out of its bounds.
        """
        if self.weight not in WEIGHTS:
            raise UnknownName("weight", self.weight, WEIGHTS)
        for name in ("from_year", "to_year", "at_least", "top"):
            _whole(name, getattr(self, name))
        for name in ("at_least", "top"):
            _bound(name, getattr(self, name), 1, None)
        for name in ("significant", "backbone"):
            _bound(name, getattr(self, name), 0, 1)
        if self.from_year is not None and self.to_year is not None:
            _bound("to_year", self.to_year, self.from_year, None)


def _whole(name: str, value: object) -> None:
    if value is not None and not isinstance(value, int):
        raise QueryError(f"{name} is a whole number, not {value!r}")


def _bound(name: str, value: float | None, least: float, most: float | None) -> None:
    if value is None or (value >= least and (most is None or value <= most)):
        return
    told = f"from {least} to {most}" if most is not None else f"at least {least}"
    raise QueryError(f"{name} is {value}; it must be {told}")


def _said(name: str) -> str:
    """An option as it is called in Python and, where that differs, in the shell."""
    shell = name.removesuffix("_year").replace("_", "-")
    return name if shell == name else f"{name} (--{shell})"


def chosen(
    name: str, takes: Iterable[str], forms: tuple[str, ...], options: Mapping[str, Any]
) -> Choice:
    """The options of a network, checked against what it takes.

    Raises:
        QueryError: the network does not take one of them, or a value makes no sense.
        UnknownName: there is no such form or weight.
    """
    known = set(takes) | ({"form"} if forms else set())
    given = {key: value for key, value in options.items() if value not in (None, "")}
    for key in given:
        if key not in known:
            told = (
                ", ".join(_said(f.name) for f in fields(Choice) if f.name in known) or "no options"
            )
            raise QueryError(f"the network {name} does not take {_said(key)}; it takes {told}")
    choice = Choice(**given)
    if choice.form and choice.form not in forms:
        raise UnknownName(f"form of {name}", choice.form, forms)
    return replace(choice, form=choice.form or forms[0]) if forms else choice
