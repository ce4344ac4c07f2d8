"""Offsets become lines and columns as editors count them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pubtool.text.lines import LINE_END, Lines, Position


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab\ncd", 0, 1, 1),
        ("ab\ncd", 2, 1, 3),
        ("ab\ncd", 3, 2, 1),
        ("ab\ncd", 5, 2, 3),
        ("ab\r\ncd", 4, 2, 1),
        ("ab\rcd", 3, 2, 1),
        ("ab\r\rcd", 4, 3, 1),
        ("ab\u2028cd", 3, 1, 4),
        ("ab\x0ccd\x85ef", 6, 1, 7),
        ("𝄞𝄞x", 2, 1, 3),
        ("e\u0301x", 2, 1, 3),
        ("ab\n", 3, 2, 1),
        ("ab", 99, 1, 3),
    ],
)
def test_an_offset_has_its_line_and_column(text: str, offset: int, line: int, column: int) -> None:
    assert Lines(text).position(offset) == Position(line, column)


@given(st.text(alphabet="a\r\n\u2028é"), st.integers(0, 40))
def test_line_and_column_lead_back_to_the_offset(text: str, offset: int) -> None:
    offset = min(offset, len(text))
    lines = Lines(text)
    place = lines.position(offset)
    assert lines.start(place.line) + place.column - 1 == offset


@given(st.text(alphabet="ab\r\n\u2028"))
def test_lines_are_what_stands_between_line_ends(text: str) -> None:
    lines = Lines(text)
    count = len(LINE_END.findall(text)) + 1
    assert [lines.line(number + 1) for number in range(count)] == LINE_END.split(text)
