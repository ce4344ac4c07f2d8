"""A project at work: one thread makes pages and checks posts, and browsers are told of changes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Generic, Protocol, TypeVar


class Followed(Protocol):
    """What works at a desk: it looks at a project's files, and checks a post when it is asked."""

    def look(self) -> bool:
        """Take in what has changed; say whether anything has."""

    def glance(self) -> bool:
        """Say whether what is most likely to change has."""

    def check_next(self) -> bool:
        """Check one post that waits; say whether there was one."""

    def close(self) -> None:
        """Let go of what was started."""


P = TypeVar("P", bound=Followed)
T = TypeVar("T")

SHORTEST, LONGEST = 0.2, 3.0
"""Seconds between two looks at the files."""
IDLE = 250
"""How many times as long as a look takes the next one waits: under one percent of a core."""
_NOTICE = 0.5
"""Seconds after which one who waits for tidings looks whether there will be any."""
TELLING = 0.5
"""Seconds between two tidings of how far the checking is."""


class Desk(Generic[P]):
    """A project that is followed in a thread of its own, one thing after the other."""

    def __init__(self, followed: P, ending: Callable[[], bool]) -> None:
        """Take what follows a project, and what says that no more is to be told."""
        self._ending = ending
        self._followed = followed
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="desk")
        self._version = 0
        self._changed = asyncio.Condition()

    async def ask(self, question: Callable[[P], T]) -> T:
        """Return what it answers, when what it is doing now is done."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, question, self._followed)

    @asynccontextmanager
    async def lifespan(self, app: object) -> AsyncIterator[None]:
        """Work for as long as an application runs, as Starlette's ``lifespan`` has it."""
        task = asyncio.create_task(self.run())
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def run(self) -> None:
        """Look for changes and check what waits, for ever."""
        try:
            pause = await self._look()
            while True:
                pause = await self._check(pause)
                await self._rest(pause)
                pause = await self._look()
        finally:
            self._thread.submit(self._followed.close).result()
            self._thread.shutdown()

    async def _rest(self, pause: float) -> None:
        """Wait for so many seconds, or until a post that is being written has changed."""
        end = time.monotonic() + pause
        while (left := end - time.monotonic()) > 0:
            await asyncio.sleep(min(SHORTEST, left))
            if await self.ask(lambda followed: followed.glance()):
                return

    async def _look(self) -> float:
        """Take in what has changed; return the seconds to wait until the next look."""
        begin = time.perf_counter()
        if await self.ask(lambda followed: followed.look()):
            await self._tell()
        return min(max(IDLE * (time.perf_counter() - begin), SHORTEST), LONGEST)

    async def _check(self, pause: float) -> float:
        """Check the posts that wait; look at the files in between."""
        told = looked = time.monotonic()
        any_checked = False
        while await self.ask(lambda followed: followed.check_next()):
            any_checked = True
            now = time.monotonic()
            if now - looked > pause:
                pause, looked = await self._look(), time.monotonic()
            if now - told > TELLING:
                told = now
                await self._tell()
        if any_checked:
            await self._tell()
        return pause

    async def _tell(self) -> None:
        async with self._changed:
            self._version += 1
            self._changed.notify_all()

    async def tidings(self) -> AsyncIterator[str]:
        """Yield an event for each change, as a browser's EventSource reads it."""
        seen = -1
        while not self._ending():
            async with self._changed:
                if seen == self._version:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._changed.wait(), _NOTICE)
            if seen != self._version:
                seen = self._version
                yield f"data: {seen}\n\n"
