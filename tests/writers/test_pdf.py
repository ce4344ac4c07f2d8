"""PDF: tagged, titled, reproducible, and nothing of a post runs as Typst code."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pypdfium2
import pytest
from tests.pictures import picture
from tests.writers.structure import squeezed, structure

from pubtool.errors import GlyphMissing, TypesetFailed
from pubtool.model import SeriesPart
from pubtool.writers.titles import in_print

HOSTILE = '"; #read("template.typ") #panic("x") \\ #let a = 1 ${ ]]'

PICTURE = picture(1, size=(40, 20))


def words(data: bytes) -> str:
    """Return a PDF's text with single blanks, line-end hyphens taken out."""
    with pypdfium2.PdfDocument(data) as document:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    return " ".join(" ".join(pages).replace("\ufffe", "").split())


def test_it_is_tagged_and_says_what_it_is(post: Any, material: Any, write: Any) -> None:
    checked = post(
        "Text [@mill1859].[^1]\n\n[^1]: Note with a [link](https://example.org).",
        title="A “quoted” title",
        lang="en-GB",
        tags=("law", "words"),
    )
    data = write(material(checked), "pdf")["a/a.pdf"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert "/StructTreeRoot" in pdf.Root
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert str(pdf.docinfo["/Title"]) == "A “quoted” title"
        assert str(pdf.docinfo["/Author"]) == "Jane Doe"
        assert str(pdf.docinfo["/Keywords"]) == "law, words"
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_body_notes_and_sources_are_set(post: Any, verdict: Any, material: Any, write: Any) -> None:
    text = 'Mill wrote "of his own" [@mill1859, 12]. A formula $a^2$, H~2~O.\n\n## Deep\n\n- item'
    text_of = words(write(material(post(text, verdict(text, "of his own"))), "pdf")["a/a.pdf"])
    assert "Mill wrote “of his own”." in text_of
    assert "1 quotation: 1 word for word." in text_of
    assert "Sources Mill, John Stuart. On Liberty. Parker, 1859." in text_of


def test_two_runs_give_the_same_bytes(post: Any, material: Any, write: Any) -> None:
    def run() -> dict[str, bytes]:
        one = post("![Red](r.png) Text [@doe2001].", series=(SeriesPart("S", 1),))
        files: dict[str, bytes] = write(material(one, files={"posts/r.png": PICTURE}), "pdf")
        return files

    first = run()
    assert set(first) == {"a/a.pdf", "series/s/s.pdf"}
    assert first == run()


def test_a_series_is_one_book_with_contents(post: Any, material: Any, write: Any) -> None:
    parts = [
        post(
            f"# Same heading\n\nSee [it](#same-heading). Text [@mill1859].[^n]\n\n[^n]: Note {n}.",
            path=f"posts/{n}.md",
            title=f"Part {n}",
            series=(SeriesPart("The book", n),),
        )
        for n in (1, 2)
    ]
    data = write(material(*parts), "pdf")["series/the-book/the-book.pdf"]
    text = words(data)
    assert "Contents 1 Part 1" in text
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root if item.title != "Contents"] == [
            "1 Part 1",
            "2 Part 2",
        ]


@pytest.mark.parametrize("field", ["title", "author", "keyword", "series"])
def test_what_is_said_of_a_post_is_never_code(
    field: str, post: Any, material: Any, write: Any
) -> None:
    fronts: dict[str, dict[str, Any]] = {
        "title": {"title": HOSTILE},
        "author": {"authors": (HOSTILE,)},
        "keyword": {"tags": (HOSTILE,)},
        "series": {"series": (SeriesPart(HOSTILE, 1),)},
    }
    files = write(material(post("Text.", **fronts[field])), "pdf")
    with pikepdf.open(io.BytesIO(files["a/a.pdf"])) as pdf:
        info = {name: str(value) for name, value in pdf.docinfo.items()}
    if field == "series":
        assert HOSTILE in words(next(data for path, data in files.items() if "series" in path))
    else:
        shown = in_print(HOSTILE) if field == "title" else HOSTILE
        assert shown in info.values()


@pytest.mark.parametrize(
    "text",
    [
        '#read("template.typ") and #panic("x")',
        '`#panic("x")`{=typst} text',
        '```{=typst}\n#panic("x")\n```\n\ntext',
        '[text]{typst:text:fill="panic(1)"}',
        '::: {typst:block:fill="panic(1)"}\ntext\n:::',
        '$x$ "]#panic(1)[" text',
        '[text](#nowhere) and [text](<a b"c>)',
        '# text {#a">x}\n\n[text](<#a">x>)',
        "text \\#panic(1) // /* */ @ref <label> _*`$",
    ],
)
def test_nothing_in_a_post_runs_as_code(text: str, post: Any, material: Any, write: Any) -> None:
    set_text = words(write(material(post(text)), "pdf")["a/a.pdf"])
    assert "text" in set_text or "#read" in set_text


def test_a_character_that_no_font_has_is_named(post: Any, material: Any, write: Any) -> None:
    text = "A\n\nA 漢 character, 한 and 漢."
    with pytest.raises(GlyphMissing, match=r"posts/a\.md:3: .*漢 \(U\+6F22\), 한 \(U\+D55C\);"):
        write(material(post(text)), "pdf")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (
            "![Red](r.png)\n\n![](r.png)",
            r"posts/a\.md:3: the image r\.png has no alternative text, .*; write it between",
        ),
        (
            "Words.\n\n![Red](none.png)",
            r"posts/a\.md:3: the image none\.png is not a file of the project, .*; add the file",
        ),
        ("Of none.png.\n\n![Red](none.png)", r"posts/a\.md:3: the image none\.png is not"),
        ("Next\n\nof <img src=x alt=Red>", r"posts/a\.md:3: the image x is not a file"),
    ],
)
def test_an_image_that_cannot_be_set_is_refused(
    text: str, why: str, post: Any, material: Any, write: Any
) -> None:
    with pytest.raises(TypesetFailed, match=why):
        write(material(post(text), files={"posts/r.png": PICTURE}), "pdf")


def test_an_image_from_elsewhere_is_a_link(post: Any, material: Any, write: Any) -> None:
    set_text = write(material(post("![Red](https://example.org/r.png)")), "pdf")["a/a.pdf"]
    assert "Red" in words(set_text)


def test_an_image_that_only_decorates_is_passed_over(post: Any, material: Any, write: Any) -> None:
    one = post('Words ![](r.png){alt=""} and ![A box](r.png).')
    data = write(material(one, files={"posts/r.png": PICTURE}), "pdf")["a/a.pdf"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = [
            str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        ]
    assert texts == ["A box"]


def test_a_picture_and_a_formula_are_read_out(post: Any, material: Any, write: Any) -> None:
    one = post('![A "red" box](r.png)\n\nAs $x^2$ says.')
    data = write(material(one, files={"posts/r.png": PICTURE}), "pdf")["a/a.pdf"]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        texts = {
            str(o["/Alt"]) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/Alt" in o
        }
    assert texts == {"A “red” box", "x squared"}


def test_a_draft_is_stamped(post: Any, material: Any, write: Any) -> None:
    text = words(write(material(post("Text."), draft=True), "pdf")["a/a.pdf"])
    assert text.startswith("Draft, unverified")


def test_html_of_the_author_s_own_is_set_as_far_as_a_book_can(
    post: Any, material: Any, write: Any
) -> None:
    text = (
        "Some <b>bold</b> words, H<sub>2</sub>O.\n\n"
        '<div class="x"><p>In a block.</p><table><tr><th>Head</th></tr><tr><td>Cell</td></tr>'
        "</table></div>\n\n<script>alert(1)</script>\n\nThe end."
    )
    data = write(material(post(text)), "pdf")["a/a.pdf"]
    root = structure(data)
    assert "bold" in [squeezed(one.text) for one in root.all("Strong")]
    assert [squeezed(one.text) for one in root.all("TH", "TD")] == ["Head", "Cell"]
    said = squeezed(root.text)
    assert "In a block." in said
    assert "alert" not in said
