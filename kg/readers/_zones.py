"""The day of a moment where it took place."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from kg.readers import _dates

_UTC = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)[T ](\d\d):?(\d\d)"
    r"(?::?\d\d(?:\.\d+)?)?\s*(?:Z|UTC|GMT|[+-]00:?00|[+-]00)"
)


def local_day(moment: str, zone: str = "") -> str:
    """The day of a moment as printed; of one in universal time the day it was in a zone, where that is known.

    Parameters:
        moment: "2021-05-03T23:30:00Z", "20210503T233000Z", or any day that a field may give.
        zone: a name such as "Europe/Paris".
    """
    match = _UTC.fullmatch(moment.strip()[:40])
    place = _zone(zone.strip()) if match and zone else None
    if match and place:
        try:
            year, month, day, hour, minute = map(int, match.groups())
            moment_there = datetime(year, month, day, hour, minute, tzinfo=UTC).astimezone(place)
            return moment_there.date().isoformat()
        except (ValueError, OverflowError):
            return ""
    return _dates.day(moment) or ""


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo | None:
    """A zone by its name; None where the machine knows none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
