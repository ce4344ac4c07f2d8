"""What the tests ask a confined process to do."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

SEEN: list[bytes] = []


def obey(payload: bytes) -> bytes:
    """Return the payload in capitals, or do the harm that it names."""
    match payload.split():
        case [b"hang"]:
            time.sleep(600)
        case [b"crash"]:
            os.kill(os.getpid(), signal.SIGSEGV)
        case [b"fill"]:
            bytearray(1 << 40)
        case [b"fail"]:
            raise ZeroDivisionError("by nought")
        case [b"write", path]:
            return write(Path(path.decode()))
        case [b"print"]:
            print("words that nobody asked for")  # noqa: T201
        case [b"fragile", _] if SEEN:
            os.kill(os.getpid(), signal.SIGSEGV)
    SEEN.append(payload)
    return payload.upper()


def write(path: Path) -> bytes:
    """Try to write to a file; return what came of it."""
    try:
        path.write_bytes(b"words")
    except OSError as error:
        return str(error.errno).encode()
    return b"written"
