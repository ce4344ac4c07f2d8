"""Python's cycle collector, told to wait where many things are made that stay."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress


@contextmanager
def without_collection() -> Iterator[None]:
    """Keep the collector from walking what is being made, again and again and in vain."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def close_anywhere(close: Callable[[], None], refusal: type[Exception]) -> None:
    """Close what a collected object held; where the thread may not, its own end will close it.

    The collector runs in whichever thread makes the next object, and SQLite's connections refuse
    all but their own.
    """
    with suppress(refusal):
        close()
