"""`pubtool sources`: the sources' texts and their lock."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NoReturn

import click

from pubtool import pipeline
from pubtool.cli import completing
from pubtool.cli.check import status
from pubtool.cli.fetching import ALLOW_HOST, add_from_web, fetch, is_of_the_web, refresh
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import ProgressBar, in_colour, project_of, today, width
from pubtool.errors import UnknownPage
from pubtool.model import Extent, MissingText, Report, SourceText, VerdictKind
from pubtool.pipeline import (
    Said,
    Shown,
    SourceLine,
    Verbosity,
    count_findings,
    count_words,
    find_page,
    number,
    printable,
    render_findings,
    render_match,
    render_stretch,
    render_table,
    tally,
    wrap,
)

EXTENTS = ["full", "excerpt", "second-hand"]
LISTED_LANDMARKS = 20


@click.group()
def sources() -> None:
    """List, show, add, fetch and verify the sources' texts."""


@sources.command("list")
@click.pass_obj
def list_(options: Options) -> None:
    """List each source with its state, size and use.

    State: pinned (as it was accepted by `sources add`), changed (since then),
    unpinned (never accepted), why there is no text, or unread (its entry in
    references.bib). Known: how many of its words its language has. Quoted: how
    many quotations rest on it.
    """
    project = project_of(options)
    with ProgressBar(options) as progress:
        lines = pipeline.list_sources(project, progress)
    head = ("KEY", "STATE", "EXTENT", "PAGES", "WORDS", "KNOWN", "QUOTED", "FILE")
    rows = [tuple(map(printable, _row(line))) for line in lines]
    write(render_table(head, rows) + _counted(lines))


def _row(line: SourceLine) -> tuple[str, ...]:
    extent = line.extent.value if line.extent else "-"
    known = "-" if line.quality.known is None else f"{100 * line.quality.known:.0f} %"
    words = f"{line.words:,}" if line.extent else "-"
    state, path, pages = line.state, line.path or "-", line.pages or "-"
    return line.key, state, extent, pages, words, known, f"{line.uses:,}", path


def _counted(lines: tuple[SourceLine, ...]) -> str:
    """Return the line that counts, and a sentence for each source without a text."""
    without = [line for line in lines if line.why]
    pinned = sum(line.state == "pinned" for line in lines)
    said = f"{number(len(lines), 'source')}: {pinned} pinned, {len(without)} without text\n"
    return "".join(f"{printable(line.why)}\n" for line in without) + said


@sources.command(
    epilog="""\b
Examples:
  pubtool sources show kunze2010 --page 245
  pubtool sources show kunze2010 --find "the words of a quotation"

Exit status: 0, or with --find 1 where the words do not stand there so.
"""
)
@click.argument("key", shell_complete=completing.keys)
@click.option("--page", metavar="P", help="Show a printed page.")
@click.option("--find", "words", metavar="WORDS", help="Show where words stand, or what differs.")
@click.option("--text", is_flag=True, help="Print the extracted text, exactly.")
@click.pass_context
def show(ctx: click.Context, key: str, *, page: str | None, words: str | None, text: bool) -> None:
    """Show one source, a page of it, or where words stand.

    Lines that begin with ~ are heads, feet and the like, which a quotation may
    pass over.
    """
    if sum((page is not None, words is not None, text)) > 1:
        raise click.UsageError("give one of --page, --find and --text")
    options = ctx.ensure_object(Options)
    project = project_of(options)
    if words is not None:
        _find(ctx, options, key, words)
        return
    if page is None and not text:
        facts = pipeline.show_source(project, key)
        if isinstance(facts, MissingText):
            _refuse(ctx, facts)
        write(_described(facts))
        return
    found = pipeline.source_text(project, key)
    if isinstance(found, MissingText):
        _refuse(ctx, found)
    write(found.text if page is None else _page(found, page, options))


def _refuse(ctx: click.Context, missing: MissingText) -> NoReturn:
    say(f"pubtool: error: {missing.detail}")
    ctx.exit(2)


def _page(text: SourceText, page: str, options: Options) -> str:
    """Return a printed page; raise UnknownPage."""
    stretches = find_page(text, page)
    if not stretches:
        labels = [m.locator.value for m in text.landmarks if m.locator.label == "page"]
        raise UnknownPage(text.key, page, tuple(dict.fromkeys(labels)))
    colour = in_colour(options)
    return "\n".join(render_stretch(text, stretch, colour=colour) for stretch in stretches)


def _find(ctx: click.Context, options: Options, key: str, words: str) -> None:
    """Show where words stand in a source, and end with the status."""
    project = project_of(options)
    report = pipeline.find_in_source(project, key, words)
    if isinstance(report, MissingText):
        _refuse(ctx, report)
    (verdict,) = report.verdicts
    text = pipeline.source_text(project, key)
    assert isinstance(text, SourceText)
    stands = verdict.kind in (VerdictKind.VERBATIM, VerdictKind.ADAPTED)
    if verdict.match:
        write(render_match(text, verdict.match, width=width(), colour=in_colour(options)))
    if not stands:
        shown = replace(report, findings=tuple(f for f in report.findings if f.code != "Q203"))
        found = render_findings(Report((shown,)), width=width(), colour=in_colour(options))
        write(found or f"the words do not stand in {printable(key)}\n")
    ctx.exit(0 if stands else 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """The arguments of `sources add`."""

    source: str
    key: str
    extent: str | None
    pages: str
    origin: str
    allowed: tuple[str, ...]


@sources.command(
    epilog="""\b
Examples:
  pubtool sources add ~/kunze.pdf --key kunze2010
  pubtool sources add passages.txt --key unodc --extent excerpt --origin URL
  pubtool sources add https://example.org/report.html --key report2020
  pubtool sources add 10.1000/182
"""
)
@click.argument("source", metavar="FILE|URL|DOI")
@click.option(
    "--key",
    default="",
    shell_complete=completing.keys,
    help="The citation key.  [default: the file's name; of a URL "
    "the entry that has it; of a DOI author and year]",
)
@click.option("--extent", type=click.Choice(EXTENTS), default=None,
              help="How much of the source it holds.  [default: its own word or full]")  # fmt: skip
@click.option("--pages", default="", metavar="PAGES", help="Of an excerpt: its pages, 241-260.")
@click.option("--origin", default="", metavar="TEXT", help="Where a file is from, an address say.")
@ALLOW_HOST
@click.pass_obj
def add(options: Options, /, **given: Any) -> None:
    """Copy FILE to sources/KEY.EXT and pin it in sources.lock.

    A FILE that stands there already is pinned as it is; file and pin come together or not at
    all. A URL is fetched, with a snapshot of what
    was answered. Of a DOI the entry is appended to references.bib, and its text fetched where the
    publisher names one. A FILE may be text, Markdown, DOCX, ODT, RTF, EPUB, LaTeX, MediaWiki, JATS,
    a saved web page (HTML, MHTML) or PDF.
    """
    new = _New(**given)
    extent = Extent(new.extent) if new.extent else None
    said = Said(extent=extent, pages=new.pages, origin=new.origin, today=today())
    if is_of_the_web(new.source):
        if new.origin:
            raise click.UsageError("--origin is for a file; of an address it is the address")
        add_from_web(options, new.source, new.key, said, new.allowed)
        return
    file = Path(new.source)
    added = pipeline.add_source(project_of(options), file, new.key or file.stem, said)
    text, name = added.text, printable(added.text.path)
    share = 100 * len(text.doubtful) / count_words(text.text)
    doubtful = f"; {share:.1f} % of its words are doubtful" if text.doubtful else ""
    done = (
        f"{name} is this file already; pinned it"
        if added.stood_there
        else f"added {name} and pinned it"
    )
    write(f"{done} in sources.lock{doubtful}\n")


@sources.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Compare the sources' texts with the lock.

    Exit status: 0 all as pinned, 1 findings, 2 could not run.
    """
    options = ctx.ensure_object(Options)
    project = project_of(options)
    report, pinned = pipeline.verify_sources(project)
    found = render_findings(
        report, width=width(), colour=in_colour(options), verbosity=Verbosity(options.verbosity)
    )
    counts = tally(report)
    write(f"{found}{count_findings(counts)}\n{_compared(pinned)}\n")
    ctx.exit(status(counts, fail_on=project.settings.fail_on, strict=False))


def _compared(pinned: int) -> str:
    """Return the line that counts: a green answer says how much it is about."""
    if not pinned:
        return "Nothing is pinned in sources.lock: nothing was compared; `pubtool sources add` pins"
    return f"{number(pinned, 'pinned source')} compared"


@sources.command("remove")
@click.argument("key", shell_complete=completing.keys)
@click.pass_obj
def remove_(options: Options, key: str) -> None:
    """Take a source out of sources.lock, with its file.

    A file that is not the one that was pinned is left alone. The entry in
    references.bib stays.
    """
    removed = pipeline.remove_source(project_of(options), key)
    files = ", ".join(map(printable, removed)) or "no file"
    write(f"took {printable(key)} out of sources.lock and removed {files}\n")


sources.add_command(fetch)
sources.add_command(refresh)


def _described(shown: Shown) -> str:
    source, quality = shown.text, shown.quality
    known = "" if quality.known is None else f", {100 * quality.known:.0f} % of them known words"
    doubtful = f", {100 * quality.doubtful:.1f} % doubtful" if quality.doubtful else ""
    facts = {
        "key": source.key,
        "file": source.path,
        "state": f"{shown.state} on {shown.pin.retrieved}" if shown.pin else shown.state,
        "extent": source.extent.value + (f", pages {source.pages}" if source.pages else ""),
        "origin": source.origin or "unknown",
        "sha256": source.sha256,
        "size": f"{count_words(source.text):,} words{known}{doubtful}; "
        f"{len(source.text):,} characters",
        "unread": ", ".join(f"page {page}" for page in source.unread),
        "quoted": ", ".join(shown.uses) or "by no post",
    }
    lines = [
        f"{name:8}{line}"
        for name, value in facts.items()
        if value
        for line in ["\n        ".join(wrap(printable(value), width() - 8))]
    ]
    marks = [mark for mark in source.landmarks if mark.locator.label != "line"]
    lines.append(f"{'places':8}{number(len(marks), 'landmark')}")
    lines += [
        f"{'':8}{mark.at:>9,}  {mark.locator.label.removesuffix('-locator')} {mark.locator.value}"
        for mark in marks[:LISTED_LANDMARKS]
    ]
    if len(marks) > LISTED_LANDMARKS:
        lines.append(f"{'':8}{len(marks) - LISTED_LANDMARKS:>9,}  more")
    return "\n".join(lines) + "\n"
