"""PDF: printed pages become running text, with what is no part of it marked."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import typst

from pubtool.model import MissingText, Source, SourceText, Unavailable
from pubtool.model.places import Key
from pubtool.readers.lock import Lock
from pubtool.readers.sources.extracted import Extracted
from pubtool.readers.sources.pdf import find_pictures, read_pdf
from pubtool.readers.sources.pdf.lines import is_garbled
from pubtool.readers.sources.read import read_source

LETTERS = "abcdefgh"


def pdf(body: str) -> bytes:
    return bytes(typst.compile(body.encode(), ignore_system_fonts=True))


def read(body: str) -> Extracted:
    return read_pdf(pdf(body), "k.pdf")


def hidden(found: Extracted) -> list[str]:
    return [found.text[span.start : span.end] for span in found.furniture]


def running(found: Extracted) -> str:
    """Return the text without its furniture, on one line, words broken at line ends joined."""
    kept, at = "", 0
    for span in found.furniture:
        kept += found.text[at : span.start]
        at = span.end
    kept += found.text[at:]
    return " ".join(re.sub(r"-\n\s*", "", kept).split())


def source_of(tmp_path: Path, data: bytes) -> SourceText | MissingText:
    (tmp_path / "sources").mkdir(exist_ok=True)
    (tmp_path / "sources/k.pdf").write_bytes(data)
    return read_source(Source(Key("k"), "book", "K"), tmp_path, Lock())


def body_of(found: Extracted) -> str:
    """Return the running text without the notes, which stand behind the last page."""
    return running(found).partition("¹See")[0]


def pages_of(found: Extracted, label: str = "page") -> list[str]:
    return [mark.locator.value for mark in found.landmarks if mark.locator.label == label]


# --- Lines ----------------------------------------------------------------------------------------


def test_a_word_broken_at_a_line_s_end_keeps_its_hyphen_there() -> None:
    found = read("""#set page(width: 5cm)
#set text(hyphenate: true)
#set par(justify: true)
The incontrovertible interdependencies of telecommunications infrastructures.""")
    assert "telecommunications in-\nfrastructures." in found.text


def test_ligatures_are_their_letters() -> None:
    assert read("The first office offers difficult flights.").text.strip() == (
        "The first office offers difficult flights."
    )


def test_raised_figures_are_written_as_such_and_others_are_not() -> None:
    found = read(
        "In 1999#super[10] they measured H#sub[2]O, 10#super[5] of it; #super[1]/#sub[2] was lost,"
        " in 2000 #super(typographic: false)[3] more."
    )
    assert found.text.strip() == (
        "In 1999¹⁰ they measured H2O, 10⁵ of it; 1/2 was lost, in 2000 ³ more."
    )


def test_a_line_that_a_change_of_font_cuts_is_one_line() -> None:
    found = read("The #text(size: 20pt)[large] and the _slanted_, *heavy* `fixed` words.")
    assert found.text.strip() == "The large and the slanted, heavy fixed words."


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_turned_pages_are_read_as_they_are_shown(turn: int) -> None:
    lines = "".join(f"The {c} lamp was lit.\n\n" for c in LETTERS)
    upright = pdf(f"#set page(width: 12cm, height: 8cm, columns: 2)\n{lines}")
    text = f"#set page(width: 8cm, height: 12cm)\n#rotate({turn}deg, reflow: true)"
    sideways = pdf(text + f"[#box(width: 10cm, height: 6cm, columns(2)[{lines}])]")
    with pikepdf.open(BytesIO(sideways)) as document:
        document.pages[0].Rotate = 360 - turn
        out = BytesIO()
        document.save(out)
    expected = " ".join(f"The {c} lamp was lit." for c in LETTERS)
    assert running(read_pdf(upright, "k.pdf")) == expected
    assert running(read_pdf(out.getvalue(), "k.pdf")) == expected
    assert running(read_pdf(sideways, "k.pdf")) == expected


def test_text_from_right_to_left_is_in_its_own_order() -> None:
    found = read('#set text(dir: rtl, lang: "he")\nבראשית ברא אלהים את השמים ואת הארץ')
    assert found.text.strip() == "בראשית ברא אלהים את השמים ואת הארץ"


# --- Columns --------------------------------------------------------------------------------------

COLUMNS = "\n\n".join(
    f"The {c} lamp of the keeper was lit at dusk, and it burned." for c in LETTERS
)


def test_columns_are_read_one_after_the_other() -> None:
    found = read(f"#set page(width: 9cm, height: 7cm, columns: 2)\n{COLUMNS}")
    assert running(found) == " ".join(COLUMNS.split())


def test_columns_that_were_drawn_in_another_order_are_read_as_a_reader_does() -> None:
    right, left = (
        f"#box(width: 4cm)[{COLUMNS.replace('lamp', name)}]" for name in ("bell", "lamp")
    )
    found = read(f"""#set page(width: 12cm, height: 20cm, margin: 1cm)
#place(dx: 5.5cm, dy: 1cm)[{right}]
#place(dy: 1cm)[{left}]
#place(dy: 0cm)[A title that is set over both of the columns, above them]""")
    said = " ".join(COLUMNS.split())
    title = "A title that is set over both of the columns, above them"
    assert running(found) == f"{title} {said} {said.replace('lamp', 'bell')}"


def test_a_table_is_read_row_by_row() -> None:
    found = read(
        "#table(columns: 3, [Port], [Ships], [Lamps], [Harwich], [12], [4], [Deal], [9], [2])"
    )
    assert " ".join(found.text.split()) == "Port Ships Lamps Harwich 12 4 Deal 9 2"


# --- Heads, feet, notes ---------------------------------------------------------------------------

BOOK = """#set page(width: 9cm, height: 9cm, margin: 1.2cm, numbering: "1",
  header: [_The Keeper_ #h(1fr) Harbour Lamps])
#set par(justify: true)
#counter(page).update(241)
"""
NOTE = "See the report of the harbour, volume {}, page 7."


def note_pages(note: str = NOTE) -> str:
    return BOOK + "\n#pagebreak()\n".join(
        f"The {c} lamp was lit at dusk#footnote[{note.format(c)}] and it burned until the ship came"
        f" in, whatever the keeper of the {c} house had said of it to those who asked him for"
        for c in LETTERS
    )


NUMBERS = [str(241 + number) for number in range(len(LETTERS))]


def test_heads_and_feet_are_furniture_and_notes_stand_behind_the_text() -> None:
    found = read(note_pages())
    covered = "\n".join(hidden(found))
    assert covered.count("The Keeper") == len(LETTERS)
    assert "245" in covered
    assert "who asked him for The b lamp was lit at dusk² and" in running(found)
    notes = found.text.rpartition("\f")[2]
    assert notes.count("See the report of the harbour") == len(LETTERS)
    assert "lamp" not in notes


def test_each_note_is_a_locator_on_its_page() -> None:
    found = read(note_pages())
    assert pages_of(found) == NUMBERS * 2
    assert pages_of(found, "note") == [str(number) for number in range(1, len(LETTERS) + 1)]


def test_no_head_stands_between_the_halves_of_a_word() -> None:
    words = "The incontrovertible keeper of infrastructures lit his lamp at dusk. " * 60
    found = read(
        f"""{BOOK}#set page(width: 6cm)\n#set text(hyphenate: true, lang: "en")\n{words}"""
    )
    assert running(found) == " ".join(words.split())
    assert "-\n\f" in found.text


def test_a_long_note_that_goes_on_over_the_page_is_one_note() -> None:
    long = NOTE.format("a") + "".join(
        f" The keeper wrote {'at length ' * (n % 3)}of it to the harbour in year {n}."
        for n in range(24)
    )
    lamps = ("lamp", "lantern", "beacon", "candle", "torch", "fire", "light")
    ports = ("Harwich", "Deal", "Dover", "Rye", "Hastings")
    words = [
        f"The {lamps[n % 7]} of {ports[n % 5]} was lit by keeper {chr(97 + n % 26)}, who sailed."
        for n in range(44)
    ]
    found = read(f"{BOOK}{' '.join(words[:4])} The lamp#footnote[{long}] {' '.join(words[4:])}")
    assert all(one in body_of(found) for one in words)
    assert "of it to the harbour" not in body_of(found)
    assert " ".join(long.split()) in running(found)


def test_small_print_without_a_mark_is_text() -> None:
    found = read(BOOK + "\n#pagebreak()\n".join(
        f"The {c} lamp was lit.\n\nIt burned.\n\nAnd it went out.\n\n"
        f"#text(size: 8pt)[The {c} picture shows a lamp.]" for c in LETTERS))  # fmt: skip
    assert running(found).count("picture shows a lamp") == len(LETTERS)


def test_pages_in_small_print_throughout_are_text() -> None:
    small = "\n\n".join(f"#text(size: 8pt)[[{n}] A work on lamps, {n}.]" for n in range(1, 60))
    found = read(BOOK + "Words of the text that are larger. " * 90 + "\n#pagebreak()\n" + small)
    assert running(found).count("A work on lamps") == 59


def test_numbers_of_lines_are_locators() -> None:
    found = read('#set page(width: 9cm, height: 12cm)\n#set par.line(numbering: "1")\n' + COLUMNS)
    assert running(found) == " ".join(COLUMNS.split())
    assert pages_of(found, "line")[:3] == ["1", "2", "3"]
    (third,) = (mark.at for mark in found.landmarks if mark.locator.value == "3")
    assert found.text[third:].startswith(found.text.split("\n")[2])


def test_short_notes_one_below_the_other_are_no_numbers_of_lines() -> None:
    words = "and it burned until the ship came in. " * 3
    found = read(BOOK.replace("height: 9cm", "height: 16cm") + "".join(
        f"The {c} lamp was lit#footnote[Note {c}.] at dusk, {words}" for c in LETTERS))  # fmt: skip
    assert pages_of(found, "line") == []
    assert pages_of(found, "note") == [str(number) for number in range(1, len(LETTERS) + 1)]


def test_a_stamp_in_the_margin_cuts_no_passage() -> None:
    stamp = "#place(dx: -1cm, rotate(-90deg, reflow: true)[arXiv:1234.5678v1 3 May 2026])\n"
    found = read(f"#set page(width: 9cm, height: 14cm)\n{stamp}{COLUMNS}")
    assert running(found) == " ".join(COLUMNS.split())
    assert "arXiv" in "".join(hidden(found))


# --- Page numbers ---------------------------------------------------------------------------------


def unlabelled(data: bytes, labels: list[object] | None = None) -> bytes:
    """Return a PDF without its page labels, or with others."""
    with pikepdf.open(BytesIO(data)) as document:
        del document.Root.PageLabels
        if labels:
            document.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def test_without_labels_the_printed_numbers_are_the_pages() -> None:
    found = read_pdf(unlabelled(pdf(note_pages())), "k.pdf")
    assert pages_of(found) == NUMBERS * 2


def test_what_is_printed_wins_over_labels_that_count_from_one() -> None:
    labels: list[object] = [0, pikepdf.Dictionary(S=pikepdf.Name.D)]
    found = read_pdf(unlabelled(pdf(note_pages()), labels), "k.pdf")
    assert pages_of(found) == NUMBERS * 2


def test_a_preface_and_the_book_behind_it_count_each_for_itself() -> None:
    pages = [f"Some words of {c}.\n\nAnd more of {c}.\n#pagebreak()\n" for c in "abcdefghij"]
    book = (
        f'#set page(width: 9cm, height: 9cm, numbering: "i")\n{"".join(pages[:5])}'
        f'#set page(numbering: "1")\n#counter(page).update(1)\n{"".join(pages[5:])}'
    )
    expected = ["i", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5"]
    assert pages_of(read(book))[:10] == expected
    assert pages_of(read_pdf(unlabelled(pdf(book)), "k.pdf"))[:10] == expected


def test_pages_that_show_no_number_and_have_no_label_have_none() -> None:
    page = "Some words of it.\n\nAnd more words.\n#pagebreak()\n"
    assert pages_of(read(f"#set page(width: 9cm, height: 9cm)\n{page * 5}")) == []


# --- What cannot be read --------------------------------------------------------------------------


def test_encrypted_pdf_is_unreadable(tmp_path: Path) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf("Words"))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    found = source_of(tmp_path, out.getvalue())
    assert isinstance(found, MissingText)
    assert (found.why, "encrypted" in found.detail) == (Unavailable.UNREADABLE, True)


def picture(document: pikepdf.Pdf) -> None:
    """Add a page that holds an image and no text."""
    document.add_blank_page()
    image = pikepdf.Stream(document, b"\x00" * 12)
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=2,
        Height=2,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
    )
    page = document.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
    page.Contents = pikepdf.Stream(document, b"q 500 0 0 700 0 0 cm /I Do Q")


def test_a_scan_is_named_as_one(tmp_path: Path) -> None:
    document, out = pikepdf.new(), BytesIO()
    picture(document)
    document.save(out)
    found = source_of(tmp_path, out.getvalue())
    assert isinstance(found, MissingText)
    assert found.why is Unavailable.SCAN
    assert "pubtool sources add" in found.detail


def test_a_picture_among_pages_of_text_is_an_unread_page(tmp_path: Path) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf("Words"))) as document:
        picture(document)
        document.save(out)
    found = source_of(tmp_path, out.getvalue())
    assert isinstance(found, SourceText)
    assert found.unread == ("2",)


def test_a_stamp_on_a_scan_is_not_its_text(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf("Downloaded by the harbour library on 3 May 2026"))) as stamp:
        document, out = pikepdf.new(), BytesIO()
        picture(document)
        picture(document)
        document.pages[0].add_overlay(stamp.pages[0], None)
        document.save(out)
    found = source_of(tmp_path, out.getvalue())
    assert isinstance(found, MissingText)
    assert found.why is Unavailable.SCAN
    assert find_pictures(out.getvalue()) == (0, 1)


def test_text_whose_letters_the_file_does_not_name_is_none() -> None:
    assert is_garbled("\ue001\ue002 \ue003\ue004" * 10)
    assert is_garbled("\ufffd\ufffd a" * 20)
    assert not is_garbled("The lamp\ufffe burned \ue001 at dusk" * 10)
    assert not is_garbled("\ue001")


def test_blank_pdf_is_empty(tmp_path: Path) -> None:
    found = source_of(tmp_path, pdf("#pagebreak()"))
    assert isinstance(found, MissingText)
    assert (found.why, "scan" in found.detail) == (Unavailable.EMPTY, False)


def test_a_page_that_is_damaged_costs_no_other(tmp_path: Path) -> None:
    with pikepdf.open(BytesIO(pdf("One\n#pagebreak()\nTwo\n#pagebreak()\nThree"))) as document:
        document.pages[1].obj.Type = pikepdf.Name.Nonsense
        out = BytesIO()
        document.save(out)
    found = source_of(tmp_path, out.getvalue())
    assert isinstance(found, SourceText)
    assert found.text.split() == ["One", "Three"]
    assert found.unread == ("2",)


# --- The file's own pages -------------------------------------------------------------------------


def test_the_file_s_own_pages_are_counted_whatever_is_printed_on_them() -> None:
    found = read("""#set page(numbering: "i")
Preface words.#footnote[A note to the preface.]
#pagebreak()
#set page(numbering: "1")
#counter(page).update(41)
Body words.#footnote[A note to the body.]
#pagebreak()
Last words.""")
    assert [sheet.number for sheet in found.sheets][:3] == [1, 2, 3]

    def sheet_of(words: str) -> int:
        at = found.text.index(words)
        return [sheet.number for sheet in found.sheets if sheet.at <= at][-1]

    places = {words: sheet_of(words) for words in ("Preface", "Body", "Last")}
    assert places == {"Preface": 1, "Body": 2, "Last": 3}
    assert sheet_of("A note to the preface") == 1  # notes stand behind the last page
    assert sheet_of("A note to the body") == 2


def test_of_several_files_each_page_names_its_own(tmp_path: Path) -> None:
    one = source_of(tmp_path, pdf("One page of words."))
    assert isinstance(one, SourceText)
    assert [sheet.number for sheet in one.sheets] == [1]
    (tmp_path / "sources/k").mkdir()
    for name in ("1.pdf", "2.pdf"):
        (tmp_path / "sources/k" / name).write_bytes(pdf("One page of words."))
    (tmp_path / "sources/k.pdf").unlink()
    both = read_source(Source(Key("k"), "book", "K"), tmp_path, Lock())
    assert isinstance(both, SourceText)
    assert [(sheet.file, sheet.number) for sheet in both.sheets] == [(0, 1), (1, 1)]
