"""hOCR with the boxes of single characters, made smaller: what they tell, in a word's properties.

A recogniser reads a note's raised mark as whatever it looks like: ``word®``, ``word!``. Where each
character stood tells that it was raised, but those boxes are nine tenths of the file. So how many
characters at a word's end stand above the base line is put beside its confidence (``x_raised``, a
property of our own, as the format permits), and the boxes are left out.
"""

from __future__ import annotations

import html
import re

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
_RAISED_BY = 0.28
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
    raised = 0
    for left, _, _, bottom, _ in reversed(characters):
        base = int(line["bottom"]) + float(line["offset"])
        base += float(line["slope"]) * (int(left) - int(line["left"]))
        if base - int(bottom) < _RAISED_BY * float(line["size"]):
            break
        raised += 1
    property_ = f"; x_raised {raised}" if raised else ""
    return f"{word['head']}{word['title']}{property_}{word['rest']}{html.escape(said)}</span>"
