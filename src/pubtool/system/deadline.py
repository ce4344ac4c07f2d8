"""A bound on the time that another process may take with one request."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

LIMIT = (60.0, 600.0)
"""Seconds that a request may take, for a text of an ordinary size and for others."""
SOON = (5.0, 60.0)
"""The same where somebody waits for each answer: an ordinary text takes less than one second, and
some fifteen other processes at work leave a fifth of a core."""


class Deadline:
    """Calls what ends the process once its time is over, unless it is kept before."""

    def __init__(self, seconds: float, kill: Callable[[], None]) -> None:
        """Let time run."""
        self.passed = False
        self._kill = kill
        self._lock = threading.Lock()
        self._begun = time.monotonic()
        self._ends = self._begun + seconds
        self._timer: threading.Timer | None = self._wait(seconds)

    @property
    def granted(self) -> float:
        """Seconds that there were in all."""
        return self._ends - self._begun

    def hurry(self, seconds: float) -> None:
        """Leave so many seconds at most; may be called from any thread."""
        with self._lock:
            ends = time.monotonic() + seconds
            if self._timer is not None and ends < self._ends:
                self._timer.cancel()
                self._ends, self._timer = ends, self._wait(seconds)

    def keep(self) -> None:
        """Let nothing happen any more."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None

    def _wait(self, seconds: float) -> threading.Timer:
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        return timer

    def _expire(self) -> None:
        with self._lock:
            if threading.current_thread() is self._timer:  # not kept or hurried at the last moment
                self.passed = True
                self._kill()


@contextmanager
def deadline(seconds: float, kill: Callable[[], None]) -> Iterator[Deadline]:
    """Call `kill` unless the block ends within some seconds; the deadline tells whether it did."""
    bound = Deadline(seconds, kill)
    try:
        yield bound
    finally:
        bound.keep()


class Patience:
    """How long a process's answers are waited for, one after the other."""

    def __init__(self) -> None:
        self._limits = LIMIT
        self._bound: Deadline | None = None
        """Of the request that is under way."""

    @contextmanager
    def soon(self) -> Iterator[None]:
        """Give requests up early while somebody waits for each answer."""
        before, self._limits = self._limits, SOON
        try:
            yield
        finally:
            self._limits = before

    def hurry(self, seconds: float) -> None:
        """Leave the request that is under way so many seconds at most; from any thread."""
        bound = self._bound
        if bound is not None:
            bound.hurry(seconds)

    @contextmanager
    def wait(
        self, kill: Callable[[], None], seconds: float | None, *, large: bool
    ) -> Iterator[Deadline]:
        """Call `kill` unless the block ends in time, which is `seconds` where they are given."""
        with deadline(seconds or self._limits[large], kill) as bound:
            self._bound = bound
            try:
                yield bound
            finally:
                self._bound = None
