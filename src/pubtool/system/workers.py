"""Workers: the only module that starts further processes of this program.

Each is a fresh interpreter (*spawn*: the same on Linux, macOS and Windows), does one piece of work
at a time, and says so over a pipe of its own. A pipe that ends tells which worker died over which
piece, so that one bad piece costs no other.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from enum import Enum
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from pubtool.errors import PubtoolError

Given = TypeVar("Given")
Piece = TypeVar("Piece")
Result = TypeVar("Result")
Begin = Callable[[Given], AbstractContextManager[Callable[[Piece], Result]]]
"""A function of a module (it is sent by name) that prepares a worker: what it does with a piece."""

_TRIES = 2
"""How often a piece is given out: whoever is killed once may have been killed for another's sake,
such as by a system short of memory."""
_GRACE = 5.0
"""Seconds that an idle worker has to end by itself."""


class Lost(Enum):
    """What is had of a piece instead of a result."""

    KILLED = "the worker that had it was killed, twice"


@dataclass(frozen=True, slots=True)
class _Raised:
    """An exception as text, since not every one survives the way between two processes."""

    name: str
    message: str
    trace: str
    ours: bool
    """Whether it is of the family of `errors`."""

    def as_exception(self) -> Exception:
        if self.ours:
            return PubtoolError(self.message)
        error: Exception = type(self.name, (Exception,), {})(self.message)
        error.add_note(self.trace)
        return error


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: Connection
    piece: int | None = None


def cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def work(
    begin: Begin[Given, Piece, Result], given: Given, pieces: Sequence[Piece], jobs: int
) -> Generator[tuple[int, Result | Lost], None, None]:
    """Yield each piece's number and result as they come, from `jobs` processes.

    What a worker raises is raised here: a PubtoolError as one with the same sentence. Close the
    iterator (`contextlib.closing`) to end the workers early.
    """
    waiting = deque(range(len(pieces)))
    tries = [0] * len(pieces)
    team: list[_Worker] = []
    done = False
    try:
        while waiting or team:
            _hire(team, begin, given, min(jobs - len(team), len(waiting)))
            for worker in team:
                if worker.piece is None and waiting:
                    worker.piece = waiting.popleft()
                    tries[worker.piece] += 1
                    with suppress(OSError):  # it died: its pipe has ended, which is seen below
                        worker.pipe.send(pieces[worker.piece])
            for idle in [worker for worker in team if worker.piece is None]:
                team.remove(idle)
                _dismiss(idle)
            for worker, result in _next_results(team):
                piece, worker.piece = worker.piece, None
                assert piece is not None
                if result is Lost.KILLED:
                    team.remove(worker)
                    _dismiss(worker)
                    if tries[piece] < _TRIES:
                        waiting.appendleft(piece)
                        continue
                yield piece, result
        done = True
    finally:
        if not done:
            _stop(team)


def _next_results(team: Sequence[_Worker]) -> Iterator[tuple[_Worker, Any]]:
    """Wait for some of the workers, and yield what each has sent; raise what one has raised."""
    ready = wait([worker.pipe for worker in team]) if team else []
    for worker in [worker for worker in team if worker.pipe in ready]:
        try:
            result = worker.pipe.recv()
        except (EOFError, OSError):
            result = Lost.KILLED
        if isinstance(result, _Raised):
            raise result.as_exception()
        yield worker, result


def _hire(team: list[_Worker], begin: Any, given: Any, count: int) -> None:
    context = multiprocessing.get_context("spawn")
    with _deaf_to_interrupts():
        for _ in range(count):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(begin, given, theirs), daemon=True)
            process.start()
            theirs.close()
            team.append(_Worker(process, ours))


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Let processes be born that do not hear Ctrl-C, which goes to all of a terminal's at once.

    It is this process that ends them, after it has put away what they have found.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _serve(begin: Any, given: Any, pipe: Connection) -> None:
    """Be a worker until the pipe ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, OSError):  # nobody is there any more
        try:
            with begin(given) as do:
                while True:
                    pipe.send(do(pipe.recv()))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return
        except Exception as error:
            trace = "".join(traceback.format_exception(error))
            ours = isinstance(error, PubtoolError)
            pipe.send(_Raised(type(error).__name__, str(error), trace, ours))


def _dismiss(worker: _Worker) -> None:
    """Let a worker end that has nothing to do, or is dead."""
    worker.pipe.close()
    worker.process.join(_GRACE)
    if worker.process.exitcode is None:
        _stop([worker])
    else:
        worker.process.close()


def _stop(team: Sequence[_Worker]) -> None:
    """End workers whatever they are doing; a pandoc of theirs ends with its input."""
    for worker in team:
        worker.pipe.close()
        worker.process.terminate()
    for worker in team:
        worker.process.join(_GRACE)
        if worker.process.exitcode is None:
            worker.process.kill()
            worker.process.join()
        worker.process.close()
