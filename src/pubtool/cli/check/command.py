"""The options of `pubtool check`, and the order in which things are done."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any

import click

from pubtool import pipeline
from pubtool.cli.check.outcome import status
from pubtool.cli.check.request import LEVELS, Request, split_codes
from pubtool.cli.check.showing import show
from pubtool.cli.options import Options
from pubtool.cli.terminal import ProgressBar, project_of
from pubtool.errors import CannotRead, NoSuchPost
from pubtool.model import Report, Severity
from pubtool.pipeline import Project, decode


@click.command(
    epilog="""\b
Examples:
  pubtool check --select Q1,Q301          only these findings
  pubtool check --format json -o out.json
  pubtool check --stdin-filename posts/a.md < draft.md

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="How to write the report.  [default: text]")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the report to a file.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings and unchecked quotations fail too.")
@click.option("--fail-on", type=click.Choice(LEVELS),
              help="The least severity that fails.  [default: error]")  # fmt: skip
@click.option("--select", multiple=True, metavar="CODES", callback=split_codes,
              help="Only these findings.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="CODES", callback=split_codes,
              help="Not these findings.")  # fmt: skip
@click.option("--stdin-filename", type=click.Path(path_type=Path), metavar="PATH",
              help="Check standard input as this post.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(min=1), metavar="N",
              help="Processes that check.  [default: all cores, 1 for a few posts]")  # fmt: skip
@click.option("--scheduler", metavar="ADDRESS",
              help="Check on the machines of this Dask cluster.")  # fmt: skip
@click.pass_context
def check(ctx: click.Context, /, **given: Any) -> None:
    """Check every quotation against its source.

    PATHS are posts or folders of the project; all posts where none is given.
    """
    request, options = Request(**given), ctx.ensure_object(Options)
    if request.stdin_filename and request.paths:
        raise click.UsageError("--stdin-filename checks standard input alone; leave out PATHS")
    if request.scheduler and (request.jobs or request.stdin_filename):
        raise click.UsageError("--scheduler has the cluster's workers check; leave out the other")
    project = project_of(options)
    report = _run(project, request, options)
    show(report, request, options)
    ctx.exit(status(report, fail_on=_fail_on(project, request), strict=request.strict))


def _run(project: Project, request: Request, options: Options) -> Report:
    given = None
    if request.stdin_filename:
        given = _standard_input(project, request.stdin_filename)
    with ProgressBar(options) as progress:
        return pipeline.check(
            project,
            request.paths,
            standard_input=given,
            select=request.select,
            ignore=request.ignore,
            jobs=request.jobs,
            scheduler=request.scheduler,
            progress=progress,
        )


def _standard_input(project: Project, path: Path) -> tuple[str, str]:
    """Return the post that standard input holds: its name in the project, its text."""
    try:
        name = path.resolve().relative_to(project.root.resolve()).as_posix()
    except ValueError:
        raise NoSuchPost(str(path)) from None
    if sys.stdin is None:  # closed by whoever started us (`<&-`)
        raise CannotRead("standard input", OSError(errno.EBADF, os.strerror(errno.EBADF)))
    return name, decode(sys.stdin.buffer.read(), name)


def _fail_on(project: Project, request: Request) -> Severity:
    return Severity[request.fail_on.upper()] if request.fail_on else project.settings.fail_on
