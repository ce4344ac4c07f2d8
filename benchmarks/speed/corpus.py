"""A corpus of real text out of what is installed on this machine, as a project of many sources.

Documents are put in an order by the digest of their text, which is the same on every machine with
the same packages and mixes the kinds. The first ones are held back, to quote absent passages from;
the next ones that fill the size are written. Only where there is too little are copies made, with
the order of paragraphs changed and common words exchanged; how much is copied is always said.
"""

from __future__ import annotations

import gzip
import html
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

PLACES = (
    "/usr/share/doc/RFC/[!l]*/*.txt.gz",
    "/usr/share/dictd/*.dict.dz",
    "/usr/share/games/fortunes/**/*",
    "/usr/share/common-licenses/*",
    "/usr/share/state/*.gz",
    "/usr/share/doc/**/*.txt",
    "/usr/share/doc/**/*.txt.gz",
    "/usr/share/doc/**/README*",
    "/usr/share/doc/**/*.html",
    "/usr/share/doc/**/*.html.gz",
    "/usr/share/perl/**/*.pod",
)
MANUALS = "/usr/share/man/man[1-8]/*"
BIBLE = ("bible", "-l72", "gen1:1-rev22:21")
LONGEST = 1_000_000
"""Bytes of a document; a longer one (a dictionary) becomes several at its blank lines."""
SHORTEST = 2_000
HELD_BACK = 40
"""Documents kept out of the corpus."""
_TAGS = re.compile(r"<(script|style|head)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SWAPS = {"the": "a", "of": "from", "and": "or", "is": "was", "to": "for"}
"""Common words and what stands for some of them in a copy."""
_COMMON = re.compile(r"\b(?:the|of|and|is|to)\b")


@dataclass(frozen=True)
class Corpus:
    """What was written."""

    texts: tuple[tuple[str, str], ...]
    """Key and text of each source."""
    held_back: tuple[str, ...]
    size: int
    """Bytes in UTF-8."""
    copied: int
    """Bytes of them that are perturbed copies."""


def gather(size: int, seed: int) -> Corpus:
    """Return a corpus of `size` bytes."""
    documents = sorted(_distinct(_plain_documents()), key=_digest)
    if sum(map(_bytes, documents)) < size:
        documents += sorted(_distinct(_manuals()), key=_digest)
    held, documents = documents[:HELD_BACK], documents[HELD_BACK:]
    chosen, written = _first(documents, size)
    copies, copied = _first(_copies(documents, seed), size - written)
    every = [*chosen, *copies]
    texts = tuple((f"s{number:05}", text) for number, text in enumerate(every))
    return Corpus(texts, tuple(held), written + copied, copied)


def write_project(corpus: Corpus, folder: Path) -> None:
    """Write the corpus as the sources of a project without posts."""
    (folder / "sources").mkdir(parents=True)
    (folder / "posts").mkdir()
    (folder / "pubtool.toml").write_text("")
    entries = []
    for key, text in corpus.texts:
        (folder / "sources" / f"{key}.txt").write_text(text, encoding="utf-8")
        entries.append(f"@book{{{key},\n  title = {{Text {key}}},\n  year = 1998\n}}\n")
    (folder / "references.bib").write_text("\n".join(entries))


def _first(documents: Iterator[str] | Sequence[str], size: int) -> tuple[list[str], int]:
    """Return the first documents that fill a size, the last one cut, and their bytes."""
    chosen, written = [], 0
    for document in documents:
        if written >= size:
            break
        text = document.encode()[: size - written].decode(errors="ignore")
        chosen.append(text)
        written += _bytes(text)
    return chosen, written


def _copies(documents: Sequence[str], seed: int) -> Iterator[str]:
    random = Random(f"{seed} copies")
    while documents:
        for document in documents:
            paragraphs = document.split("\n\n")
            random.shuffle(paragraphs)
            yield _COMMON.sub(
                lambda m: _SWAPS[m.group()] if random.random() < 0.3 else m.group(),
                "\n\n".join(paragraphs),
            )


def _plain_documents() -> Iterator[str]:
    for pattern in PLACES:
        for path in sorted(Path("/").glob(pattern[1:])):
            if path.is_file() and not path.is_symlink() and path.suffix != ".dat":
                yield from _pieces(_read(path))
    yield from _pieces(_output(BIBLE))


def _manuals() -> Iterator[str]:
    for path in sorted(Path("/").glob(MANUALS[1:])):
        if not path.is_symlink():
            yield from _pieces(_output(("man", "-l", "--nh", "-P", "cat", str(path))))


def _read(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix in (".gz", ".dz"):
        data = gzip.decompress(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    if ".html" in path.name:
        text = html.unescape(_TAGS.sub(" ", text))
    return text.replace("\r\n", "\n").replace("\x00", "")


def _output(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.decode("utf-8", errors="replace")


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces of at most `LONGEST` bytes or so, cut at blank lines."""
    at = 0
    while at < len(text):
        cut = text.find("\n\n", at + LONGEST)
        end = len(text) if cut < 0 else cut + 2
        if end - at >= SHORTEST:
            yield text[at:end]
        at = end


def _distinct(documents: Iterator[str]) -> list[str]:
    return list({_digest(document): document for document in documents}.values())


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _bytes(text: str) -> int:
    return len(text.encode())
