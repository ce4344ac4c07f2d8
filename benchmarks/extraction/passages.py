"""Passages of a document, each with the pages that it stands on.

The words come from what was printed, so that they owe nothing to any extractor. On which page they
are is asked of pdftotext, page by page, by their letters alone, in its own order and in the file's
(the one mixes columns where the other does not); a passage that it cannot place for certain (in no
page, in several) is left out.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.extraction.document import Document

_LENGTHS = (6, 30)
_LEAST_LETTERS = 24


@dataclass(frozen=True)
class Passage:
    """Words to be found."""

    words: str
    first: str
    """The label of the page that they begin on."""
    last: str
    """Of the page that they end on."""


def letters(text: str) -> str:
    """Return a text's letters alone, ligatures taken apart."""
    for ligature, written in zip("ﬀﬁﬂﬃﬄ", ("ff", "fi", "fl", "ffi", "ffl"), strict=True):
        text = text.replace(ligature, written)
    return re.sub(r"[\W\d_]+", "", text).casefold()


@dataclass(frozen=True)
class Page:
    """The letters of a page in each order that pdftotext knows."""

    orders: tuple[str, ...]

    def has(self, key: str) -> bool:
        return any(key in order for order in self.orders)

    def begins_with(self, key: str) -> bool:
        """Is it in the first third? Heads, and the end of a note, may stand before it."""
        return any(0 <= order.find(key) < len(order) / 3 for order in self.orders)


def read_pages(pdf: bytes) -> list[Page]:
    """Return the letters of each page as pdftotext reads them."""
    orders = []
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        for order in ((), ("-raw",)):
            command = ["pdftotext", *order, "-enc", "UTF-8", file.name, "-"]
            said = subprocess.run(command, capture_output=True, check=True).stdout
            pages = said.decode("utf-8", "replace").split("\f")[:-1]
            orders.append([letters(page) for page in pages])
    return [Page(page) for page in zip(*orders, strict=True)]


def sample(document: Document, pages: list[Page], random: Random, count: int) -> Iterator[Passage]:
    """Yield passages, a third of them from page ends; fewer than asked where none can be placed.

    Those with brackets or dots are left out: in a quotation they are the author's own marks.
    """
    whole = letters("".join((*document.plan.paragraphs, "|", *document.plan.notes)))
    paragraphs = [p.split() for p in document.plan.paragraphs if len(p.split()) >= _LENGTHS[1]]
    found, tries = 0, 0
    while paragraphs and found < count and tries < 30 * count:
        tries += 1
        words = random.choice(paragraphs)
        length = random.randint(*_LENGTHS)
        start = random.randrange(len(words) - length + 1)
        chosen = words[start : start + length]
        key = letters("".join(chosen))
        marked = any(mark in word for word in chosen for mark in ("[", "]", ". .", "..."))
        if marked or len(key) < _LEAST_LETTERS or whole.count(key) != 1:
            continue
        places = _places(chosen, pages)
        if places is None:
            continue
        first, last = places
        if first == last and found % 3 == 2 and tries < 20 * count:
            continue  # every third is to run on over a page's end, as long as there are such
        found += 1
        yield Passage(" ".join(chosen), document.labels[first], document.labels[last])


def _places(words: list[str], pages: list[Page]) -> tuple[int, int] | None:
    """Return the numbers of the pages on which some words begin and end, None where in doubt."""
    whole = _pages_with(letters("".join(words)), pages)
    if whole:
        return (whole[0], whole[0]) if len(whole) == 1 else None
    for cut in range(len(words) - 2, 1, -1):
        head, tail = letters("".join(words[:cut])), letters("".join(words[cut + 1 :]))
        if len(head) < 8 or len(tail) < 8:
            continue
        befores, afters = _pages_with(head, pages), _pages_with(tail, pages)
        if not (len(befores) == len(afters) == 1):
            continue
        first, last = befores[0], afters[0]
        if first == last or (last == first + 1 and pages[last].begins_with(tail)):
            return first, last
    return None


def _pages_with(key: str, pages: list[Page]) -> list[int]:
    return [number for number, page in enumerate(pages) if page.has(key)]
