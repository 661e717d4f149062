"""The memory of the server's own process: what large requests and answers took goes back to the system at once."""

from __future__ import annotations

import ctypes
from contextlib import suppress

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Options of mallopt(3) of the GNU C library."""
_LARGE = 65_536


def settle() -> None:
    """Keep large blocks out of the heap, and the heap in few parts.

    Without this the GNU C library keeps ever larger blocks among small ones that live on, a part for every thread, and
    a server that was asked much for an hour holds gigabytes and uses a hundredth of them. Other C libraries are left as
    they are.
    """
    with suppress(OSError, AttributeError, TypeError):
        option = ctypes.CDLL(None).mallopt
        option(_ARENA_MAX, 2)
        option(_MMAP_THRESHOLD, _LARGE)
        option(_TRIM_THRESHOLD, 2 * _LARGE)
