"""A lone figure at a scanned page's edge is cut out, and what is read of it gets a line."""

from __future__ import annotations

import re
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pubtool.readers.sources.hocr import read_hocr
from pubtool.readers.sources.layout.running_text import lay_out
from pubtool.system.page_edges import Piece, add_lines, find_pieces

SIZE = 40
WORD = "<span class='ocrx_word' title='bbox {box}; x_wconf {sure}'>{text}</span>"
LINE = "<span class='ocr_line' title=\"bbox {box}; baseline 0 0; x_size 40\">{words}</span>"


def line(text: str, box: str, sure: int = 90) -> str:
    words = " ".join(WORD.format(box=box, text=word, sure=sure) for word in text.split())
    return LINE.format(box=box, words=words)


def page(*lines: str) -> str:
    inside = "".join(f"<p class='ocr_par'>{one}</p>" for one in lines)
    return f"<div class='ocr_page' title='bbox 0 0 1000 1400; ppageno 0'>{inside}</div>"


BODY = [line("The lamp was lit at dusk", f"100 {top} 900 {top + 40}") for top in (200, 260, 1160)]


def drawn(*boxes: tuple[int, int, int, int], dirt: float = 0.0) -> bytes:
    """Return a page of 1000 by 1400 pixels with its lines of text and some small black things."""
    picture = Image.new("L", (1000, 1400), 235)
    draw = ImageDraw.Draw(picture)
    for top in (200, 260, 1160):
        draw.rectangle((100, top, 900, top + 30), fill=40)
    for box in boxes:
        draw.rectangle(box, fill=40)
    noise = np.random.default_rng(7).normal(0, dirt, (1400, 1000))
    dirty = np.clip(np.asarray(picture, dtype=np.float32) + noise, 0, 255).astype(np.uint8)
    out = BytesIO()
    Image.fromarray(dirty).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("box", "dirt"),
    [((490, 1300, 510, 1330), 0.0), ((100, 1290, 160, 1320), 12.0), ((880, 60, 900, 92), 6.0)],
    ids=["foot", "dirty", "head"],
)
def test_a_small_thing_outside_the_text_is_a_piece(
    box: tuple[int, int, int, int], dirt: float
) -> None:
    (piece,) = find_pieces(drawn(box, dirt=dirt), page(*BODY))
    assert np.abs(np.array(piece.box) - np.array(box)).max() <= 3
    with Image.open(BytesIO(piece.picture)) as cut:
        assert set(np.asarray(cut).ravel().tolist()) == {0, 255}
        assert cut.width > 2 * (box[2] - box[0])


@pytest.mark.parametrize(
    "box",
    [
        *((100, 1300, 900, 1330), (490, 1300, 494, 1304), (490, 1220, 510, 1390)),
        *((490, 700, 510, 730), (100, 1215, 160, 1245)),
    ],
    ids=["a line", "a speck", "a stroke", "within the text", "a paragraph's last word"],
)
def test_what_is_no_number_s_size_or_place_is_none(box: tuple[int, int, int, int]) -> None:
    assert list(find_pieces(drawn(box), page(*BODY))) == []


def test_a_number_far_from_the_head_on_its_row_is_a_piece() -> None:
    head = line("The Keeper of Lamps", "100 60 400 100")
    picture = drawn((100, 62, 400, 98), (870, 62, 890, 96))
    (piece,) = find_pieces(picture, page(head, *BODY))
    assert piece.box[0] >= 860
    near = drawn((100, 62, 400, 98), (440, 62, 460, 96))
    assert list(find_pieces(near, page(head, *BODY))) == []


def test_a_page_without_text_has_nothing_outside_of_it() -> None:
    assert list(find_pieces(drawn((490, 1300, 510, 1330)), page())) == []


def texts(hocr: str) -> list[str]:
    return [one.text for one in read_hocr(hocr.encode())[0].lines]


def test_figures_get_a_line_at_the_end() -> None:
    piece = Piece((490, 1300, 510, 1330), SIZE, b"")
    body = page(*BODY)
    assert texts(add_lines(body, [(piece, "12")])) == [*texts(body), "12"]
    assert add_lines(body, []) == body


def test_they_are_no_part_of_the_text() -> None:
    piece = Piece((490, 1300, 510, 1330), SIZE, b"")
    hocr = add_lines(page(*BODY), [(piece, "ix")])
    found = lay_out([read_hocr(hocr.encode())[0]])
    (span,) = found.furniture
    assert found.text[span.start : span.end] == "ix"


def test_they_replace_what_was_misread_in_their_place_but_nothing_that_is_text() -> None:
    piece = Piece((490, 1300, 510, 1330), SIZE, b"")
    misread = page(*BODY, line("eS", "480 1290 520 1335", 31))
    assert texts(add_lines(misread, [(piece, "12")])) == [*texts(page(*BODY)), "12"]
    over = Piece((490, 1165, 510, 1190), SIZE, b"")
    assert add_lines(page(*BODY), [(over, "12")]) == page(*BODY)
    short = page(*BODY, line("ever.", "480 1290 520 1335"))
    assert add_lines(short, [(piece, "12")]) == short


@pytest.mark.parametrize("said", ["12", "– 12 –", "Page 12"])
def test_a_number_that_was_read_stays_as_it_is(said: str) -> None:
    piece = Piece((490, 1300, 510, 1330), SIZE, b"")
    read = page(*BODY, line(said, "440 1290 560 1335"))
    assert add_lines(read, [(piece, "12")]) == read


def test_markup_stays_well_formed() -> None:
    made = add_lines(page(*BODY, line("eS", "480 1290 520 1335", 31)), [(
        Piece((490, 1300, 510, 1330), SIZE, b""), "7"
    )])  # fmt: skip
    assert len(re.findall("<span", made)) == len(re.findall("</span>", made))
    assert len(re.findall("<p", made)) == len(re.findall("</p>", made))
