"""Where sources may lie: the options that commands which read them share."""

from __future__ import annotations

from argparse import ArgumentParser


def add_private(parser: ArgumentParser) -> None:
    """The option that lets pages be fetched from this machine and its own network."""
    parser.add_argument(
        "--private", action="store_true", help="also fetch pages of this machine and its network"
    )
