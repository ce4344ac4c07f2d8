"""hOCR with the boxes of single characters, made smaller: what they tell, in a word's properties.

A recogniser reads a note's raised mark as whatever it looks like: ``word®``, ``word!``. Where each
character stood tells that it was raised, but those boxes are nine tenths of the file. So how many
characters at a word's end, and at its beginning, stand above the base line is put beside its
confidence (``x_raised``, ``x_lifted``: properties of our own, as the format permits), and the boxes
are left out.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from itertools import takewhile

from pubtool.readers.sources.hocr import HIGH

_LINE = re.compile(
    r"""<span class=['"]ocr\w*['"][^>]*title=["'][^"']*?"""
    r"""bbox (?P<left>\d+) \d+ \d+ (?P<bottom>\d+)[^"']*?"""
    r"""baseline (?P<slope>-?[\d.]+) (?P<offset>-?[\d.]+)[^"']*?x_size (?P<size>[\d.]+)"""
)
_WORD = re.compile(
    r"""(?P<head><span class=['"]ocrx_word['"][^>]*?title=['"])"""
    r"""(?P<title>[^'"]*)(?P<rest>['"][^>]*>)"""
    r"""(?P<inside>(?:\s*<span class=['"]ocrx_cinfo['"][^>]*>[^<]*</span>)+)\s*</span>"""
)
_CHARACTER = re.compile(
    r"""<span class=['"]ocrx_cinfo['"] title=['"]x_bboxes (\d+) (\d+) (\d+) (\d+)[^'"]*['"]>"""
    r"""([^<]*)</span>"""
)
_MISREAD = frozenset("!?*®©™°‘’“”'\"")
"""What raised figures are read as."""
_RAISED_BY = 0.2
"""Share of a line's height by which a raised character's lower edge is above the base line."""


def compact(hocr: bytes) -> bytes:
    """Return hOCR without the boxes of characters; what has none is returned as it is."""
    text = hocr.decode("utf-8", "replace")
    lines = list(_LINE.finditer(text))
    pieces, at = list[str](), 0
    for number, line in enumerate(lines):
        end = lines[number + 1].start() if number + 1 < len(lines) else len(text)
        pieces.append(text[at : line.start()])
        pieces.append(_WORD.sub(lambda word: _compacted(word, line), text[line.start() : end]))  # noqa: B023
        at = end
    return "".join((*pieces, text[at:])).encode()


def _compacted(word: re.Match[str], line: re.Match[str]) -> str:
    characters = _CHARACTER.findall(word["inside"])
    said = "".join(html.unescape(character[4]) for character in characters)
    high = [_is_high(int(left), int(bottom), line) for left, _, _, bottom, _ in characters]
    raised, lifted = _raised(said, high), _run(high)
    properties = f"; x_raised {raised}" * bool(raised) + f"; x_lifted {lifted}" * bool(lifted)
    return f"{word['head']}{word['title']}{properties}{word['rest']}{html.escape(said)}</span>"


def _is_high(left: int, bottom: int, line: re.Match[str]) -> bool:
    """Whether a character stands above the base line of its line."""
    base = int(line["bottom"]) + float(line["offset"])
    base += float(line["slope"]) * (left - int(line["left"]))
    return base - bottom >= _RAISED_BY * float(line["size"])


def _raised(said: str, high: Sequence[bool]) -> int:
    """Return how many characters at a word's end are a raised mark.

    The boxes of two figures that were read as ``!?`` are guesses, and one of them may reach down to
    the base line: where one is raised that is not so by nature, all of them are.
    """
    marks = sum(1 for _ in takewhile(lambda c: c in _MISREAD, reversed(said)))
    counted = _run(reversed(high))
    places = range(len(said) - marks, len(said))
    if not any(high[at] and said[at] not in HIGH for at in places):
        return counted
    first = next(at for at in places if high[at] or said[at] not in HIGH)
    return max(counted, len(said) - first)


def _run(high: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(bool, high))
