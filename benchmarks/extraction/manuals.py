"""Papers and manuals that Debian packages carry as PDF.

What stands in them is not known beforehand, so passages are sampled from what pdftotext reads of a
page: runs of words within one of its paragraphs. This measures whether two extractors that share no
code agree on words and pages; where they do not, either may be wrong. The page is the label that
the file gives.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pypdfium2
from benchmarks.extraction.document import Document, Plan
from benchmarks.extraction.passages import Passage, letters

PACKAGES = (
    "pari-doc octave-doc r-doc-pdf gnuplot-doc lilypond-doc-pdf axiom-doc texlive-latex-base-doc "
    "texlive-latex-recommended-doc"
).split()
_FOLDERS = ("/usr/share/doc", "/usr/share/pari/doc", "/usr/share/texlive/texmf-dist/doc")
_FEWEST_PAGES = 4
_MOST_PAGES = 400
_LEAST_LETTERS = 30
_ODD = re.compile(r"[^\w\s.,;:!?'’‘“”\"()–—-]|\d")


def find(random: Random, count: int) -> list[Path]:
    """Return some of the PDF files that the packages have installed, by chance."""
    every = sorted(path for folder in _FOLDERS for path in Path(folder).rglob("*.pdf"))
    random.shuffle(every)
    chosen: list[Path] = []
    for path in every:
        if len(chosen) == count:
            break
        try:
            document = pypdfium2.PdfDocument(path)
            pages = len(document)
            document.close()
        except pypdfium2.PdfiumError:
            continue
        if _FEWEST_PAGES <= pages <= _MOST_PAGES:
            chosen.append(path)
    return chosen


def read(path: Path) -> tuple[Document, list[str]]:
    """Return a manual and the text of each of its pages as pdftotext reads it."""
    data = path.read_bytes()
    opened = pypdfium2.PdfDocument(data)
    labels = tuple(opened.get_page_label(number) or "" for number in range(len(opened)))
    opened.close()
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
    pages = said.decode("utf-8", "replace").split("\f")[: len(labels)]
    return Document("Debian's manuals", Plan(()), data, labels, made=path.name), pages


def sample(document: Document, pages: list[str], random: Random, count: int) -> Iterator[Passage]:
    """Yield passages of prose, each within one paragraph of one page and found nowhere else."""
    whole = "|".join(map(letters, pages))
    found = tries = 0
    while found < count and tries < 60 * count:
        tries += 1
        number = random.randrange(len(pages))
        paragraphs = [p.replace("-\n", "").split() for p in pages[number].split("\n\n")]
        words = random.choice(paragraphs)
        length = random.randint(6, 30)
        if len(words) < length + 4:
            continue
        start = random.randrange(2, len(words) - length - 1)
        chosen = words[start : start + length]
        key = letters("".join(chosen))
        odd = any(_ODD.search(word) for word in chosen)
        if odd or len(key) < _LEAST_LETTERS or whole.count(key) != 1:
            continue
        found += 1
        yield Passage(" ".join(chosen), document.labels[number], document.labels[number])
