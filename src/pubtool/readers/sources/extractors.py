"""What extracts the text of a file, by its ending: names and versions, without the readers."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pubtool.readers.sources.find import files_of
from pubtool.readers.sources.formats import DOCUMENTS


class Extractor(NamedTuple):
    """A reader of one sort of file."""

    name: str
    version: str
    """Ours goes up when the same bytes give another text; a library's own is put behind it."""
    library: str = ""


_WEB_PAGE = Extractor("html", "3", "trafilatura")
EXTRACTORS = {
    ".txt": Extractor("plain", "1"),
    **dict.fromkeys((".md", ".markdown"), Extractor("markdown", "1")),
    **dict.fromkeys(DOCUMENTS, Extractor("document", "2", "pypandoc_binary")),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".mhtml", ".mht"), _WEB_PAGE),
    ".pdf": Extractor("pdf", "2", "pypdfium2"),
}
"""By the ending of a file's name."""


def extractor(path: Path) -> tuple[str, str]:
    """Return the name and version of what extracts the text of a file, or of a folder's files.

    A format that no reader knows gives two empty strings.
    """
    ending = next((p.suffix.lower() for p in files_of(path, path.parent)), "")
    found = EXTRACTORS.get(ending)
    if found is None:
        return "", ""
    if not found.library:
        return found.name, found.version
    from importlib.metadata import version

    return found.name, f"{found.version}+{found.library}-{version(found.library)}"
