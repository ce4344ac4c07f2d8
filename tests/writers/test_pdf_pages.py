"""What stands on the pages of a PDF: within the margins, at its size, in its place."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image
from tests.pictures import picture
from tests.writers.structure import structure

from pubtool.errors import TypesetFailed
from pubtool.model import SeriesPart, VerdictKind
from pubtool.writers.export import plan_jobs

A4, LETTER = (595.28, 841.89), (612.0, 792.0)
LINE = 125 / 25.4 * 72
"""The width of a line, in points."""


def pages(data: bytes) -> Iterator[Any]:
    with pypdfium2.PdfDocument(data) as document:
        yield from document


def edges(data: bytes) -> list[tuple[float, float]]:
    """Return the left and the right edge of what is printed on each page."""
    found = []
    for page in pages(data):
        text = page.get_textpage()
        boxes = [
            text.get_charbox(number)
            for number in range(text.count_chars())
            if text.get_text_range(number, 1).strip()
        ]
        found.append((min(box[0] for box in boxes), max(box[2] for box in boxes)))
    return found


def image_sizes(data: bytes) -> list[tuple[float, float]]:
    sizes = []
    for page in pages(data):
        for item in page.get_objects(filter=[3], max_depth=4):
            left, bottom, right, top = item.get_bounds()
            sizes.append((round(right - left), round(top - bottom)))
    return sizes


def row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |\n"


WIDE = {
    "many columns": row(*(f"Heading {n}" for n in range(12)))
    + "|" + "---|" * 12 + "\n"
    + row(*(f"{n} words and more of them" for n in range(12))) * 50,
    "long words": row(*["antidisestablishmentarianism"] * 12) + "|" + "---|" * 12 + "\n"
    + row(*["Donaudampfschifffahrtsgesellschaft"] * 12),
    "an address": row("A", "B") + "|---|---|\n" + row("https://a.org/" + "path/" * 40, "text"),
    "an unbroken word": row("A", "B") + "|---|---|\n" + row("x" * 400, "y" * 400),
    "one long cell": row("A", "B") + "|---|---|\n" + row("short", "words " * 900),
    "code": "```\n" + "x" * 300 + "\n" + "word " * 100 + "\n```",
    "inline code": f"`{'long_name_' * 30}`",
    "a long word": "Word" * 100,
    "an address in the text": f"<https://example.org/{'a' * 300}>",
    "a heading": f"## {'Heading' * 40}",
    "a quotation": f"> {'z' * 300}",
    "an item": f"- - - - {'z' * 300}",
}  # fmt: skip


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
@pytest.mark.parametrize("paper", ["a4", "us-letter"])
def test_nothing_runs_off_the_page(
    text: str, paper: str, post: Any, material: Any, write: Any
) -> None:
    given = material(post(text, title="Title" * 40), pdf_paper=paper)
    margin = ((A4 if paper == "a4" else LETTER)[0] - LINE) / 2
    for left, right in edges(write(given, "pdf")["a/a.pdf"]):
        assert left >= margin - 1
        assert right <= margin + LINE + 6  # a hyphen or a comma may hang


def test_a_long_word_of_a_title_is_hyphenated(post: Any, material: Any, write: Any) -> None:
    title = "Der Donaudampfschifffahrtsgesellschaftskapitän der Binnenschifffahrtsgesellschaften"
    data = write(material(post("Text.", title=title, lang="de")), "pdf")["a/a.pdf"]
    told = "".join(page.get_textpage().get_text_bounded() for page in pages(data))
    told = told.split("Jane Doe")[0]
    assert "\x02" in told, "pdfium's sign for a hyphen at the end of a line"
    assert " ".join(told.replace("\x02", "").split()) == title


def test_a_table_s_head_stands_on_each_of_its_pages(post: Any, material: Any, write: Any) -> None:
    data = write(material(post(WIDE["many columns"])), "pdf")["a/a.pdf"]
    words = [page.get_textpage().get_text_bounded() for page in pages(data)]
    heads = [re.sub("[\ufffe\r\n-]", "", text).count("Heading") for text in words]
    assert len(heads) > 2
    assert heads == [12] * len(heads)


@pytest.mark.parametrize(("paper", "size"), [("a4", A4), ("us-letter", LETTER)])
def test_the_paper_is_chosen(
    paper: str, size: tuple[float, float], post: Any, material: Any, write: Any
) -> None:
    data = write(material(post("Text."), pdf_paper=paper), "pdf")["a/a.pdf"]
    assert [page.get_size() for page in pages(data)] == [pytest.approx(size, abs=0.1)]


@pytest.mark.parametrize(
    ("given", "pixels", "points"),
    [
        ("", (40, 20), (30, 15)),  # a CSS pixel is 3/4 of a point
        ("", (4000, 2000), (354, 177)),  # no wider than the line
        ("{width=100%}", (40, 20), (40, 20)),  # no larger than a pixel a point
        ("{width=50%}", (400, 200), (177, 89)),
        ("{width=2cm}", (400, 200), (57, 28)),
        ('{width="9999999cm"}', (400, 200), (300, 150)),
        ("", (1000, 9000), (55, 496)),  # no higher than a page
    ],
)
def test_an_image_is_as_large_as_it_is_sharp(
    given: str, pixels: tuple[int, int], points: tuple[int, int], request: pytest.FixtureRequest
) -> None:
    post, material, write = map(request.getfixturevalue, ("post", "material", "write"))
    files = {"posts/r.png": picture(1, size=pixels)}
    data = write(material(post(f"![Teal](r.png){given}"), files=files), "pdf")["a/a.pdf"]
    assert image_sizes(data) == [pytest.approx(points, abs=1)]


def test_a_book_has_left_and_right_pages(post: Any, material: Any, write: Any) -> None:
    text = "\n\n".join(f"## Section {n}\n\n{'Words of the text. ' * 150}" for n in range(6))
    parts = [
        post(text, path=f"posts/{n}.md", title=f"Title {n}", series=(SeriesPart("The book", n),))
        for n in (1, 2)
    ]
    data = write(material(*parts), "pdf")["series/the-book/the-book.pdf"]
    tops = []
    for page in pages(data):
        width, height = page.get_size()
        tops.append(
            page.get_textpage().get_text_bounded(0, height - 75, width, height).split("\r\n")
        )
    inside = [edge for edge, top in zip(edges(data), tops, strict=True) if top != [""]]
    heads = [top for top in tops if top != [""]]
    assert heads[0] == ["The book"]  # a left page: the first of a part has no head
    assert heads[1][-1].endswith("Title 1")
    assert heads[1][0].startswith("Section ")
    assert inside[0][0] > inside[1][0], "the margin at the spine is the smaller one"


def test_a_draft_says_so_on_each_page(post: Any, material: Any, write: Any) -> None:
    one = post("Words. " * 900, series=(SeriesPart("S", 1),))
    for data in write(material(one, draft=True), "pdf").values():
        for page in pages(data):
            assert "Draft, unverified." in page.get_textpage().get_text_bounded()


def test_a_proof_has_the_quotation_marks_of_its_language(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = 'Mill: "of his own" [@mill1859].'
    shown = {}
    for lang in ("de", "en"):
        unchecked = verdict(text, "of his own", VerdictKind.UNCHECKED, reason="missing")
        one = post(text, unchecked, lang=lang)
        for page in pages(write(material(one), "pdf")["a/a.pdf"]):
            shown[lang] = page.get_textpage().get_text_bounded()
    assert "„of his own“" in shown["de"].split("Zitate")[-1]
    assert "“of his own”" in shown["en"].split("Quotations")[-1]


def test_links_lead_to_the_book_s_other_parts(post: Any, material: Any, write: Any) -> None:
    parts = [
        post(
            "See [that](b.md), [there](b.md#deep) and [nowhere](b.md#none).",
            path="posts/a.md", title="One", series=(SeriesPart("S", 1),),
        ),
        post(
            "## Deep {#deep}\n\nText.",
            path="posts/b.md", title="Two", series=(SeriesPart("S", 2),),
        ),
    ]  # fmt: skip
    files = write(material(*parts, url="https://example.org"), "pdf")
    with pypdfium2.PdfDocument(files["series/s/s.pdf"]) as document:
        text = document[2].get_textpage().get_text_bounded()
    assert "See that, there and nowhere." in text
    import pikepdf

    with pikepdf.open(io.BytesIO(files["series/s/s.pdf"])) as pdf:
        notes = list(pdf.pages[2].Annots)
        assert len(notes) == 2  # what is not there is no link
        assert all("/URI" not in note.get("/A", pikepdf.Dictionary()) for note in notes)
    with pikepdf.open(io.BytesIO(files["a/a.pdf"])) as pdf:
        addresses = {str(note.A.URI) for note in pdf.pages[0].Annots}
    assert addresses == {
        "https://example.org/b/", "https://example.org/b/#deep", "https://example.org/b/#none"
    }  # fmt: skip


def test_a_template_of_the_project_s_own_is_used(post: Any, material: Any, write: Any) -> None:
    from pubtool.writers.pdf import compiling

    shipped = compiling.shipped("template.typ")
    own = shipped.replace(b"#let line-width = 125mm", b"#let line-width = 60mm")
    assert own != shipped
    given = material(post("Words. " * 60), files={"templates/template.typ": own})
    ((left, right),) = edges(write(given, "pdf")["a/a.pdf"])
    assert right - left < 61 / 25.4 * 72


def test_a_job_is_done_again_for_what_it_depends_on_and_for_nothing_else(
    tmp_path: Path, post: Any, material: Any, pandoc: Any
) -> None:
    face = tmp_path / "a.ttf"
    face.write_bytes(b"OTTO 1")

    def digests(given: Any) -> dict[str, str]:
        return {job.name: job.digest for job in plan_jobs(given, ("pdf",), pandoc)}

    one, other = post("Text."), post("Other.", path="posts/b.md")
    before = digests(replace(material(one, other), fonts=(face,)))
    assert before == digests(replace(material(one, other), fonts=(face, tmp_path / "README.txt")))
    changed = digests(replace(material(one, post("Else.", path="posts/b.md")), fonts=(face,)))
    assert changed["pdf:posts/a.md"] == before["pdf:posts/a.md"]
    assert changed["pdf:posts/b.md"] != before["pdf:posts/b.md"]
    for given in (
        material(one, other, pdf_paper="us-letter"),
        material(one, other, files={"templates/template.typ": b"x"}),
        material(one, other),
    ):
        assert digests(given)["pdf:posts/a.md"] != before["pdf:posts/a.md"]
    face.write_bytes(b"OTTO 2")
    assert digests(replace(material(one, other), fonts=(face,))) != before


BUILD = """
import hashlib, sys
from pathlib import Path
from click.testing import CliRunner
from pubtool.cli import program
done = CliRunner().invoke(program, ["--project", sys.argv[1], "build", "--to", "pdf"])
assert done.exit_code == 0, done.output
for path in sorted(Path(sys.argv[1], "public").rglob("*.pdf")):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_another_folder_zone_and_locale_give_the_same_bytes(tmp_path: Path, red: bytes) -> None:
    said = []
    for name, setting in {
        "one": {"TZ": "Asia/Kathmandu", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
        "another folder": {"TZ": "America/Nome", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"},
    }.items():
        project = tmp_path / name
        (project / "posts").mkdir(parents=True)
        (project / "posts" / "r.png").write_bytes(red)
        front = "title: T\nstatus: publish\ndate: 2026-05-03\nseries: S\n"
        text = f"---\n{front}---\n![Red](r.png)\n\nText $x^2$, العربية ✓.^[Note.]\n"
        (project / "posts" / "a.md").write_text(text, encoding="utf-8")
        (project / "references.bib").write_text("")
        run = subprocess.run(
            [sys.executable, "-c", BUILD, str(project)],
            env={**os.environ, **setting}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        said.append(run.stdout)
    assert said[0] == said[1]
    assert said[0].count(".pdf ") == 2


def test_an_address_gets_no_hyphen_where_a_line_ends(post: Any, material: Any, write: Any) -> None:
    address = "https://www.hyphenation.org/misrepresentation/of/unambiguousness/indefatigable.html"
    texts = [f"{'w' * n} {address} and <{address}>" for n in range(1, 60, 3)]
    data = write(material(post("\n\n".join(texts))), "pdf")["a/a.pdf"]
    said = structure(data).text.replace("\ufffe", "-").replace("\u00ad", "-")
    assert said.count(address) == 2 * len(texts)


@pytest.mark.parametrize(
    ("template", "said"),
    [
        (b"#let x = \n", r"^templates/template\.typ:1: the PDF could not be typeset \(expected"),
        (b"#let x = 1", r"^templates/template\.typ: the PDF could not be typeset \(unknown var"),
        (b'\n\n#panic("no")', r"^templates/template\.typ:3: .*panicked"),
    ],
)
def test_a_fault_of_the_project_s_template_is_told_with_its_line(
    template: bytes, said: str, post: Any, material: Any, write: Any
) -> None:
    given = material(post("Text."), files={"templates/template.typ": template})
    with pytest.raises(TypesetFailed, match=said):
        write(given, "pdf")


@pytest.mark.parametrize(
    ("mode", "form"),
    [
        ("CMYK", "JPEG"),
        ("L", "PNG"),
        ("LA", "PNG"),
        ("P", "GIF"),
        ("RGBA", "WEBP"),
        ("RGBA", "AVIF"),
        ("RGB", "AVIF"),
        ("I;16", "PNG"),
    ],
)
def test_images_of_many_kinds_are_set(
    mode: str, form: str, post: Any, material: Any, write: Any
) -> None:
    """By what their bytes say: the name says PNG of all of them."""
    data = io.BytesIO()
    Image.new(mode, (40, 20)).save(data, form)
    given = material(post("![Alt](r.png)"), files={"posts/r.png": data.getvalue()})
    assert image_sizes(write(given, "pdf")["a/a.pdf"]) == [(30, 15)]


def test_the_lines_of_a_verse_begin_where_the_first_does(
    post: Any, material: Any, write: Any
) -> None:
    text = "::: verse\n| Xylem reads\n| Xylem is\n\n| Xylem ends\n:::"
    for page in pages(write(material(post(text)), "pdf")["a/a.pdf"]):
        words = page.get_textpage()
        starts = [found.start() for found in re.finditer("X", words.get_text_range())]
        lefts = [words.get_charbox(start)[0] for start in starts]
    assert len(lefts) == 3
    assert max(lefts) - min(lefts) < 0.5
