"""Notes of a note style: numbered as they are printed, in every format alike."""

from __future__ import annotations

import html
import io
import json
import re
import zipfile
from typing import Any

import pypdfium2
import pytest

from pubtool.model import SeriesPart
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import plain_text
from pubtool.writers.citations import resolve
from pubtool.writers.csl.notes import number_notes
from pubtool.writers.csl.styles import read_style

from .conftest import DOE, MILL

POST = """A note.[^a] Then [@mill1859, 3]. Two at once [@doe2001; @mill1859].[^b]

| A [^c] | B |
|---|---|
| c | d [@doe2001, 2] |

> Quoted [see @mill1859, 9].

[^a]: Cites nothing.
[^b]: Says [@mill1859, 5]; and [@doe2001, 7].
[^c]: In a table.
"""


def numbers(text: str, pandoc: Pandoc) -> list[int]:
    found: list[int] = []

    def collect(tree: Any) -> None:
        if isinstance(tree, dict) and tree.get("t") == "Cite":
            found.extend(one["citationNoteNum"] for one in tree["c"][0])
        values = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
        for value in values:
            collect(value)

    collect(number_notes(pandoc.parse(text, "x")).ast["blocks"])
    return found


def test_every_note_counts_and_a_citation_in_one_is_of_it(pandoc: Pandoc) -> None:
    assert numbers(POST, pandoc) == [2, 3, 3, 4, 4, 6, 7]


def as_html(files: dict[str, bytes]) -> str:
    return files["a/index.html"].decode()


def as_pdf(files: dict[str, bytes]) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(files["a/a.pdf"]))
    return " ".join(page.get_textpage().get_text_range() for page in document)


def as_wordpress(files: dict[str, bytes]) -> str:
    return files["wordpress/a.html"].decode()


def as_epub(files: dict[str, bytes]) -> str:
    with zipfile.ZipFile(io.BytesIO(files["a/a.epub"])) as book:
        chapters = [name for name in book.namelist() if name.endswith("chapter-1.xhtml")]
        return book.read(chapters[0]).decode()


def as_docx(files: dict[str, bytes]) -> str:
    """Word numbers the notes itself, in the order of their marks."""
    with zipfile.ZipFile(io.BytesIO(files["a/a.docx"])) as book:
        return book.read("word/footnotes.xml").decode()


WAYS = {
    "html": as_html,
    "pdf": as_pdf,
    "wordpress": as_wordpress,
    "epub": as_epub,
    "docx": as_docx,
}


@pytest.mark.parametrize("form", WAYS)
def test_supra_names_the_printed_note(form: str, post: Any, material: Any, write: Any) -> None:
    """The third note is the second citation's: before it stands a note of the author's."""
    files = write(material(post(POST, csl="bluebook-law-review")), form)
    said = html.unescape(re.sub(r"<[^>]*>", "", WAYS[form](files)))
    said = " ".join(said.split()).replace("\ufffe", "")
    assert not re.search(r"[\ue000-\uf8ff]", said)
    assert re.search(r"Mill, supra note 2(?!\d)", said, re.IGNORECASE)
    assert re.search(r"Doe, supra note 3, at 7", said)
    assert re.search(r"Doe, supra note 3, at 2", said)
    assert re.search(r"see Mill, supra note 2, at 9", said, re.IGNORECASE)


def test_a_word_file_of_a_series_counts_its_notes_as_one(
    post: Any, material: Any, write: Any
) -> None:
    """Word numbers the notes of all chapters together, so the references follow."""
    text = "A [@mill1859, 3].[^a] B [@mill1859, 5].\n\n[^a]: N.\n"
    parts = [
        post(text, path=f"posts/{n}.md", title=n, series=(SeriesPart("S", number),))
        for number, n in enumerate("abc", 1)
    ]
    data = write(material(*parts, csl="bluebook-law-review"), "docx")["series/s/s.docx"]
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        notes = re.sub(r"<[^>]*>", "", book.read("word/footnotes.xml").decode())
    assert re.findall(r"supra\s*note\s*(\d+)", notes) == ["1", "4", "7"]


def test_wordpress_keeps_the_order_of_the_numbers(post: Any, material: Any, pandoc: Pandoc) -> None:
    from pubtool.writers.posting import outgoing

    given = material(post(POST, csl="bluebook-law-review"))
    article = outgoing(given, given.site.pages[0], pandoc).write({}, {})
    notes = [re.sub(r"<[^>]*>", "", note["content"]) for note in json.loads(article.footnotes)]
    assert [note[:9] for note in notes] == [
        *(
            "Cites not",
            "John Stua",
            "Jane Doe,",
            "Says Mill",
            "In a tabl",
            "Doe, supr",
            "See Mill,",
        ),
    ]


def note_of(text: str, style: str, pandoc: Pandoc) -> str:
    """Return the last note of a post, as text."""
    entries = [MILL.csl, DOE.csl]
    document = pandoc.parse(text, "x")
    written = resolve(document, entries, read_style(style, None), "en-US", pandoc)
    from pubtool.writers.ast import collect

    return plain_text(collect(written.ast["blocks"], frozenset({"Note"}))[-1]["c"])


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("[@mill1859, 5].", "Mill, On Liberty, 5."),
        ("[@mill1859, 5]", "Mill, On Liberty, 5."),
        ("[@mill1859, 5]; so", "Mill, On Liberty, 5; so"),
        ("[@mill1859, 5], who", "Mill, On Liberty, 5, who"),
        ("[@mill1859, 5] says so.", "Mill, On Liberty, 5 says so."),
        ("[@mill1859, 5]. More.", "Mill, On Liberty, 5. More."),
        ("So [@mill1859, 5].", "So Mill, On Liberty, 5."),
        ("So [@mill1859, 5]", "So Mill, On Liberty, 5."),
        ("So (cf. [@mill1859, 5]).", "So (cf. Mill, On Liberty, 5)."),
        ("Is it [@mill1859, 5]?", "Is it Mill, On Liberty, 5?"),
        ("*So [@mill1859, 5]*.", "So Mill, On Liberty, 5."),
    ],
)
def test_a_citation_fits_the_sentence_of_the_author_s_note(
    note: str, said: str, pandoc: Pandoc
) -> None:
    text = f"First [@mill1859]. A [@doe2001].[^a]\n\n[^a]: {note}\n"
    assert note_of(text, "chicago-notes-bibliography", pandoc) == said


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("[@mill1859].", "Id."),
        ("[@mill1859, 5].", "Id. at 5."),
        ("See [@mill1859].", "See id."),
        ("See [@mill1859]", "See id."),
        ("[@mill1859]; so", "Id.; so"),
        ("So it is. [@mill1859, 5].", "So it is. Id. at 5."),
        ("But cf. [@mill1859, 5].", "But cf. id. at 5."),
        ("He says, e.g., [@mill1859, 5].", "He says, e.g., id. at 5."),
    ],
)
def test_id_has_a_capital_where_it_begins_a_sentence(note: str, said: str, pandoc: Pandoc) -> None:
    text = f"First [@mill1859].[^a]\n\n[^a]: {note}\n"
    assert note_of(text, "bluebook-law-review", pandoc) == said


def test_every_paragraph_and_list_of_a_note_is_looked_through(pandoc: Pandoc) -> None:
    text = "First [@mill1859].[^a]\n\n[^a]: One.\n\n    - [@mill1859, 5]; so\n"
    assert note_of(text, "bluebook-law-review", pandoc) == "One.Id. at 5; so"
