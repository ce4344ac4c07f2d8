"""EPUBs looked into, and the checker that e-book shops use: epubcheck."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

JAR = Path(os.environ.get("PUBTOOL_EPUBCHECK", "/usr/share/java/epubcheck.jar"))
NAMES = {
    "x": "http://www.w3.org/1999/xhtml",
    "opf": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
    "m": "http://www.w3.org/1998/Math/MathML",
}
TYPE = "{http://www.idpf.org/2007/ops}type"


def members(book: bytes) -> dict[str, bytes]:
    """Return a book's files by their names, in its order."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def page(book: bytes, name: str = "chapter-1.xhtml") -> Any:
    """Return one of a book's pages as a tree."""
    return etree.fromstring(members(book)[f"EPUB/{name}"])


def package(book: bytes) -> Any:
    """Return what a book says of itself."""
    return etree.fromstring(members(book)["EPUB/package.opf"])


def said(book: bytes, name: str) -> list[str]:
    """Return the values of a property of a book's metadata: ``dc:title``, ``dcterms:modified``."""
    if name.startswith("dc:"):
        found = package(book).findall(f".//{name}", NAMES)
    else:
        metas = package(book).findall(".//opf:meta", NAMES)
        found = [meta for meta in metas if meta.get("property") == name]
    return [str(node.text) for node in found]


def words(node: Any) -> str:
    """Return what an element says, with single blanks."""
    return " ".join("".join(node.itertext()).split())


def complaints(book: bytes, folder: Path) -> list[str]:
    """Return what epubcheck says of a book, errors and warnings alike; skip where it is missing."""
    java = shutil.which("java")
    if java is None or not JAR.exists():
        pytest.skip("no epubcheck; tests/system-needs.sh installs it where it can")
    path = folder / "book.epub"
    path.write_bytes(book)
    # what starts fast: a book is checked before the machine has warmed up
    quick = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    command = [java, *quick, "-jar", str(JAR), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=110)
    lines = (done.stdout + done.stderr).splitlines()
    assert any(line.startswith("Messages:") for line in lines), lines
    marks = ("FATAL", "ERROR", "WARNING")
    return [line.replace(str(path), "") for line in lines if line.startswith(marks)]
