"""HTTP/1.1 as uvicorn speaks it, with no patience for clients that begin and do not go on, or ask and do not read."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_TIME, READING_TIME = 10.0, 30.0
"""Seconds in which the headers of a request must be there, and in which a client must take something of an answer."""


class Protocol(H11Protocol):
    """One connection."""

    _beginning: asyncio.TimerHandle | None = None
    _reading: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for a request, but not for ever."""
        super().connection_made(transport)
        transport.set_write_buffer_limits(0)  # also a rest too small to pause for must be read
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what comes; the first byte of a further request starts the clock again."""
        if self._beginning is None and self._is_between():
            self._begin()
        super().data_received(data)
        if not self._is_between() and self._beginning:
            self._beginning.cancel()
            self._beginning = None

    def pause_writing(self) -> None:
        """The client does not read: wait a while."""
        super().pause_writing()
        self._reading = self._reading or self._later(READING_TIME)

    def resume_writing(self) -> None:
        """The client reads on."""
        super().resume_writing()
        if self._reading:
            self._reading.cancel()
            self._reading = None

    def _is_between(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _begin(self) -> None:
        self._beginning = self._later(HEADER_TIME)

    def _later(self, seconds: float) -> asyncio.TimerHandle:
        return self.loop.call_later(seconds, self._left)

    def _left(self) -> Any:
        self._stop()
        self.transport.abort()

    def _stop(self) -> None:
        for timer in (self._beginning, self._reading):
            if timer:
                timer.cancel()
        self._beginning = self._reading = None
