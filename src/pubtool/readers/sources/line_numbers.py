"""Numbers of lines in the margin, as transcripts, pleadings, bills and editions of verse have them.

They are set beside the text and no part of it. What tells them from a list's numbers: they count
the lines themselves, one by one or in fives, whether or not a sentence ends there, and have no full
stop or bracket behind them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pubtool.model import Span

_LEFT = re.compile(r"^[ \t]*(\d{1,4})(?=[ \t]+\S|[ \t]*$)", re.MULTILINE)
_RIGHT = re.compile(r"(?<=\S)(?:[ ]{2,}|\t[ \t]*)(\d{1,4})[ \t]*$", re.MULTILINE)
_STEPS = (1, 5)
_FEWEST = {1: 8, 5: 3}
"""Numbers in a row, by the lines between them; a short list has fewer."""

_UNCOUNTED = 6
_LEAST_PARTED = 2
_PARTED = 10
"""One in so many numbered lines goes on in the middle of a sentence; a list's items do not."""

_UNFINISHED = re.compile(r"^.{30,}[\w,;-][ \t]*\n[ \t]*\d{1,4}[ \t]+[^\W\d_A-Z]", re.MULTILINE)
"""A line as long as a page is wide, of a sentence that the next line goes on with."""


class _Number(NamedTuple):
    line: int
    """Among the lines that are not blank."""
    value: int
    span: Span


def find_line_numbers(text: str) -> Iterable[Span]:
    """Yield the spans of the numbers of lines in either margin."""
    for pattern in (_LEFT, _RIGHT):
        found = list(pattern.finditer(text))
        if len(found) >= min(_FEWEST.values()):
            numbers = list(_placed(found, text))
            for step in _STEPS:
                for run in _runs(numbers, step):
                    if step > 1 or pattern is _RIGHT or _parts_sentences(run, text):
                        yield from (number.span for number in run)


def _placed(found: Iterable[re.Match[str]], text: str) -> Iterator[_Number]:
    """Yield numbers with that of their line."""
    line = at = 0
    for match in found:
        line += sum(1 for one in text[at : match.start(1)].split("\n")[:-1] if one.strip())
        at = text.rfind("\n", 0, match.start(1)) + 1
        yield _Number(line, int(match[1]), Span(*match.span(1)))


def _runs(numbers: Iterable[_Number], step: int) -> Iterator[list[_Number]]:
    """Yield the runs that count on by `step` in as many lines."""
    run: list[_Number] = []
    for number in numbers:
        if run and number.value - run[-1].value == step and _is_reached(number, run[-1], step):
            run.append(number)
            continue
        if len(run) >= _FEWEST[step]:
            yield run
        run = [number]
    if len(run) >= _FEWEST[step]:
        yield run


def _is_reached(number: _Number, before: _Number, step: int) -> bool:
    """Whether as many lines lie between; in fives, speakers and directions may not be counted."""
    lines = number.line - before.line
    return lines == step if step == 1 else step <= lines <= step + _UNCOUNTED


def _parts_sentences(run: list[_Number], text: str) -> bool:
    """Whether many of the numbers stand in the middle of a sentence."""
    cut = len(_UNFINISHED.findall(text, run[0].span.start, run[-1].span.end + 20))
    return cut >= _LEAST_PARTED and cut * _PARTED >= len(run)
