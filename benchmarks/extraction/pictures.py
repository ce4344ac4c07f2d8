"""Is a passage marked at the right place of its page's picture?

    python -m benchmarks.extraction.pictures --seed 1 --each 100 --half held-out

The judge is pdftotext, which says where each word stands: the words whose middle a rectangle covers
must have the passage's letters, all of them and no others. Prints a table by kind.
"""

from __future__ import annotations

import argparse
import html
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from time import perf_counter

import pikepdf
from benchmarks.extraction.document import Document, plan, read
from benchmarks.extraction.passages import Passage, letters, read_pages, sample
from benchmarks.extraction.printers import PRINTERS

from pubtool.checker.check import check_quotations
from pubtool.checker.conventions import CONVENTIONS
from pubtool.model import (
    Cited,
    Flow,
    FrontMatter,
    How,
    Key,
    Leaf,
    NoPicture,
    PagePicture,
    Post,
    Quotation,
    QuotationKind,
    Span,
)
from pubtool.pipeline.picturing import picture
from pubtool.pipeline.workspace import Workspace
from pubtool.system.config import find_project

_KEY = Key("printed")
_WIDTH = 1240
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_WORD = re.compile(
    r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>'
)


def look_up(document: Document, passages: Sequence[Passage]) -> Iterator[str]:
    """Yield what comes of each passage that is located."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "sources").mkdir()
        (root / "sources" / f"{_KEY}.pdf").write_bytes(document.pdf)
        (root / "references.bib").write_text(f"@book{{{_KEY}, title = {{The Keeper}}}}\n")
        (root / "pubtool.toml").write_text("")
        with Workspace(find_project(root)) as workspace:
            post = Post("none.md", "", FrontMatter(), ())
            quotations = tuple(_quotation(p.words, n) for n, p in enumerate(passages))
            convention = CONVENTIONS["chicago"]
            verdicts = check_quotations(quotations, post, workspace.library, convention)
            words = _words(root / "sources" / f"{_KEY}.pdf")
            for passage, verdict in zip(passages, verdicts, strict=True):
                if verdict.match is None or not verdict.kind.passes:
                    continue
                pages = picture(workspace, _KEY, (verdict.match.span,), width=_WIDTH)
                yield _judged(passage, pages, words)


def _quotation(text: str, number: int) -> Quotation:
    span = Span(0, len(text))
    flow = Flow(text, (Leaf(0, len(text), span),))
    cited = (Cited(_KEY, None, How.CITATION),)
    return Quotation(f"q-{number}", QuotationKind.INLINE, flow, span, 0, cited=cited)


Words = list[tuple[float, float, str]]
"""Where the middle of each word of a page stands, as shares of the page, and the word."""


def _words(pdf: Path) -> list[Words]:
    """Return each page's words. Of a turned page pdftotext gives the size before turning."""
    with pikepdf.open(pdf) as document:
        turns = [int(page.obj.get("/Rotate", 0)) % 360 for page in document.pages]
    said = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    pages = list[Words]()
    shown = _PAGE.findall(said.stdout.decode("utf-8", "replace"))
    for turn, (wide, high, body) in zip(turns, shown, strict=True):
        found = Words()
        width, height = (high, wide) if turn in (90, 270) else (wide, high)
        for left, top, right, bottom, word in _WORD.findall(body):
            x, y = (float(left) + float(right)) / 2, (float(top) + float(bottom)) / 2
            across, down = x / float(width), y / float(height)
            found.append((across, down, html.unescape(word)))
        pages.append(found)
    return pages


def _judged(
    passage: Passage, pages: tuple[PagePicture, ...] | NoPicture, words: list[Words]
) -> str:
    if isinstance(pages, NoPicture) or not any(page.rectangles for page in pages):
        return "not marked"
    covered = "".join(
        word
        for page in pages
        for across, down, word in words[page.sheet - 1]
        if any(
            r.left <= across * page.width <= r.right and r.top <= down * page.height <= r.bottom
            for r in page.rectangles
        )
    )
    wanted, got = Counter(letters(passage.words)), Counter(letters(covered))
    if got - wanted:
        return "wrong"
    if not wanted - got:
        return "right"
    return "some lines not marked" if not all(p.is_whole for p in pages) else "short"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=100, help="passages of a kind")
    parser.add_argument("--documents", type=int, default=2, help="documents of a kind")
    parser.add_argument("--words", type=int, default=4000, help="words of a document")
    parser.add_argument("--half", choices=("dev", "held-out"), default="dev")
    parser.add_argument("--kinds", default="", help="kinds, joined by '; '")
    options = parser.parse_args()
    texts = read(options.half)
    columns = ("right", "not marked", "some lines not marked", "short", "wrong")
    print(f"| kind | passages | {' | '.join(columns)} | ms each |")
    print("|---" * (len(columns) + 3) + "|")
    whole = Counter[str]()
    for kind in [k for k in PRINTERS if not options.kinds or k in options.kinds.split("; ")]:
        printer, notes = PRINTERS[kind]
        counts, start = Counter[str](), perf_counter()
        for number in range(options.documents):
            random = Random(f"{options.seed} {kind} {number}")
            text = texts[random.choice(sorted(texts))]
            made = plan(text, random, options.words, notes=notes)
            try:
                document = replace(printer(made, random), kind=kind)
            except FileNotFoundError as error:
                print(f"{kind}: left out, {error.filename} is not installed")
                break
            pages = read_pages(document.pdf)
            passages = list(sample(document, pages, random, options.each // options.documents))
            counts.update(look_up(document, passages))
        spent = 1000 * (perf_counter() - start) / max(counts.total(), 1)
        print(_row(kind, counts, columns, f"{spent:.0f}"), flush=True)
        whole.update(counts)
    print(_row("all", whole, columns, ""))


def _row(kind: str, counts: Counter[str], columns: Sequence[str], spent: str) -> str:
    return (
        f"| {kind} | {counts.total()} | {' | '.join(str(counts[c]) for c in columns)} | {spent} |"
    )


if __name__ == "__main__":
    main()
