"""What a screen reader gets of a PDF: its tags, in the order of the post, and what they say."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pdfua import validate
from tests.writers.structure import Element, squeezed, structure

from pubtool.model import SeriesPart, VerdictKind
from pubtool.writers.verification import post_verification

TEXT = """\
Opening words. Mill wrote "of his own" [@mill1859, 12], and "no text" elsewhere.[^n]

[^n]: A note with a [link](https://example.org/).

## First *section*

- one
- two

    1. inner

Term
:   Definition.

### Deeper

> Quoted words here.
>
> — John Mill

![A red box](r.png "Its caption")

Table: What there is.

| Name | Number |
|:-----|-------:|
| ones | 1 |

As $x^2$ says in [Wörtern]{lang=de} and `code`.

##### Skipping

- [ ] open
- [x] done

::: verse
| Roses
| Violets
:::

```
print(1)
```

***

The end.
"""


def read(data: bytes) -> Element:
    return structure(data)


@pytest.fixture
def built(post: Any, verdict: Any, material: Any, write: Any, red: bytes) -> dict[str, bytes]:
    verdicts = (
        verdict(TEXT, "of his own"),
        verdict(TEXT, "no text", VerdictKind.UNCHECKED, reason="missing"),
    )
    one = post(TEXT, *verdicts, title="The title", lang="en-GB", series=(SeriesPart("Book", 1),))
    two = post(
        "Ein Wort.\n\n## Abschnitt\n\nMehr.",
        path="posts/b.md",
        title="Der zweite",
        lang="de",
        series=(SeriesPart("Book", 2),),
    )
    files: dict[str, bytes] = write(material(one, two, files={"posts/r.png": red}), "pdf")
    return files


def test_it_is_marked_titled_and_declares_both_standards(built: dict[str, bytes]) -> None:
    for data, lang, title in (
        (built["a/a.pdf"], "en-GB", "The title"),
        (built["b/b.pdf"], "de", "Der zweite"),
        (built["series/book/book.pdf"], "en-GB", "Book"),
    ):
        with pikepdf.open(io.BytesIO(data)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == lang
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert str(pdf.docinfo["/Title"]) == title
            assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
            with pdf.open_metadata() as metadata:
                assert metadata["pdfuaid:part"] == "1"
                assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
                assert metadata["dc:title"] == title


def test_the_headings_are_the_post_s_and_skip_no_level(built: dict[str, bytes]) -> None:
    found = [
        (one.tag, squeezed(one.text))
        for one in read(built["a/a.pdf"]).walk()
        if one.tag[0] == "H" and one.tag[1:].isdigit()
    ]
    assert found == [
        ("H1", "The title"),
        ("H2", "First section"),
        ("H3", "Deeper"),
        ("H4", "Skipping"),
        ("H2", "Sources"),
        ("H2", "Quotations"),
    ]


def test_a_book_s_headings_begin_with_its_contents(built: dict[str, bytes]) -> None:
    root = read(built["series/book/book.pdf"])
    levels = [
        int(one.tag[1:]) for one in root.walk() if one.tag[0] == "H" and one.tag[1:].isdigit()
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    first = [squeezed(one.text) for one in root.all("H1")]
    assert first == ["Contents", "The title", "Der zweite", "Quotations"]
    entries = [squeezed(one.text) for one in root.all("TOCI")]
    assert [entry.split("\u2026")[0].rstrip(" .0123456789") for entry in entries][:2] == [
        "1 The title",
        "First section",
    ]


def test_each_kind_of_block_has_its_tag(built: dict[str, bytes]) -> None:
    root = read(built["a/a.pdf"])
    assert [squeezed(one.text) for one in root.all("BlockQuote")] == [
        "Quoted words here. — John Mill"
    ]
    items = [[squeezed(item.text) for item in one.all("LI")] for one in root.all("L")]
    assert ["• one", "• two", "1. inner"] in items
    assert ["☐ open", "☑ done"] in items
    assert ["Term Definition."] in items
    assert [squeezed(cell.text) for cell in root.all("TH")] == ["Name", "Number"]
    assert [squeezed(cell.text) for cell in root.all("TD")] == ["ones", "1"]
    assert all(cell.attributes["/Scope"] == "/Column" for cell in root.all("TH"))
    assert {squeezed(one.text) for one in root.all("Caption")} == {
        "Its caption",
        "What there is.",
    }
    assert [one.alt for one in root.all("Figure")] == ["A red box"]
    assert [one.alt for one in root.all("Formula")] == ["x squared"]
    assert [squeezed(one.text) for one in root.all("Code")] == ["code", "print(1)"]


def test_it_is_read_in_the_order_of_the_post(built: dict[str, bytes]) -> None:
    said = squeezed(read(built["a/a.pdf"]).text)
    order = [
        "The title", "Jane Doe", "Opening words. Mill wrote", "of his own", "A note with a link.",
        "First section", "one", "two", "inner", "Term", "Definition.", "Deeper", "Quoted words",
        "John Mill", "Its caption", "What there is.", "Name", "Number", "ones", "As", "Skipping",
        "open", "done", "Roses", "Violets", "print(1)", "The end.", "Sources", "Quotations",
    ]  # fmt: skip
    places, at = [], 0
    for words in order:
        at = said.find(words, at)
        places.append(at)
    assert -1 not in places, order[places.index(-1)]
    assert "*" not in said  # a pause is not read out
    assert "1 May" not in said


def test_a_note_stands_where_it_is_referred_to(built: dict[str, bytes]) -> None:
    notes = read(built["a/a.pdf"]).all("Note")
    assert [squeezed(one.text) for one in notes] == [
        "1 John Stuart Mill, On Liberty (Parker, 1859), 12.",
        "2 A note with a link.",
    ]


def test_words_in_another_language_say_which(built: dict[str, bytes]) -> None:
    root = read(built["a/a.pdf"])
    assert [squeezed(one.text) for one in root.walk() if one.lang == "de"] == ["Wörtern"]
    book = read(built["series/book/book.pdf"])
    german = [squeezed(one.text) for one in book.walk() if one.lang == "de"]
    assert {"Der zweite", "Ein Wort.", "Abschnitt", "Mehr."} <= set(german)


def test_every_link_says_where_it_leads(built: dict[str, bytes]) -> None:
    for title, data in built.items():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            links = [note for page in pdf.pages for note in page.get("/Annots", [])]
            assert links or title == "b/b.pdf"
            assert all(str(link.Subtype) == "/Link" and str(link.Contents) for link in links)


def test_bookmarks_and_page_labels(built: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(built["series/book/book.pdf"])) as pdf:
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "Contents",
                "1 The title",
                "2 Der zweite",
                "Quotations",
            ]
            parts = [[child.title for child in item.children] for item in outline.root]
            assert parts[1][0] == "First section"
        labels = [page.label for page in pdf.pages]
    assert labels == ["i", "ii", *[str(number) for number in range(1, len(labels) - 1)]]


def test_every_font_is_embedded(built: dict[str, bytes]) -> None:
    for data in built.values():
        with pikepdf.open(io.BytesIO(data)) as pdf:
            described = [
                one
                for one in pdf.objects
                if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
            ]
            assert described
            for one in described:
                assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(one.keys())


def test_a_quotation_leads_to_its_proof_and_the_proof_back(built: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(built["a/a.pdf"])) as pdf:
        pages: Any = pdf.pages
        inside = [
            note
            for page in pages
            for note in page.get("/Annots", [])
            if "/Dest" in note or note.get("/A", pikepdf.Dictionary()).get("/S") == "/GoTo"
        ]
        assert len(inside) >= 4  # there, and back from each of the two entries
    root = read(built["a/a.pdf"])
    marks = [squeezed(one.text) for one in root.all("Link") if "✓" in one.text]
    assert marks == ["✓"]  # what was not compared has another
    proofs = [squeezed(item.text) for item in root.all("L")[-1].all("LI")]
    assert proofs[0].startswith("1 ✓ Word for word words before of his own after")
    assert proofs[1].startswith("2 ○ Not checked: no text of the source is at hand")


def test_it_carries_the_record_of_what_was_compared(
    post: Any, verdict: Any, material: Any, write: Any
) -> None:
    text = 'Mill wrote "of his own" here.'
    parts = [
        post(text, verdict(text, "of his own"), series=(SeriesPart("S", 1),)),
        post("No quotation.", path="posts/b.md", series=(SeriesPart("S", 2),)),
        post(text, verdict(text, "of his own"), path="posts/c.md", series=(SeriesPart("S", 3),)),
    ]
    given = material(*parts)
    files = write(given, "pdf")
    page = next(page for page in given.site.pages if page.path == "posts/a.md")
    record = post_verification(given, page, {})
    assert json.loads(record)["quotations"][0]["verdict"] == "verbatim"
    with pikepdf.open(io.BytesIO(files["a/a.pdf"])) as pdf:
        assert [bytes(one.get_file().read_bytes()) for one in pdf.attachments.values()] == [record]
        assert [str(one.AFRelationship) for one in pdf.Root.AF] == ["/Supplement"]
        assert list(pdf.attachments) == ["verification.json"]
    with pikepdf.open(io.BytesIO(files["b/b.pdf"])) as pdf:
        assert not list(pdf.attachments)
    with pikepdf.open(io.BytesIO(files["series/s/s.pdf"])) as pdf:
        assert list(pdf.attachments) == ["a.verification.json", "c.verification.json"]


def test_a_validator_has_nothing_to_say(built: dict[str, bytes], tmp_path: Path) -> None:
    """It knows some of PDF/UA's rules alone, and is no proof of conformance."""
    for number, data in enumerate(built.values()):
        path = tmp_path / f"{number}.pdf"
        path.write_bytes(data)
        outcomes = validate(str(path)).outcomes
        silent = {one.rule_id: one.skipped_reason for one in outcomes if one.skipped_reason}
        assert set(silent) <= _CRASHES, silent
        assert len(outcomes) > 10
        assert not [finding for one in outcomes for finding in one.findings]


_CRASHES = {"UA-14-001"}
"""A rule of the validator's that fails by itself with the pikepdf at hand."""
