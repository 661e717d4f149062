"""Addresses on the web: how one is shown, and which machine it leads to, so that none of our own network is asked."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterator
from typing import TypeGuard
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from kg.errors import ReadError

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
_SECRET = re.compile(
    r"(?:[\w.-]*[-_])?(?:(?:api|app|access|auth|private|secret|session)?(?:key|token|id(?<=sessionid))|secret"
    r"|passwo?r?d|pwd|sig(?:nature)?|credentials?|auth|sid|ak)",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"x-(?:amz|goog)-[\w-]+|googleaccessid|awsaccesskeyid|key-pair-id|expires|policy|s[tevrpi]|sr[a-z]|spr|sig|sdd"
    r"|sk(?:oid|tid|t|e|s|v)|rsc[a-z]|saoid|suoid|scid|ses",
    re.IGNORECASE,
)
"""Parameters of a signature in the ways of the large stores: besides it when, for whom and how it was made."""
_SIGNATURES = re.compile(r"sig|signature|x-(?:amz|goog)-signature", re.IGNORECASE)
_SECRET_PATH = re.compile(r"(?<=/)(private|secret|token|key)[-_=][\w-]{12,}(?=/|$)", re.IGNORECASE)
"""As in the secret address of a calendar."""
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_RESERVED = tuple(map(ipaddress.ip_network, ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")))
"""Networks that count as public and are not: there a machine in a data centre is told its own secrets, and the like."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Unreachable(ReadError):
    """A page cannot be fetched now; a copy of it may do."""


def is_url(location: object) -> TypeGuard[str]:
    """Whether a location is an address rather than a path."""
    return isinstance(location, str) and _SCHEME.match(location.strip()) is not None


def checked(url: str) -> str:
    """An address without its fragment.

    Raises:
        ReadError: it is none of the web, or holds a name or password, which would end up in the graph.
    """
    try:
        parts = urlsplit(url.strip())
        fine = bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        raise ReadError(f"{url.strip()[:60]!r} is no address of the web") from None
    if "@" in parts.netloc:
        raise ReadError(
            f"the address at {parts.hostname} holds a user name or password; leave them out"
        )
    if parts.scheme.lower() not in ("http", "https"):
        raise ReadError(f"{shown(url)}: only http and https addresses are fetched")
    if not fine or any(c.isspace() or not c.isprintable() for c in parts.netloc):
        raise ReadError(f"{shown(url)} is no address of the web")
    return urlunsplit(parts._replace(scheme=parts.scheme.lower(), fragment=""))


def shown(url: str) -> str:
    """An address as it may be told: no name, no password, no key in its path or parameters, nothing of a signature.

    An address that was signed anew is shown as before.
    """
    try:
        parts = urlsplit(url.strip())
        host = parts.netloc.rpartition("@")[2]
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return "an address"
    path = _SECRET_PATH.sub(r"\1-...", parts.path)
    text = _shown_query(query, parts.query)
    return _CONTROL.sub("%20", urlunsplit((parts.scheme, host, path, text, "")))


def _shown_query(query: list[tuple[str, str]], text: str) -> str:
    """The parameters of an address, as they are where none is secret."""
    if not any(_SECRET.fullmatch(name) for name, _ in query):
        return text
    if any(_SIGNATURES.fullmatch(name) for name, _ in query):
        query = [(n, v) for n, v in query if not _SIGNED.fullmatch(n) or _SIGNATURES.fullmatch(n)]
    told = [(name, "..." if _SECRET.fullmatch(name) else value) for name, value in query]
    return urlencode(told, safe=".:/,")


def resolved(host: str, port: int, private: bool) -> list[str]:
    """The numbers of the machines that a name stands for, in the order in which they are to be tried.

    Parameters:
        private: whether they may be this machine, or ones of its own network.

    Raises:
        Unreachable: the name is unknown.
        ReadError: it stands for no public machine.
    """
    try:
        rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"no machine named {host!r} was found") from None
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    allowed = found if private else [number for number in found if is_public(number)]
    if not allowed:
        raise ReadError(f"{host} is this machine or one of its own network; --private allows that")
    return allowed


def is_public(number: str) -> bool:
    """Whether an IP address, and every other that is written inside of it, is one of the public network."""
    try:
        return all(map(_is_public, _inside(ipaddress.ip_address(number.partition("%")[0]))))
    except ValueError:
        return False


def _is_public(address: _IP) -> bool:
    return (
        address.is_global
        and not (address.is_multicast or address.is_reserved or address.is_unspecified)
        and not getattr(address, "is_site_local", False)
        and not any(address in network for network in _RESERVED)
    )


def _inside(address: _IP) -> Iterator[_IP]:
    """An address, or those that it stands for: IPv6 can carry one of IPv4 in several ways."""
    if isinstance(address, ipaddress.IPv4Address):
        yield address
        return
    if address.ipv4_mapped:
        yield address.ipv4_mapped
        return
    if address in _NAT64 or int(address) >> 32 == 0:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        return
    yield address
    if address.sixtofour:
        yield address.sixtofour
    if address.teredo:
        yield from address.teredo
