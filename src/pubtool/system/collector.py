"""Python's cycle collector, told to wait where many things are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the collector from walking what is being made, again and again and in vain.

    Nor is all of it walked at once afterwards: it counts among what has been there for long.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.freeze()
            gc.unfreeze()  # back from what is never walked, and to the oldest
            gc.enable()


class Circles:
    """Counts the runs without the collector in a process that stays, and has it look now and then.

    What such a run leaves counts as old, and Python looks at the old only when much was added to it
    that it saw come: circles of an editor's session were never found, 70 KB a keystroke.
    """

    def __init__(self, most: int) -> None:
        """Take how many runs may leave something before somebody has to look."""
        self._most = most
        self._left = 0

    def leave(self) -> bool:
        """Count one run; say whether it is time to look."""
        self._left += 1
        return self._left >= self._most

    def collect(self) -> None:
        """Look at all there is: some 50 ms."""
        gc.collect()
        self._left = 0


_SELDOM = (500_000, 20, 50)
"""Objects made, and passes over the younger ones, between two passes of the collector: some ten
posts' trees, in place of a hundredth of one."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """Let the collector look at what is made only now and then: trees hold no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def close_anywhere(close: Callable[[], None], refusal: type[Exception]) -> None:
    """Close what a collected object held; where the thread may not, its own end will close it.

    The collector runs in whichever thread makes the next object, and SQLite's connections refuse
    all but their own.
    """
    with suppress(refusal):
        close()
