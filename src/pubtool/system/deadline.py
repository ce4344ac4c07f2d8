"""A bound on the time that another process may take with one request."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def deadline(seconds: float, kill: Callable[[], None]) -> Iterator[threading.Event]:
    """Call `kill` unless the block ends within some seconds; the event tells whether it did not."""
    late = threading.Event()

    def expire() -> None:
        late.set()
        kill()

    timer = threading.Timer(seconds, expire)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
