"""What every adapter shares: cases in, one answer a case out. Standard library only.

    python ADAPTER.py CASES.json ANSWERS.jsonl SECONDS

A case is the text of a quotation and the source that it cites (or a window of it): no label. An
answer is *accepted*, *refused* or *unsupported* (the tool does not take such a quotation), with the
place in the source where the tool says one. Each answer is written at once, with the CPU seconds
spent so far, so that a run which is cut short still counts.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ACCEPTED, REFUSED, UNSUPPORTED = "accepted", "refused", "unsupported"


@dataclass(frozen=True)
class Case:
    """One quotation to be judged."""

    number: int
    text: str
    block: bool
    """Whether it is set as a block quote."""
    source: str
    """The path of the source's text."""
    start: int
    end: int
    """The window of the source that the tool gets; the whole of it as a rule."""


@dataclass(frozen=True)
class Answer:
    """What a tool says of one quotation."""

    number: int
    said: str
    start: int | None = None
    end: int | None = None
    """The place, as offsets in the window; None where the tool names none."""


Judge = Callable[[Sequence[Case]], Iterable[Answer]]
_read: dict[str, str] = {}


def window(case: Case) -> str:
    """Return the source text that the tool gets."""
    if case.source not in _read:
        _read[case.source] = Path(case.source).read_bytes().decode("utf-8")
    return _read[case.source][case.start : case.end]


def by_source(cases: Sequence[Case]) -> Iterator[list[Case]]:
    """Yield the cases of each source together: for tools that prepare a source once."""
    groups: dict[tuple[str, int, int], list[Case]] = {}
    for case in cases:
        groups.setdefault((case.source, case.start, case.end), []).append(case)
    yield from groups.values()


def run(judge: Judge) -> None:
    """Judge the cases of the command line until they or the seconds are used up."""
    cases_file, answers_file, seconds = sys.argv[1:]
    data = json.loads(Path(cases_file).read_text(encoding="utf-8"))
    cases = [Case(**item) for item in data]
    wall = time.monotonic()
    cpu = time.process_time()
    with Path(answers_file).open("w", encoding="utf-8") as out:
        for answer in judge(cases):
            spent = time.process_time() - cpu
            line = (answer.number, answer.said, answer.start, answer.end, round(spent, 4))
            out.write(json.dumps(line) + "\n")
            out.flush()
            if time.monotonic() - wall > float(seconds):
                return
