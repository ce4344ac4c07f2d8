"""Our own templates compiled, kept beside them as Python keeps what it compiles of our modules.

Whoever can write there can write our modules too, so that what is read there is no more to be
feared than they are. Nothing is kept of a project's templates: they come with a stranger's folder.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import __version__ as jinja_version
from jinja2.bccache import Bucket, BytecodeCache

from pubtool.errors import CannotWrite
from pubtool.system.files import sha256, write_derived


class KeptBytecode(BytecodeCache):
    """Where Jinja finds and keeps what it compiled of the templates in a folder of the program's.

    `options` tell how the environment compiles. What is damaged, was made of other text, by
    another Jinja or with other options is not taken; where nothing can be written, nothing is kept.
    """

    def __init__(self, folder: Path, options: str) -> None:
        self._folder = folder
        self._options = options

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of all that a template's code is made of."""
        return sha256("\0".join((jinja_version, self._options, source)).encode())

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a bucket its code where it is kept."""
        with suppress(OSError):
            check, _, code = self._place(bucket).read_bytes().partition(b"\n")
            if check == sha256(code).encode():
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket's code, as far as Python keeps any."""
        if sys.dont_write_bytecode:
            return
        code = bucket.bytecode_to_string()
        with suppress(CannotWrite):
            write_derived(self._place(bucket), sha256(code).encode() + b"\n" + code)

    def _place(self, bucket: Bucket) -> Path:
        return Path(cache_from_source(os.fspath(self._folder / bucket.key)))
