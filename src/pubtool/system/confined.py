"""Confined work: a parser that is given a stranger's file runs in a process of its own.

A damaged or malicious file can make a parser crash, hang, or fill the memory. Here it does so in a
process that has bounds of memory and time and may not write a byte to any file; this one stays
whole, and says which bound was met. One process is kept for all files of a run. A file over which a
used process fails is tried once more in a fresh one, so that what a file gives never depends on the
files before it.

The bound of memory is POSIX's; where the system has none (Windows, macOS) only that of time holds.
"""

from __future__ import annotations

import importlib
import struct
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from typing import IO

from pubtool.system.deadline import deadline

Task = Callable[[bytes], bytes]

MEMORY = 3 << 30
"""Bytes of address space that a confined process may have."""
_SECONDS = 60.0
_SECONDS_A_MEGABYTE = 2.0
_HEAD = struct.Struct("<Q?")
"""Before each message: its length in bytes, and whether all went well."""


class Stopped(Exception):
    """The confined process met a bound or died; ``str()`` says which, behind "reading it"."""


class Confined:
    """A process for confined work, started when it is first needed. Threads wait for each other."""

    def __init__(self, memory: int = MEMORY, seconds: float = _SECONDS) -> None:
        self._memory = memory
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def run(self, task: str, payload: bytes) -> bytes:
        """Return what a function of ours makes of `payload`, both being bytes.

        `task` is ``module:function``. Raises Stopped where that takes too much time or memory, or
        ends the process; an exception that the function raises is a bug of ours, a RuntimeError.
        """
        limit = self._seconds + _SECONDS_A_MEGABYTE * len(payload) / 1e6
        with self._lock:
            used = self._process is not None
            try:
                return self._exchange(task, payload, limit)
            except _Died:
                if not used:
                    raise
                return self._exchange(task, payload, limit)

    def close(self) -> None:
        """End the process, if one runs."""
        process, self._process = self._process, None
        if process is not None:
            _end(process)

    def _exchange(self, task: str, payload: bytes, limit: float) -> bytes:
        process = self._process or self._start()
        assert process.stdin is not None
        assert process.stdout is not None
        with deadline(limit, process.kill) as bound:
            try:
                _send(process.stdin, task.encode(), well=True)
                _send(process.stdin, payload, well=True)
                well, answer = _receive(process.stdout)
            except (OSError, EOFError):
                self.close()
                if bound.passed:
                    why = f"took longer than {limit:.0f} seconds and was stopped"
                    raise Stopped(why) from None
                raise _Died(_reason(process.returncode)) from None
            except BaseException:
                self.close()
                raise
        if not well:
            raise RuntimeError(answer.decode())
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: a project's folder, which may be the current one, is no place to import from
        command = [sys.executable, "-P", "-B", "-m", __name__, str(self._memory)]
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a parser grumbles helps nobody
        )
        weakref.finalize(self, _end, process)
        self._process = process
        return process


class _Died(Stopped):
    """The process ended by itself: what it met may have been left by what it did before."""


@cache
def confined() -> Confined:
    """Return the process for all confined work of this one."""
    return Confined()


def _reason(status: int | None) -> str:
    if status == _NO_MEMORY:
        return "took too much memory and was stopped"
    return "made the parser crash"


def _send(pipe: IO[bytes], message: bytes, *, well: bool) -> None:
    pipe.write(_HEAD.pack(len(message), well))
    pipe.write(message)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> tuple[bool, bytes]:
    head = pipe.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    length, well = _HEAD.unpack(head)
    message = pipe.read(length)
    if len(message) < length:
        raise EOFError
    return well, message


def _end(process: subprocess.Popen[bytes]) -> None:
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(OSError):
                pipe.close()
    process.kill()
    process.wait()


# --- The confined process ------------------------------------------------------------------------

_NO_MEMORY = 3
"""Exit status."""


def _serve(memory: int) -> None:
    """Do what standard input asks for until it ends."""
    _limit(memory)
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # a parser that prints must not break in
    while True:
        try:
            _, task = _receive(requests)
            _, payload = _receive(requests)
        except EOFError:
            return
        try:
            answer, well = _function(task.decode())(payload), True
        except MemoryError:
            sys.exit(_NO_MEMORY)
        except Exception as error:  # told to who asked, whose bug report it will be
            answer, well = f"{type(error).__name__}: {error}".encode(), False
        _send(answers, answer, well=well)


def _function(task: str) -> Task:
    module, _, name = task.partition(":")
    function: Task = getattr(importlib.import_module(module), name)
    return function


def _limit(memory: int) -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    for bound, value in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0)):
        with suppress(ValueError, OSError):  # macOS refuses some
            resource.setrlimit(bound, (value, value))


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
