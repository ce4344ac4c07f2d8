"""`pubtool build`: check, then export."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubtool import pipeline
from pubtool.cli.completing import formats, posts
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import look_of, project_of
from pubtool.model import FORMATS

if TYPE_CHECKING:
    from pubtool.pipeline import Told

IMPORT_NOTICE = (
    "wordpress/posts.xml is for a first import: WordPress's importer never changes a post that is "
    "there already"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command's own arguments."""

    paths: tuple[Path, ...]
    formats: tuple[str, ...]
    output: Path | None
    draft: bool


def split_formats(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Any:
    """Return the formats, each once, in the order of `FORMATS`."""
    named = {name.strip() for part in value for name in part.split(",") if name.strip()}
    if value and not named:
        raise click.BadParameter(f"name a format: any of {', '.join(FORMATS)}")
    for name in sorted(named - set(FORMATS)):
        raise click.BadParameter(f"{name!r} is not one of {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in named)


@click.command(
    epilog="""\b
Examples:
  pubtool build                         everything, to public/
  pubtool build --to html,wordpress
  pubtool build --draft posts/new.md    although quotations fail

Exit status: 0 written, 1 quotations fail and nothing was written, 2 could not run.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=posts)
@click.option("--to", "formats", multiple=True, metavar="FORMATS", callback=split_formats,
              shell_complete=formats,
              help=f"Any of {','.join(FORMATS)}.  [default: build.formats]")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR",
              help="Where to write.  [default: public]")  # fmt: skip
@click.option("--draft", is_flag=True, help="Write failing posts too, stamped as unverified.")
@click.pass_context
def build(ctx: click.Context, /, **given: Any) -> None:
    """Check, then write HTML, PDF and WordPress files.

    Nothing is written where a quotation fails, unless with --draft. With -q, a
    build that nothing stops says the count alone: `check` has the findings.
    """
    request, options = Request(**given), ctx.ensure_object(Options)
    _refuse_formats(request)
    project = project_of(options)
    output = request.output or project.root / project.settings.output
    progress = _Progress(
        wanted=sys.stderr is not None and sys.stderr.isatty() and not options.quiet
    )
    try:
        told = pipeline.tell_build(
            project,
            request.paths,
            formats=request.formats or project.settings.formats,
            output=output,
            mode=pipeline.BuildMode.DRAFT if request.draft else pipeline.BuildMode.STRICT,
            look=look_of(options),
            progress=progress,
        )
    finally:
        progress.clear()
    _show(told, output, options, request)
    ctx.exit(2 if told.unread else int(told.stopped))


def _refuse_formats(request: Request) -> None:
    """Raise UsageError where a format stands among the posts, for want of a comma."""
    named = [str(path) for path in request.paths if not path.exists()]
    stray = [name for name in named if name in FORMATS]
    if request.formats and stray:
        together = ",".join(name for name in FORMATS if name in (*request.formats, *stray))
        why = f"{stray[0]} is a format and no post; formats stand together: `--to {together}`"
        raise click.UsageError(why)


def _show(told: Told, output: Path, options: Options, request: Request) -> None:
    if told.stopped:
        write(told.report)
        say("pubtool: nothing was written: mend what fails, or build with --draft")
        return
    if not options.quiet:
        for path in told.held_back:
            say(f"held back till it says `status: publish`: {path}")
    every = told.report.splitlines(keepends=True)
    write(every[-1] if options.quiet and not request.draft else told.report)
    if not options.quiet:
        for remark in told.remarks:
            say(f"warning: {remark}")
        if "wordpress" in request.formats and any(
            name.startswith("wordpress/posts.xml") for name in told.written
        ):
            say(IMPORT_NOTICE)
        files = pipeline.number(len(told.written), "file")
        same = f", {pipeline.number(told.unchanged, 'file')} unchanged" if told.unchanged else ""
        say(f"pubtool: wrote {files} to {output.resolve().name}/{same}")


class _Progress:
    """One line on standard error that says what is being done."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted

    def __call__(self, done: int, total: int, what: str) -> None:
        if self._wanted:
            say(f"\r\x1b[K[{done}/{total}] {what}"[:79], end="")

    def clear(self) -> None:
        if self._wanted:
            say("\r\x1b[K", end="")
