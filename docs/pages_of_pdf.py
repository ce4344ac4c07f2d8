"""Draw pages of the example's PDFs for docs/: python docs/pages_of_pdf.py.

To be run where pubtool is installed; the same posts give the same pictures in docs/pictures.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pypdfium2
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


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        asked = ["--project", str(ROOT), "build", "--to", "pdf", "--output", folder]
        program.main(asked, standalone_mode=False)
        for name, (path, pages) in PICTURES.items():
            sheet = draw(Path(folder, path).read_bytes(), pages)
            sheet.save(ROOT / "docs" / "pictures" / name, optimize=True)
