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
        self._begun = time.monotonic()
        self.ends = self._begun + seconds
        _WATCH.add(self)

    @property
    def granted(self) -> float:
        """Seconds that there were in all."""
        return self.ends - self._begun

    def hurry(self, seconds: float) -> None:
        """Leave so many seconds at most; may be called from any thread."""
        _WATCH.hasten(self, time.monotonic() + seconds)

    def keep(self) -> None:
        """Let nothing happen any more."""
        _WATCH.drop(self)

    def expire(self) -> None:
        """End the process."""
        self.passed = True
        self._kill()


class _Watch:
    """One thread that looks at the time for all: one for each request costs a quarter millisecond.

    It is started by the first deadline, and not woken by one that is kept: it looks when the first
    time would be over, and ends where nothing is waited for any more.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waited_for = set[Deadline]()
        self._looks = 0.0
        """When it looks again."""
        self._thread: threading.Thread | None = None

    def add(self, bound: Deadline) -> None:
        with self._changed:
            self._waited_for.add(bound)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._look, daemon=True)
                self._thread.start()
            elif bound.ends < self._looks:
                self._changed.notify()

    def hasten(self, bound: Deadline, ends: float) -> None:
        with self._changed:
            if bound in self._waited_for and ends < bound.ends:
                bound.ends = ends
                self._changed.notify()

    def drop(self, bound: Deadline) -> None:
        with self._changed:  # one that is just expiring has expired then
            self._waited_for.discard(bound)

    def _look(self) -> None:
        with self._changed:
            while self._waited_for:
                now = time.monotonic()
                for bound in [each for each in self._waited_for if each.ends <= now]:
                    self._waited_for.discard(bound)
                    bound.expire()
                self._looks = min((each.ends for each in self._waited_for), default=now)
                self._changed.wait(self._looks - now)
            self._thread = None


_WATCH = _Watch()


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
