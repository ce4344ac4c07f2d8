"""Draw pages of the example's PDFs, and of a binder, for docs/: python docs/pages_of_pdf.py.

To be run where pubtool is installed; the same posts give the same pictures in docs/pictures.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
import typst
from PIL import Image

from pubtool.cli import program

ROOT = Path(__file__).parent.parent
SERIES = "series/trafficking-and-the-internet/trafficking-and-the-internet.pdf"
POST = "what-the-palermo-protocol-says/what-the-palermo-protocol-says.pdf"
PICTURES = {
    "pdf-post.png": (POST, (0, 1)),
    "pdf-contents.png": (SERIES, (0, 1)),
    "pdf-proofs.png": (POST, (2, 3)),
}
"""Each with a PDF and the pages, from 0, that stand beside each other."""
QUOTED = (
    "It is the duty of every keeper to report a lamp that has gone out before the next tide, and "
    "to write down the hour at which he saw it."
)
BOOK = f"""#set page(width: 15cm, height: 21cm, columns: 2, numbering: "1")
#set page(header: [_Harbour Lamps_])
#set par(justify: true)
#set text(lang: "en", hyphenate: true, font: "Libertinus Serif", size: 9.5pt)
#counter(page).update(241)
#lorem(210)

{QUOTED}

#lorem(230)
"""
BINDER = {
    "pubtool.toml": '[site]\ntitle = "The Keeper"\n',
    "references.bib": "@book{mole1901, author = {Ada Mole}, title = {The Harbour Lamps}, "
    "publisher = {Deal Press}, year = {1901}}\n",
    "posts/on-lamps.md": "---\ntitle: On the harbour lamps\ndate: 2026-05-03\n---\n\nThe rule was "
    "plain: “It is the duty of every keeper to report a lamp that has gone out before the last "
    "tide” [@mole1901, p. 241]. Few kept it.\n",
}
"""A project whose binder is drawn: one word of the quotation is another."""
_SCALE = 1.0
"""Pixels a point."""


def draw(data: bytes, pages: tuple[int, ...]) -> Image.Image:
    """Return pages beside each other, in greys and the few colours that they have."""
    with pypdfium2.PdfDocument(data) as document:
        drawn = [document[page].render(scale=_SCALE).to_pil().convert("RGB") for page in pages]
    width, height = drawn[0].size
    sheet = Image.new("RGB", (len(drawn) * (width + 8) - 8, height), "#cccccc")
    for number, page in enumerate(drawn):
        sheet.paste(page, (number * (width + 8), 0))
    return sheet.quantize(64, Image.Quantize.MAXCOVERAGE)


def bind(folder: Path) -> bytes:
    """Return the binder of a small project that is made in a folder."""
    for name, text in BINDER.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "sources").mkdir()
    typst.compile(BOOK.encode(), output=folder / "sources/mole1901.pdf", ignore_system_fonts=True)
    program.main(["--project", str(folder), "-q", "evidence"], standalone_mode=False)
    return (folder / "evidence.pdf").read_bytes()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        sheet = draw(bind(Path(folder)), (1, 2))
        sheet.save(ROOT / "docs" / "pictures" / "evidence.png", optimize=True)
    with tempfile.TemporaryDirectory() as folder:
        asked = ["--project", str(ROOT), "build", "--to", "pdf", "--output", folder]
        program.main(asked, standalone_mode=False)
        for name, (path, pages) in PICTURES.items():
            sheet = draw(Path(folder, path).read_bytes(), pages)
            sheet.save(ROOT / "docs" / "pictures" / name, optimize=True)
