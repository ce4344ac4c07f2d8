"""What a writer may know of the sources' texts: where they are from, and, if it asks, the words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from pubtool.model import Key, SourceText
from pubtool.system.files import text_sha256


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a source's text is made from; known without reading it."""

    files: tuple[tuple[str, str], ...] = ()
    """The project's files, each with the SHA-256 of its bytes, in the order in which they are read;
    empty where the source has none."""
    origin: str = ""
    """Where the lock says that the text is from: an address, a book, a person."""
    archive: str = ""
    """Where the lock says that an archive keeps it."""
    pin: str = ""
    """The SHA-256 that the lock has for it; empty where it has none."""

    @property
    def suffix(self) -> str:
        """The ending of the first file, in lower case: ``.pdf``; empty where there is none."""
        name = self.files[0][0].rpartition("/")[2] if self.files else ""
        return f".{name.rpartition('.')[2].lower()}" if "." in name else ""


@dataclass(frozen=True)
class Sources:
    """The sources' texts, each read only when it is asked for."""

    provenance: Callable[[Key], Provenance] = lambda key: Provenance()
    """What a text is made from; never opens it."""
    text: Callable[[Key], SourceText | None] = lambda key: None
    """The text that quotations were compared with; None where there is none."""
    reader: Callable[[Key], str] = lambda key: ""
    """The name and the version of what extracts the text (``html 2+trafilatura-2.0.0``)."""

    @cached_property
    def text_digest(self) -> Callable[[Key], str]:
        """The SHA-256 of a source's text, empty where there is none; worked out once for each."""

        @cache
        def digest(key: Key) -> str:
            found = self.text(key)
            return text_sha256(found.text) if found is not None else ""

        return digest


UNKNOWN = Sources()
"""Nothing is known of any."""
