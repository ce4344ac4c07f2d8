"""`pubtool sources`: the sources' texts and their lock."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pubtool import pipeline
from pubtool.cli.check import status
from pubtool.cli.options import Options
from pubtool.cli.terminal import in_colour, project_of, today, width, write
from pubtool.errors import BadSource
from pubtool.model import Extent, MissingText, SourceText
from pubtool.pipeline import (
    SourceLine,
    Verbosity,
    columns,
    count_findings,
    number,
    pad,
    printable,
    render_findings,
    tally,
)

EXTENTS = ["full", "excerpt", "second-hand"]
LISTED_LANDMARKS = 20
ADDRESS = "it is an address; save the page or the PDF, add that, and give the address as --origin"


@click.group()
def sources() -> None:
    """List, show, add and verify the sources' texts."""


@sources.command("list")
@click.pass_obj
def list_(options: Options) -> None:
    """List each source with its file, extent, size and state.

    State: pinned (as it was accepted by `sources add`), changed (since then),
    unpinned (never accepted), or why there is no text.
    """
    lines = pipeline.list_sources(project_of(options))
    write(_table(lines))


@sources.command()
@click.argument("key")
@click.option("--text", is_flag=True, help="Print the extracted text, exactly.")
@click.pass_context
def show(ctx: click.Context, key: str, *, text: bool) -> None:
    """Show one source: where it is from, its places, its text."""
    options = ctx.ensure_object(Options)
    found = pipeline.show_source(project_of(options), key)
    if isinstance(found, MissingText):
        click.echo(f"pubtool: error: {found.detail}", err=True)
        ctx.exit(2)
    write(found.text if text else _described(found))


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """The arguments of `sources add`."""

    file: Path
    key: str
    extent: str
    origin: str


@sources.command(
    epilog="""\b
Examples:
  pubtool sources add ~/kunze.pdf --key kunze2010
  pubtool sources add passages.txt --key unodc --extent excerpt --origin URL
"""
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--key", default="", help="The citation key.  [default: the file's name]")
@click.option("--extent", type=click.Choice(EXTENTS), default="full",
              help="How much of the source it holds.  [default: full]")  # fmt: skip
@click.option("--origin", default="", metavar="TEXT", help="Where it is from, an address say.")
@click.pass_obj
def add(options: Options, /, **given: Any) -> None:
    """Copy FILE to sources/KEY.EXT and pin it in sources.lock.

    A FILE that stands there already is pinned as it is.
    """
    new = _New(**given)
    if new.file.parts[:1] in (("http:",), ("https:",)):
        raise BadSource(new.file.as_posix().replace(":/", "://", 1), ADDRESS)
    key = new.key or new.file.stem
    found = pipeline.add_source(
        project_of(options),
        new.file,
        key,
        extent=Extent(new.extent),
        origin=new.origin,
        today=today(),
    )
    write(f"added {printable(found.path)} and pinned it in sources.lock\n")


@sources.command()
@click.pass_context
def verify(ctx: click.Context) -> None:
    """Compare the sources' texts with the lock.

    Exit status: 0 all as pinned, 1 findings, 2 could not run.
    """
    options = ctx.ensure_object(Options)
    project = project_of(options)
    report = pipeline.verify_sources(project)
    found = render_findings(
        report, width=width(), colour=in_colour(options), verbosity=Verbosity(options.verbosity)
    )
    write(f"{found}{count_findings(tally(report))}\n")
    ctx.exit(status(report, fail_on=project.settings.fail_on, strict=False))


def _table(lines: tuple[SourceLine, ...]) -> str:
    """Return the sources in columns as wide as what they hold."""
    head = ("KEY", "FILE", "EXTENT", "WORDS", "STATE")
    rows = [head, *(tuple(map(printable, _row(line))) for line in lines)]
    widths = [max(columns(row[number]) for row in rows) for number in range(len(head))]
    return "".join(
        "  ".join(pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
        for row in rows
    )


def _row(line: SourceLine) -> tuple[str, ...]:
    state = f"{line.state}: {line.why}" if line.why else line.state
    extent = line.extent.value if line.extent else "-"
    return line.key, line.path or "-", extent, f"{line.words:,}" if line.extent else "-", state


def _described(source: SourceText) -> str:
    facts = {
        "key": source.key,
        "file": source.path,
        "extent": source.extent.value,
        "origin": source.origin or "unknown",
        "sha256": source.sha256,
        "size": f"{len(source.text.split()):,} words, {len(source.text):,} characters",
    }
    lines = [f"{name:8}{printable(value)}" for name, value in facts.items()]
    marks = source.landmarks
    lines.append(f"{'places':8}{number(len(marks), 'landmark')}")
    lines += [
        f"{'':8}{mark.at:>9,}  {mark.locator.label.removesuffix('-locator')} {mark.locator.value}"
        for mark in marks[:LISTED_LANDMARKS]
    ]
    if len(marks) > LISTED_LANDMARKS:
        lines.append(f"{'':8}{len(marks) - LISTED_LANDMARKS:>9,}  more")
    return "\n".join(lines) + "\n"
