"""Character recognition: the only module that runs OCRmyPDF, which runs Tesseract.

It straightens and turns the pages of a scan and reads them, in a process of its own that can be
stopped; what stands alone at a page's edges is read a second time (`page_edges`). It is slow
(seconds a page) and its words depend on the version that is installed, so it is never run to check
a quotation: what it read is written beside the scan, as hOCR, once.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from pubtool.errors import CannotRecognise, NoRecogniser
from pubtool.system.files import create, read_bytes, sha256, temporary_folder
from pubtool.system.page_edges import add_lines, find_pieces

_SECONDS = 120.0
_SECONDS_A_PAGE = 90.0
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL)
_FIGURES = ("0123456789-", "ivxlc-")
"""What a page's number is written with, dashes round it included."""
_IS_NUMBER = re.compile(r"[0-9]{1,4}|[ivxlc]{1,8}")
_SYSTEM = re.compile(r"name=['\"]ocr-system['\"] content=['\"]([^'\"]*)['\"]")
_NUMBER = re.compile(r"(\d+)_ocr_hocr\.hocr\Z")
_PLACE = re.compile(r"ppageno \d+")

_RUN = """
import sys
from pathlib import Path
from ocrmypdf import api
if __name__ == "__main__":
    api._pdf_to_hocr(
        Path(sys.argv[1]), Path(sys.argv[2]), language=sys.argv[3].split("+"), deskew=True,
        rotate_pages=True, force_ocr=True, pages=sys.argv[5], use_threads=True,
        progress_bar=False, tesseract_config=[sys.argv[4]],
    )
"""
"""OCRmyPDF's way to hOCR, of which it makes text layers; it keeps each word's confidence."""


def why_no_recogniser() -> str:
    """Return what is missing for character recognition, with the mend; empty if nothing is."""
    if importlib.util.find_spec("ocrmypdf") is None:
        return 'OCRmyPDF is not installed; run `pip install "pubtool[ocr]"`'
    for program in ("tesseract", "gs"):
        if shutil.which(program) is None:
            name = {"gs": "ghostscript", "tesseract": "tesseract-ocr"}[program]
            return f"{program} is not installed; install the system's package {name}"
    return ""


def recognise(pdf: bytes, name: str, languages: Sequence[str], pages: Sequence[int]) -> bytes:
    """Return as hOCR what stands on some pages of a PDF, counted from 0.

    `languages` are Tesseract's (``eng``, ``deu``). Raises NoRecogniser, and CannotRecognise where
    it fails or takes too long.
    """
    missing = why_no_recogniser()
    if missing:
        raise NoRecogniser(name, missing)
    with temporary_folder() as folder:
        source = folder / "scan.pdf"
        create(source, pdf)
        _run(source, folder, name, languages, pages)
        every = {int(m[1]): path for path in folder.iterdir() if (m := _NUMBER.search(path.name))}
        found = {number: path for number, path in every.items() if number - 1 in pages}
        if not found:
            raise CannotRecognise(name, "gave no page")
        read = [(number, _read_edges(found[number])) for number in sorted(found)]
        return _joined(read, pdf)


def _read_edges(page: Path) -> str:
    """Return a page's hOCR with the figures that stand alone at its head and foot."""
    hocr = read_bytes(page).decode("utf-8", "replace")
    picture = page.with_name(page.name.replace("_hocr.hocr", ".png"))
    body = _BODY.search(hocr)
    if body is None or not picture.exists():
        return hocr
    pieces = find_pieces(read_bytes(picture), hocr)
    found = [(piece, figures) for piece in pieces if (figures := _read_figures(piece.picture))]
    return hocr[: body.start(1)] + add_lines(body[1], found) + hocr[body.end(1) :]


def _read_figures(picture: bytes) -> str:
    """Return the number that a small picture shows, an empty string where it shows none."""
    for figures in _FIGURES:
        command = ["tesseract", "-", "-", "--psm", "7", "-c", f"tessedit_char_whitelist={figures}"]
        try:
            said = subprocess.run(
                command, input=picture, capture_output=True, check=False, timeout=_SECONDS
            )
        except subprocess.TimeoutExpired:
            return ""
        found = said.stdout.decode("utf-8", "replace").strip().strip("- ")
        if _IS_NUMBER.fullmatch(found):
            return found
    return ""


def _run(
    source: Path, out: Path, name: str, languages: Sequence[str], pages: Sequence[int]
) -> None:
    limit = _SECONDS + _SECONDS_A_PAGE * len(pages)
    config = out / "characters"
    create(config, b"hocr_char_boxes 1\n")
    numbers = ",".join(str(page + 1) for page in pages)
    given = (str(source), str(out), "+".join(languages), str(config), numbers)
    command = [sys.executable, "-P", "-c", _RUN, *given]
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # its threads get in each other's way
    try:
        said = subprocess.run(
            command, capture_output=True, check=False, timeout=limit, env=environment
        )
    except subprocess.TimeoutExpired:
        raise CannotRecognise(name, f"took longer than {limit:.0f} seconds") from None
    if said.returncode:
        lines = said.stderr.decode("utf-8", "replace").strip().splitlines()
        raise CannotRecognise(name, f"failed ({lines[-1] if lines else said.returncode})")


def _joined(pages: list[tuple[int, str]], pdf: bytes) -> bytes:
    """Return one hOCR document of several, each with its page's place, and what PDF it is of."""
    system = _SYSTEM.search(pages[0][1])
    bodies = []
    for number, hocr in pages:
        found = _BODY.search(hocr)
        body = _IMAGE.sub("", found[1]) if found else ""
        bodies.append(_PLACE.sub(f"ppageno {number - 1}", body).strip())
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml">\n'
        '<head><title></title>\n<meta charset="utf-8"/>\n'
        f'<meta name="pubtool-source-sha256" content="{sha256(pdf)}"/>\n'
        f'<meta name="ocr-system" content="{system[1] if system else "unknown"}"/>\n'
        '<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_par ocr_line ocrx_word '
        'ocrp_wconf"/>\n</head>\n<body>\n'
    )
    return "\n".join((head + bodies[0], *bodies[1:], "</body>\n</html>\n")).encode()


_IMAGE = re.compile(r'image "[^"]*"; ')
"""Where the picture was that was read: a path of this run."""
