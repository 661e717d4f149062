"""The one place where networks meet their analysis and their pictures."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from kg.cli._terminal import Terminal
from kg.errors import MissingPart

if TYPE_CHECKING:
    from kg.network import Network


def analysed(network: Network, args: Namespace) -> Network:
    """The network with what was asked for found out: communities and their names.

    Raises:
        MissingPart: that part is not there.
    """
    if args.communities:
        raise MissingPart("communities are not found by this version")
    return network


def drawn(network: Network, file: str, terminal: Terminal) -> None:
    """Draw the network into a file.

    Raises:
        MissingPart: that part is not there.
    """
    raise MissingPart(f"{file} cannot be drawn by this version")
