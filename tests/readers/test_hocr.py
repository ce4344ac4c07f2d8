"""hOCR: what a recogniser read, with its doubts, and what stood raised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.model import Span
from pubtool.readers.sources.hocr import place_words, read_hocr, source_of
from pubtool.readers.sources.hocr_compact import compact
from pubtool.readers.sources.pdf.picture import Chunk, find_among

DIGEST = "0123456789abcdef" * 4
PAGE = """<div class='ocr_page' title='image "x.png"; bbox 0 0 1500 2100; ppageno {number};
 scan_res 300 300'>{lines}</div>"""
LINE = """<span class='ocr_line' title="bbox 100 {top} 900 {bottom}; baseline 0 -10; x_size 40">
{words}</span>"""


def word(text: str, confidence: int = 95, more: str = "") -> str:
    title = f"bbox 100 100 200 140; x_wconf {confidence}{more}"
    return f"<span class='ocrx_word' title='{title}'>{text}</span>"


def document(*lines: str, number: int = 0) -> bytes:
    written = "".join(
        LINE.format(top=100 * place, bottom=100 * place + 50, words=words)
        for place, words in enumerate(lines, 1)
    )
    head = f'<html><head><meta name="pubtool-source-sha256" content="{DIGEST}"/></head><body>'
    return f"{head}{PAGE.format(number=number, lines=written)}</body></html>".encode()


def texts(hocr: bytes) -> list[str]:
    return [line.text for page in read_hocr(hocr).values() for line in page.lines]


def test_lines_have_their_words_and_places_in_points() -> None:
    hocr = document(word("The") + word("lamp"), word("burned&amp;shone"), number=4)
    page = read_hocr(hocr)[4]
    assert [line.text for line in page.lines] == ["The lamp", "burned&shone"]
    assert (page.width, page.height) == (360, 504)
    first = page.lines[0]
    assert (first.box.left, first.box.top) == (24, 24)
    assert round(first.size, 1) == 9.6


def test_a_word_of_low_confidence_is_doubtful() -> None:
    (line,) = read_hocr(document(word("The") + word("limp", 31) + word("burned")))[0].lines
    assert [line.text[span.start : span.end] for span in line.doubtful] == ["limp"]


@pytest.mark.parametrize(
    ("words", "doubtful"),
    [
        ("Demand® of", ["Demand®"]),
        ("subject! for", ["subject!"]),
        ("subject! For", []),
        ("why? Because", []),
        ("20° west", []),
    ],
)
def test_what_may_be_a_note_s_mark_is_doubtful(words: str, doubtful: list[str]) -> None:
    (line,) = read_hocr(document("".join(map(word, words.split()))))[0].lines
    assert line.text == words
    assert [line.text[span.start : span.end] for span in line.doubtful] == doubtful


def test_what_a_recogniser_leaves_out_is_guessed() -> None:
    plain = "<div class=ocr_page><span class=ocr_line title='bbox 1 2 3 40'>"
    hocr = f"{plain}<span class='ocrx_word'>lamp</span></span></div>".encode()
    (line,) = read_hocr(hocr)[0].lines
    assert (line.text, line.doubtful) == ("lamp", ())
    assert line.size > 0


def test_the_pdf_that_was_read_is_named() -> None:
    assert source_of(document(word("a"))) == DIGEST
    assert source_of(b"<html></html>") == ""


def test_a_raised_mark_is_a_figure_or_nothing() -> None:
    raised = [
        word("dusk12", more="; x_raised 2"),
        word("lamp®", more="; x_raised 1"),
        word("tower!", more="; x_raised 1"),
        word("keepers’", more="; x_raised 1"),
        word("night!"),
        word("sea”", more="; x_raised 1"),
        word("“so”", more="; x_raised 1"),
    ]
    assert texts(document("".join(raised))) == ["dusk¹² lamp tower keepers’ night! sea “so”"]


def test_the_raised_number_that_begins_a_note_is_a_figure() -> None:
    lines = [
        word("'3The", more="; x_lifted 2") + word("keeper"),
        word("®See", more="; x_lifted 1"),
        word("°See", more="; x_lifted 1"),
        word("“So", more="; x_lifted 1") + word("°C", more="; x_lifted 1"),
        word("—and", more="; x_lifted 1"),
        word("°C", more="; x_lifted 1"),
    ]
    read = ["³The keeper", "*See", "*See", "“So °C", "—and", "°C"]
    assert texts(document(*lines)) == read


def character(text: str, bottom: int, left: int = 100) -> str:
    return (
        f"<span class='ocrx_cinfo' title='x_bboxes {left} 60 {left + 9} {bottom}; x_conf 99'>"
        f"{text}</span>"
    )


def test_boxes_of_characters_become_a_count_of_those_that_are_raised() -> None:
    line = "bbox 100 100 900 150; baseline 0 -10; x_size 40"
    boxed = "".join([*(character(c, 140) for c in "lamp"), character("®", 118)])
    level = "".join(character(c, 140) for c in "burned!")
    hocr = (
        f"<div class='ocr_page' title='bbox 0 0 9 9'><span class='ocr_line' title=\"{line}\">"
        f"<span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 90'>{boxed}</span>"
        f"<span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 91'>{level}</span></span></div>"
    ).encode()
    made = compact(hocr)
    assert b"ocrx_cinfo" not in made
    assert b"x_wconf 90; x_raised 1'>lamp\xc2\xae</span>" in made
    assert b"x_wconf 91'>burned!</span>" in made
    assert texts(made) == ["lamp burned!"]
    assert compact(made) == made


@pytest.mark.parametrize(
    ("characters", "read"),
    [
        ("lamp 140, ® 118", "lamp"),
        ("of 140, ! 140, ? 118", "of"),  # ¹²: one figure's box is a guess
        ("when 140, ! 118, ! 140", "when"),
        ("all 140, ? 118, ° 118", "all"),
        ("and 140, ° 118", "and"),
        ("20 140, ° 118", "20°"),
        ("conditions 140, ” 118, 4 118", "conditions⁴"),  # ²⁴
        ("“so 140, ” 118, 4 118", "“so”⁴"),
        ("what 140, ! 140", "what!"),
        ("keepers 140, ’ 118", "keepers’"),
        ("why 140, ? 140, ! 140", "why?!"),
    ],
)
def test_a_raised_mark_whatever_it_was_read_as(characters: str, read: str) -> None:
    boxed = "".join(
        character(sign, int(bottom))
        for part in characters.split(", ")
        for signs, _, bottom in [part.partition(" ")]
        for sign in signs
    )
    line = "bbox 100 100 900 150; baseline 0 -10; x_size 40"
    hocr = (
        f"<div class='ocr_page' title='bbox 0 0 9 9'><span class='ocr_line' title=\"{line}\">"
        f"<span class='ocrx_word' title='bbox 1 1 2 2; x_wconf 90'>{boxed}</span></span></div>"
    ).encode()
    assert texts(compact(hocr)) == [read]


@given(st.text("<>sp'\"=/ abcocrx_wordtitlebbox0123;&", max_size=300))
def test_whatever_is_written_is_read_without_harm(text: str) -> None:
    hocr = compact(document(text))
    assert all(line.text for page in read_hocr(hocr).values() for line in page.lines)


def placed(text: str, left: int, top: int) -> str:
    box = f"bbox {left} {top} {left + 90} {top + 40}"
    return f"<span class='ocrx_word' title='{box}; x_wconf 95'>{text}</span>"


def page_of_words(*lines: str, number: int = 0) -> bytes:
    """A page of 1500 by 2100 dots with a word every hundred dots, a line every hundred."""
    return document(
        *(
            "".join(placed(word, 100 * at, 100 * row) for at, word in enumerate(line.split(), 1))
            for row, line in enumerate(lines, 1)
        ),
        number=number,
    )


def test_a_page_s_words_have_their_places_as_shares_of_it() -> None:
    hocr = page_of_words("The lamp", "burned") + page_of_words("Another", number=7)
    first, second = place_words(hocr, 0)
    assert [word.text for word in first] == ["The", "lamp"]
    assert first[1][1:] == (200 / 1500, 100 / 2100, 290 / 1500, 140 / 2100)
    assert [word.text for word in second] == ["burned"]
    assert [[word.text for word in line] for line in place_words(hocr, 7)] == [["Another"]]
    assert place_words(hocr, 1) == ()


WRITTEN = ("Nobody had seen the lamps", "that the keeper of the har-", "bour lit at dusk in winter")


def test_a_passage_is_found_among_the_words_that_were_recognised() -> None:
    text = "Nobody had seen the lamps\nthat the keeper of the harbour\nlit at dusk in winter"
    start, end = text.index("keeper"), text.index(" in winter")
    lines = place_words(page_of_words(*WRITTEN), 0)
    found = find_among(lines, [Chunk(text, (Span(start, end),))])
    rows = [tuple(round(part * 1500) for part in (s.left, s.right)) for s in found.shares]
    assert found.is_whole
    assert rows == [(300, 690), (100, 190), (200, 490)]


def test_a_line_of_which_nobody_knows_which_it_is_is_not_marked() -> None:
    lines = place_words(page_of_words(*["the lamp was lit"] * 40), 0)
    text = "the lamp was lit\n" * 40
    found = find_among(lines, [Chunk(text, (Span(17 * 20, 17 * 20 + 16),))])
    assert found.shares == ()
    assert not found.is_whole
