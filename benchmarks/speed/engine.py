"""The engine as the speed harness sees it: the one module to change when the engine does.

Figures are CPU seconds of this process. Indexing is measured with the reading of the sources'
files.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pubtool.checker.check import check_quotations
from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.evidence import Library
from pubtool.model import (
    Cited,
    Flow,
    FrontMatter,
    How,
    Key,
    Leaf,
    Post,
    Quotation,
    QuotationKind,
    Span,
    Verdict,
)
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project

BATCH = 50
"""Quotations that are looked up together: about those of a long post."""

_NO_POST = Post("none.md", "", FrontMatter(), ())


@dataclass(frozen=True)
class BuildFigures:
    """What making the index cost."""

    seconds: float
    index_bytes: int | None
    """On disk; None for an index that is only in memory."""


def build(project: Path) -> BuildFigures:
    """Index a project that has no index yet."""
    with Workspace(find_project(project)) as workspace:
        _ = workspace.bibliography  # a start of pandoc, no part of indexing
        begin = time.process_time()
        _ = workspace.library
        seconds = time.process_time() - begin
    return BuildFigures(seconds, _index_bytes(project))


def _index_bytes(project: Path) -> int | None:
    folder = project / ".pubtool" / "index"
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) or None


@dataclass(frozen=True)
class OpenFigures:
    """What opening an index cost that is as its sources are, in CPU seconds."""

    fresh: float
    """Asking the file system whether any source has changed since: one look at each file."""
    opening: float
    """Opening the index's files."""


def open_(project: Path) -> tuple[Library, OpenFigures]:
    """Return the opened library of a project, and what opening it cost."""
    with Workspace(find_project(project)) as workspace:
        _ = workspace.bibliography
        begin = time.process_time()
        _ = workspace.fingerprint
        fresh = time.process_time()
        library = workspace.library
        return library, OpenFigures(fresh - begin, time.process_time() - fresh)


def quotation(number: int, text: str, cited: str) -> Quotation:
    """Return a quotation as the engine gets it from a post."""
    flow = Flow(text, (Leaf(0, len(text), Span(0, len(text))),))
    return Quotation(
        f"q-{number:06x}",
        QuotationKind.INLINE,
        flow,
        Span(0, len(text)),
        -1,
        (),
        "",
        (Cited(Key(cited), None, How.CITATION),),
    )


def judge_all(library: Library, quotations: Sequence[Quotation]) -> list[tuple[Verdict, float]]:
    """Return a verdict on each quotation, with the CPU seconds that it took.

    They are judged in batches, as those of a long post are; each is charged its part of its batch.
    """
    judged = []
    for first in range(0, len(quotations), BATCH):
        batch = quotations[first : first + BATCH]
        begin = time.process_time()
        verdicts = check_quotations(batch, _NO_POST, library, CONVENTIONS["chicago"])
        each = (time.process_time() - begin) / len(batch)
        judged += [(verdict, each) for verdict in verdicts]
    return judged
