"""Are passages of printed documents found, and on the right printed page?

    python -m benchmarks.extraction.run --seed 1 --each 200 --half held-out

Prints a table by kind; `--failures FILE` gets each passage that was not, as JSON lines.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.accuracy.texts import Text
from benchmarks.extraction import manuals
from benchmarks.extraction.document import Document, plan, read
from benchmarks.extraction.passages import Passage, read_pages, sample
from benchmarks.extraction.printers import PRINTERS
from benchmarks.extraction.scans import scan

from pubtool.checker.check import check_quotations
from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.evidence import Library
from pubtool.checker.index import build_index
from pubtool.checker.locating import locators_at
from pubtool.model import (
    Bibliography,
    Cited,
    Flow,
    FrontMatter,
    How,
    Key,
    Leaf,
    MissingText,
    Post,
    Quotation,
    QuotationKind,
    Source,
    SourceText,
    Span,
    Verdict,
)
from pubtool.readers.lock import Lock
from pubtool.readers.sources.read import read_source

_KEY = Key("printed")
_SOURCE = Source(_KEY, "book", "The Keeper of Lamps")
_NO_POST = Post("none.md", "", FrontMatter(), ())
_BATCH = 50
SCANNED = ("Typst", "LaTeX", "LibreOffice", "Typst, two columns", "LaTeX, notes")
"""The layouts that are scanned."""


@dataclass(frozen=True)
class Outcome:
    """What came of a passage."""

    kind: str
    made: str
    words: str
    pages: str
    """The right ones; empty where nobody knows."""
    verdict: str
    got: str
    """The pages where it was found."""
    text: str
    """What the source has there."""

    @property
    def passes(self) -> bool:
        return self.verdict in ("verbatim", "adapted")

    @property
    def placed(self) -> bool:
        return self.passes and self.pages in ("", self.got)


def look_up(document: Document, passages: Sequence[Passage]) -> Iterator[Outcome]:
    """Yield what comes of a document's passages when they are quoted."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "sources").mkdir()
        (root / "sources" / f"{_KEY}.pdf").write_bytes(document.pdf)
        if document.hocr:
            (root / "sources" / f"{_KEY}.hocr").write_bytes(document.hocr)
        source = read_source(_SOURCE, root, Lock())
    if isinstance(source, MissingText):
        for passage in passages:
            yield _outcome(document, passage, source.why.value, "", source.detail)
        return
    library = Library(Bibliography("references.bib", {_KEY: _SOURCE}), build_index((source,)), {})
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        quotations = tuple(_quotation(p.words, n) for n, p in enumerate(batch))
        verdicts = check_quotations(quotations, _NO_POST, library, CONVENTIONS["chicago"])
        for passage, verdict in zip(batch, verdicts, strict=True):
            yield _judged(document, passage, verdict, source)


def _quotation(text: str, number: int) -> Quotation:
    span = Span(0, len(text))
    flow = Flow(text, (Leaf(0, len(text), span),))
    cited = (Cited(_KEY, None, How.CITATION),)
    return Quotation(f"q-{number}", QuotationKind.INLINE, flow, span, 0, cited=cited)


def _judged(document: Document, passage: Passage, verdict: Verdict, source: SourceText) -> Outcome:
    match = verdict.match
    if match is None:
        return _outcome(document, passage, verdict.kind.value, "", "")
    pages = locators_at(source, match.span).get("page", ())
    got = f"{pages[0].value}-{pages[-1].value}" if pages else ""
    text = source.text[match.span.start : match.span.end]
    return _outcome(document, passage, verdict.kind.value, got, text)


def _outcome(document: Document, passage: Passage, verdict: str, got: str, text: str) -> Outcome:
    right = f"{passage.first}-{passage.last}" if passage.first else ""
    return Outcome(document.kind, document.made, passage.words, right, verdict, got, text)


def outcomes(options: argparse.Namespace) -> Iterator[Outcome]:
    """Yield what comes of all passages of all kinds."""
    texts = read(options.half)
    kinds = [k for k in PRINTERS if not options.kinds or k in options.kinds.split("; ")]
    for kind in kinds:
        printer, notes = PRINTERS[kind]
        for number in range(options.documents):
            random = Random(f"{options.seed} {kind} {number}")
            text = texts[random.choice(sorted(texts))]
            made = plan(text, random, options.words, notes=notes)
            document = replace(printer(made, random), kind=kind)
            if options.keep:
                name = f"{kind.replace(', ', '-').replace(' ', '_')}-{number}.pdf"
                (options.keep / name).write_bytes(document.pdf)
            pages = read_pages(document.pdf)
            passages = list(sample(document, pages, random, options.each // options.documents))
            yield from look_up(document, passages)
    if options.scans:
        yield from _scanned(texts, options)
    if not options.kinds or "manuals" in options.kinds.split("; "):
        random = Random(f"{options.seed} manuals")
        for path in manuals.find(random, options.manuals):
            document, pages = manuals.read(path)
            count = max(options.each // max(options.manuals, 1), 1)
            yield from look_up(document, list(manuals.sample(document, pages, random, count)))


def _scanned(texts: dict[str, Text], options: argparse.Namespace) -> Iterator[Outcome]:
    """Yield what comes of passages of scans: of each layout some, each with other defects."""
    for kind in SCANNED:
        printer, notes = PRINTERS[kind]
        for number in range(options.scans):
            random = Random(f"{options.seed} scan {kind} {number}")
            text = texts[random.choice(sorted(texts))]
            made = plan(text, random, options.words // 2, notes=notes)
            printed = replace(printer(made, random), kind=f"scan of {kind}")
            pages = read_pages(printed.pdf)
            document = scan(printed, random)
            passages = list(sample(document, pages, random, options.each // options.scans))
            yield from look_up(document, passages)


def table(every: Sequence[Outcome]) -> str:
    """Return the outcomes by kind."""
    lines = ["| kind | passages | located | right page | not found | altered | other |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for kind in [*dict.fromkeys(one.kind for one in every), "all"]:
        mine = [one for one in every if kind in (one.kind, "all")]
        counts = Counter("passes" if one.passes else one.verdict for one in mine)
        placed = sum(one.placed for one in mine)
        other = len(mine) - counts["passes"] - counts["absent"] - counts["altered"]
        lines.append(
            f"| {kind} | {len(mine)} | {100 * counts['passes'] / len(mine):.2f} % | "
            f"{100 * placed / len(mine):.2f} % | {counts['absent']} | {counts['altered']} | "
            f"{other} |"
        )
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=200, help="passages of a kind")
    parser.add_argument("--documents", type=int, default=4, help="documents of a kind")
    parser.add_argument("--words", type=int, default=4000, help="words of a document")
    parser.add_argument("--half", choices=("dev", "held-out"), default="dev")
    parser.add_argument("--manuals", type=int, default=40, help="manuals of Debian's packages")
    parser.add_argument("--scans", type=int, default=2, help="scans of a layout; slow")
    parser.add_argument("--kinds", default="", help="kinds, joined by '; '")
    parser.add_argument("--failures", type=Path)
    parser.add_argument("--keep", type=Path, help="a folder for the documents")
    options = parser.parse_args()
    every = list(outcomes(options))
    print(table(every))
    if options.failures:
        failed = [json.dumps(asdict(one), ensure_ascii=False) for one in every if not one.placed]
        options.failures.write_text("\n".join(failed) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
