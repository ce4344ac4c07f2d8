"""The cluster: the only module that speaks to a Dask scheduler.

An existing scheduler gives pieces of work to its workers; to notice that one died, and to give its
pieces to another, is Dask's part. What a worker needs for all pieces is prepared once in each of
its processes.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

from pubtool.errors import NoCluster, PubtoolError
from pubtool.system.workers import Begin, Given, Lost, Piece, Result

_PATIENCE = 10.0
"""Seconds to wait for the scheduler to answer, and for a first worker."""

_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?(?:\[[0-9a-fA-F:.]+\]|[^\s/:\[\]]+):\d{1,5}")

_ROUNDS = 8
"""Tasks for each thread of the cluster: few enough to be cheap, enough to even out."""

_MOST = 64
"""Pieces of a task."""


def work_on(
    address: str, begin: Begin[Given, Piece, Result], given: Given, pieces: Sequence[Piece]
) -> Generator[tuple[int, Result | Lost], None, None]:
    """Yield each piece's number and result as they come, from the workers of a cluster.

    `begin` is as in `workers.work`. A piece whose worker dies goes to another; one that costs
    several workers their lives is lost. Raises NoCluster, and as a PubtoolError with the same
    sentence what a worker raises. Close the iterator to take back what has not begun.
    """
    client = _connect(address)
    with client:
        tasks = _Tasks(client, _Shared(begin, given), pieces)
        for future in tasks.queue:
            numbers = tasks.asked.pop(future.key)
            for number, result in tasks.results(future, numbers):
                if isinstance(result, PubtoolError):
                    raise result
                yield number, result
            future.release()


def _connect(address: str) -> Any:
    """Return a client of the scheduler, which has a worker at least."""
    try:
        from distributed import Client
    except ImportError:
        raise NoCluster(address, "Dask is not installed here", "install pubtool[dask]") from None
    if not _ADDRESS.fullmatch(address):  # a client of no address would not end
        raise NoCluster(address, "it is no address of a scheduler", _START)
    connect: Any = Client
    try:
        client = connect(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        why = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise NoCluster(address, f"no Dask scheduler answers ({why})", _START) from None
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        client.close()
        raise NoCluster(address, "the scheduler has no worker", _START) from None
    return client


class _Tasks:
    """What a cluster has been asked to do, some pieces to a task."""

    def __init__(self, client: Any, shared: _Shared, pieces: Sequence[Any]) -> None:
        from distributed import as_completed

        self.asked: dict[Any, Sequence[int]] = {}
        self._client = client
        self._pieces = pieces
        self._shared = client.scatter(shared, broadcast=True, hash=False)
        threads = sum(client.nthreads().values())
        size = max(1, min(_MOST, len(pieces) // (_ROUNDS * threads)))
        numbers = range(len(pieces))
        parts = [numbers[n : n + size] for n in range(0, len(pieces), size)]
        completed: Any = as_completed
        self.queue = completed([self._submit(part) for part in parts], loop=client.loop)

    def _submit(self, numbers: Sequence[int]) -> Any:
        pieces = [self._pieces[number] for number in numbers]
        future = self._client.submit(_work, self._shared, pieces, pure=False)
        self.asked[future.key] = numbers
        return future

    def results(self, future: Any, numbers: Sequence[int]) -> Iterator[tuple[int, Any]]:
        """Yield what a task gave; one that killed its workers is tried again piece by piece."""
        from distributed import KilledWorker

        failure = future.exception()
        if failure is None:
            yield from zip(numbers, future.result(), strict=True)
        elif not isinstance(failure, KilledWorker):
            raise failure
        elif len(numbers) > 1:
            for number in numbers:
                self.queue.add(self._submit([number]))
        else:
            yield numbers[0], Lost.KILLED


_START = "give the address of a running one, such as tcp://HOST:8786, with workers"


class _Shared:
    """What all pieces have in common; what it takes to prepare for it is kept by each process."""

    def __init__(self, begin: Any, given: Any) -> None:
        self.begin = begin
        self.given = given


_lock = threading.Lock()
_prepared: list[tuple[_Shared, ExitStack, Any]] = []
"""What this process has prepared last, if it is a worker."""


def _work(shared: _Shared, pieces: Sequence[Any]) -> list[Any]:
    """Return the results of some pieces; a PubtoolError in place of one that raised it.

    One piece at a time, however many threads a worker has: a worker is best given one.
    """
    with _lock:
        if not _prepared or _prepared[0][0] is not shared:
            for _, stack, _ in _prepared:
                stack.close()
            _prepared.clear()
            stack = ExitStack()
            _prepared.append((shared, stack, stack.enter_context(shared.begin(shared.given))))
        do = _prepared[0][2]
        return [_outcome(do, piece) for piece in pieces]


def _outcome(do: Any, piece: Any) -> Any:
    try:
        return do(piece)
    except PubtoolError as error:
        return PubtoolError(str(error))
