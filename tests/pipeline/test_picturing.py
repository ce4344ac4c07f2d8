"""Pictures of pages: the passage's words are covered, and no others.

What is quoted is set in red. So the picture itself tells which pixels must lie within the
rectangles, and which must not.
"""

from __future__ import annotations

import shutil
import subprocess
from io import BytesIO
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
import pytest
import typst
from PIL import Image

from pubtool.model import Key, NoPicture, PagePicture, SourceText, Span
from pubtool.pipeline.picturing import picture
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.sources.hocr_compact import compact
from pubtool.system.config import find_project
from pubtool.system.ocr import recognise, why_no_recogniser

KEY = Key("k")
STRAY = 0.01
"""Share of the passage's ink that may be of other words: what reaches over from the line above."""
WORDS = (
    "The keeper of the harbour lamps wrote that no fewer than forty ships were lost in the first "
    "winter, and that the office would not hear of a difficult fifth light."
)
FILLER = "Nobody had asked the pilots whether they could find the flats in such a fog. "


def pdf(body: str) -> bytes:
    return bytes(typst.compile(body.encode(), ignore_system_fonts=True))


def red(words: str) -> str:
    return f"#text(fill: red)[{words}]"


def pages_of(
    root: Path, data: bytes, words: str = WORDS, *, width: int = 1000
) -> tuple[PagePicture, ...] | NoPicture:
    """Return the pictures of a passage that a source in a new project holds."""
    (root / "sources").mkdir(parents=True, exist_ok=True)
    (root / "sources/k.pdf").write_bytes(data)
    (root / "references.bib").write_text("@book{k, title = {The Keeper}, year = 1900}\n")
    (root / "pubtool.toml").write_text("")
    with Workspace(find_project(root)) as workspace:
        text = workspace.library.index.source(KEY)
        return picture(workspace, KEY, _spans(text, words), width=width)


def _spans(source: SourceText, words: str) -> tuple[Span, ...]:
    """Return where words stand in a text, white space, broken words and furniture aside."""
    text = source.text
    hidden = {at for span in source.furniture for at in range(span.start, span.end)}
    letters = [(c, at) for at, c in enumerate(text) if c.isalnum() and at not in hidden]
    wanted = "".join(c for c in words if c.isalnum())
    start = "".join(c for c, _ in letters).find(wanted)
    assert start >= 0, text
    end = letters[start + len(wanted) - 1][1] + 1
    return (Span(letters[start][1], end + text[end:].startswith(".")),)


def ink(page: PagePicture) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where a page is red, where it is dark, and what the rectangles cover."""
    pixels = np.asarray(Image.open(BytesIO(page.image)).convert("RGB")).astype(int)
    light = pixels[:, :, 1]
    is_red = (pixels[:, :, 0] - light > 120) & (light < 120)
    is_dark = pixels.max(axis=2) < 110
    covered = np.zeros(is_red.shape, dtype=bool)
    for left, top, right, bottom in page.rectangles:
        covered[top:bottom, left:right] = True
    return is_red, is_dark, covered


def assert_marked(
    pages: tuple[PagePicture, ...] | NoPicture, *, soft: float = 0
) -> tuple[PagePicture, ...]:
    """Check that red ink is covered, all but a soft share of it, and no other."""
    assert not isinstance(pages, NoPicture), pages
    for page in pages:
        is_red, is_dark, covered = ink(page)
        assert page.is_whole
        assert is_red.sum() > 50
        assert (is_red & ~covered).sum() <= soft * is_red.sum()
        assert (is_dark & covered).sum() <= STRAY * is_red.sum()
    return pages


TEXT = f"{FILLER * 5}{red(WORDS)} {FILLER * 5}"
LAYOUTS = {
    "one column": f"#set page(width: 12cm, height: 18cm)\n{TEXT}",
    "two columns": f"#set page(width: 14cm, height: 12cm, columns: 2)\n{TEXT}",
    "over a column's end": "#set page(width: 14cm, height: 7cm, columns: 2)\n"
    f"{FILLER * 4}{red(WORDS)} {FILLER * 2}",
    "hyphenated": "#set page(width: 6cm, height: 24cm)\n#set par(justify: true)\n"
    f'#set text(hyphenate: true, lang: "en")\n{TEXT}',
    "with a footnote": "#set page(width: 12cm, height: 16cm)\n"
    f"{FILLER * 3}{red(WORDS)}#footnote[{FILLER}] {FILLER * 3}",
    "in a footnote": "#set page(width: 12cm, height: 16cm)\n"
    f"{FILLER * 9}#footnote[{red(WORDS)}] {FILLER * 3}",
    "in a larger and a smaller hand": "#set page(width: 12cm, height: 18cm)\n"
    f"#set text(size: 8pt)\n{FILLER * 3}{red(WORDS)} #text(size: 20pt)[{FILLER}]",
    "with italics in its midst": "#set page(width: 12cm, height: 18cm)\n"
    + TEXT.replace("harbour lamps", "_harbour lamps_"),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_passage_s_words_are_covered_and_no_others(tmp_path: Path, layout: str) -> None:
    (page,) = assert_marked(pages_of(tmp_path, pdf(LAYOUTS[layout])))
    assert (page.sheet, page.width) == (1, 1000)


PARAGRAPHS = f"#set page(width: 12cm, height: 18cm)\n{FILLER * 5}\n\n{red(WORDS)}\n\n{FILLER * 5}"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned(tmp_path: Path, turn: int) -> None:
    assert_marked(pages_of(tmp_path, changed(pdf(PARAGRAPHS), turn=turn)))


def changed(data: bytes, *, turn: int = 0, media: str = "", crop: str = "") -> bytes:
    """Return a PDF whose first page is turned or has other boxes."""
    with pikepdf.open(BytesIO(data)) as document:
        page = document.pages[0]
        page.Rotate = turn
        for name, box in (("/MediaBox", media), ("/CropBox", crop)):
            if box:
                page.obj[name] = pikepdf.Array([float(value) for value in box.split()])
        out = BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("turn", [0, 90])
def test_a_page_whose_boxes_do_not_begin_at_nought(tmp_path: Path, turn: int) -> None:
    data = changed(pdf(PARAGRAPHS), turn=turn, media="-100 -50 400 600", crop="30 40 335 505")
    (page,) = assert_marked(pages_of(tmp_path, data))
    assert page.height != round(1000 * 18 / 12)


def test_a_passage_that_runs_on_over_the_page_is_marked_on_both_and_its_head_is_not(
    tmp_path: Path,
) -> None:
    head = 'header: [The Keeper #h(1fr) Harbour Lamps], numbering: "1"'
    body = "\n#pagebreak()\n".join(
        f"{FILLER * 3}" if number != 2 else f"{FILLER * 7}{red(WORDS)} {FILLER}"
        for number in range(5)
    )
    data = pdf(f"#set page(width: 12cm, height: 8cm, {head})\n#counter(page).update(241)\n{body}")
    pages = assert_marked(pages_of(tmp_path, data))
    assert [(page.sheet, page.label) for page in pages] == [(3, "243"), (4, "244")]


def test_the_right_one_of_two_like_lines_is_marked(tmp_path: Path) -> None:
    verse = "And the lamp was lit again at dusk."
    lines = [f"Verse {n} of the keeper's song.\n\n{verse}" for n in ("one", "two", "three")]
    lines[1] = red(lines[1])
    data = pdf("#set page(width: 12cm, height: 18cm)\n" + "\n\n".join(lines))
    words = f"Verse two of the keeper's song. {verse}"
    assert_marked(pages_of(tmp_path, data, words))


def test_a_line_of_which_nobody_knows_which_it_is_is_not_marked(tmp_path: Path) -> None:
    data = pdf("#set page(width: 12cm, height: 18cm)\n" + "The lamp was lit again.\n\n" * 40)
    pages = pages_of(tmp_path, data, "The lamp was lit again.")
    assert isinstance(pages, tuple)
    (page,) = pages
    assert page.rectangles == ()
    assert not page.is_whole


def test_the_picture_owes_nothing_to_the_passage(tmp_path: Path) -> None:
    data = pdf(LAYOUTS["one column"])
    first = pages_of(tmp_path / "a", data)
    other = pages_of(tmp_path / "b", data, FILLER)
    assert isinstance(first, tuple)
    assert isinstance(other, tuple)
    assert first[0].image == other[0].image
    assert first[0].rectangles != other[0].rectangles


def test_a_source_without_pages_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/k.txt").write_text(WORDS)
    (tmp_path / "references.bib").write_text("@book{k, title = {The Keeper}, year = 1900}\n")
    (tmp_path / "pubtool.toml").write_text("")
    with Workspace(find_project(tmp_path)) as workspace:
        found = picture(workspace, KEY, (Span(0, 10),), width=600)
        none = picture(workspace, Key("other"), (Span(0, 10),), width=600)
    assert found == NoPicture("the source's file has no pages (.txt)")
    assert none == NoPicture("the source has no text")


@pytest.mark.parametrize("media", ["0 0 14000 510", "0 0 340 14000", "0 0 0.001 510"])
def test_a_page_of_an_absurd_shape_is_drawn_small_or_not_at_all(tmp_path: Path, media: str) -> None:
    pages = pages_of(tmp_path, changed(pdf(PARAGRAPHS), media=media, crop=media))
    if not isinstance(pages, NoPicture):
        (page,) = pages
        assert page.width * page.height <= 16_100_000


def test_a_file_that_was_changed_since_it_was_read_has_no_picture(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/k.pdf").write_bytes(pdf(PARAGRAPHS))
    (tmp_path / "references.bib").write_text("@book{k, title = {The Keeper}, year = 1900}\n")
    (tmp_path / "pubtool.toml").write_text("")
    with Workspace(find_project(tmp_path)) as workspace:
        spans = _spans(workspace.library.index.source(KEY), WORDS)
        (tmp_path / "sources/k.pdf").write_bytes(pdf(f"Another page.\n\n{WORDS}"))
        found = picture(workspace, KEY, spans, width=600)
    assert found == NoPicture("the source's file has changed since it was read")


needs_recogniser = pytest.mark.skipif(
    bool(why_no_recogniser()) or shutil.which("pdftoppm") is None,
    reason="needs tesseract-ocr, ghostscript and poppler-utils",
)


def scanned(data: bytes, folder: Path) -> bytes:
    """Return a PDF whose pages are pictures of another's."""
    folder.mkdir()
    (folder / "d.pdf").write_bytes(data)
    subprocess.run(["pdftoppm", "-r", "300", "-png", "d.pdf", "p"], cwd=folder, check=True)
    made = img2pdf.convert([path.read_bytes() for path in sorted(folder.glob("p-*.png"))])
    return bytes(made or b"")


@needs_recogniser
@pytest.mark.parametrize(
    "layout", ["one column", "two columns", "over a column's end", "hyphenated", "in a footnote"]
)
def test_the_words_that_a_recogniser_read_on_a_scan_are_covered(
    tmp_path: Path, layout: str
) -> None:
    scan = scanned(pdf(LAYOUTS[layout]), tmp_path / "made")
    root = tmp_path / "project"
    (root / "sources").mkdir(parents=True)
    (root / "sources/k.hocr").write_bytes(compact(recognise(scan, "k.pdf", ["eng"], [0])))
    (page,) = assert_marked(pages_of(root, scan), soft=0.01)
    assert page.sheet == 1


def test_a_source_of_several_files_shows_the_page_of_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "sources" / "k"
    folder.mkdir(parents=True)
    one = "#set page(width: 12cm, height: 18cm)\n"
    (folder / "part 1.pdf").write_bytes(pdf(f"{one}{FILLER * 5}\n#pagebreak()\n{FILLER * 3}"))
    (folder / "part 2.pdf").write_bytes(pdf(f"{one}{FILLER}\n#pagebreak()\n{TEXT}"))
    (folder / "part 10.pdf").write_bytes(pdf(f"{one}{FILLER * 9}"))
    (tmp_path / "references.bib").write_text("@book{k, title = {The Keeper}, year = 1900}\n")
    (tmp_path / "pubtool.toml").write_text("")
    with Workspace(find_project(tmp_path)) as workspace:
        text = workspace.library.index.source(KEY)
        spans = _spans(text, WORDS)
        (page,) = assert_marked(picture(workspace, KEY, spans, width=1000))
        assert (page.file, page.sheet) == ("part 2.pdf", 2)
        (folder / "part 1.pdf").write_bytes(pdf(f"{one}{FILLER}"))
    with Workspace(find_project(tmp_path)) as workspace:
        again = workspace.library.index.source(KEY)
        (page,) = assert_marked(picture(workspace, KEY, _spans(again, WORDS), width=1000))
        assert (page.file, page.sheet) == ("part 2.pdf", 2)
