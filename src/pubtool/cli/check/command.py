"""The options of `pubtool check`, and the order in which things are done."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from pubtool import pipeline
from pubtool.cli.check.baseline import baseline_options, compare
from pubtool.cli.check.outcome import status
from pubtool.cli.check.request import LEVELS, Request, split_codes
from pubtool.cli.check.showing import look_of, put, show
from pubtool.cli.completing import codes, posts
from pubtool.cli.options import Options
from pubtool.cli.streams import is_terminal, say, write
from pubtool.cli.terminal import ProgressBar, project_of, text_of
from pubtool.errors import CannotRead, NoSuchPost
from pubtool.model import Report, Severity
from pubtool.pipeline import Project, decode


@click.command(
    epilog="""\b
Examples:
  pubtool check --select Q1,Q301          only these findings
  pubtool check --format html -o report.html
  pubtool check --watch posts/a.md        again after every change
  pubtool check --baseline                only what is new since then
  pubtool check --fix                     mend what is safe, report the rest
  pubtool check --diff                    show what --fix would change
  pubtool check --stdin-filename posts/a.md < draft.md

Exit status: 0 nothing at or above --fail-on, 1 findings, 2 could not run.
With --fix it is that of what is left; with --diff 1 where there would be changes.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=posts)
@click.option("--format", "form", type=click.Choice(pipeline.REPORT_FORMS), default="text",
              help="How to write the report.  [default: text]")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write the report to a file.")  # fmt: skip
@click.option("--strict", is_flag=True, help="Warnings and unchecked quotations fail too.")
@click.option("--fail-on", type=click.Choice(LEVELS),
              help="The least severity that fails.  [default: error]")  # fmt: skip
@click.option("--select", multiple=True, metavar="CODES", callback=split_codes,
              shell_complete=codes, help="Only these findings.")  # fmt: skip
@click.option("--ignore", multiple=True, metavar="CODES", callback=split_codes,
              shell_complete=codes, help="Not these findings.")  # fmt: skip
@click.option("--stdin-filename", type=click.Path(path_type=Path), metavar="PATH",
              help="Check standard input as this post.")  # fmt: skip
@click.option("--watch", is_flag=True, help="Check again after every change, until Ctrl-C.")
@click.option("--statistics", is_flag=True, help="Count the findings by code, and the verdicts.")
@baseline_options
@click.option("--audit", is_flag=True,
              help="Misquote what passed, and say how much of that would pass too.")  # fmt: skip
@click.option("--fix", is_flag=True, help="Mend first what is safe to mend, in the posts' files.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and write nothing.")
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
    request.refuse_contradictions()
    project = project_of(options)
    if request.audit:
        from pubtool.cli.check.audit import run_audit  # not for a check

        run_audit(ctx, project, request, options)
    if request.watch:
        _watch(project, request, options)
    if request.fix or request.diff:
        _mend(ctx, project, request, options)
    least = _fail_on(project, request)
    if request.in_words:
        counts = _tell(project, request, options)
    else:
        report = _run(project, request, options)
        show(report, project, request, options, least)
        counts = pipeline.tally(report)
    ctx.exit(status(counts, fail_on=least, strict=request.strict))


def _tell(project: Project, request: Request, options: Options) -> pipeline.Tally:
    """Check and write in words what is found; no report is made of an archive for that."""
    with ProgressBar(options) as progress:
        said = pipeline.tell_check(
            project,
            request.paths,
            look=look_of(request, options),
            select=request.select,
            ignore=request.ignore,
            jobs=request.jobs,
            scheduler=request.scheduler,
            progress=progress,
        )
    put(said.report, request.output)
    return said.counts


def _mend(ctx: click.Context, project: Project, request: Request, options: Options) -> None:
    """Fix and report, and leave with the status of what is left."""
    from pubtool.cli.check import mending  # not for a plain check

    given = _standard_input(project, request.stdin_filename) if request.stdin_filename else None
    if given:
        text = mending.fix_text(project, request, *given)
        fixed = pipeline.FixedPosts((text,))
    else:
        fixed = mending.fix(project, request)
    if request.diff:
        ctx.exit(mending.show_diff(fixed, options))
    mending.tell(fixed, options, made="fixed", each=True)
    now = (given[0], fixed.posts[0].text) if given else None
    report = mending.with_errors(_run(project, request, options, now), fixed)
    least = _fail_on(project, request)
    if now:  # the fixed text is what whoever pipes a text in wants back
        write(now[1])
        say(text_of(report, options), end="")
    else:
        show(report, project, request, options, least)
    ctx.exit(status(pipeline.tally(report), fail_on=least, strict=request.strict))


def _watch(project: Project, request: Request, options: Options) -> NoReturn:
    from pubtool.cli.check.watching import watch_and_show  # not for a single check

    least = _fail_on(project, request)
    redraw = is_terminal() and request.form == "text" and not request.output
    watched = pipeline.Watch(
        project,
        request.paths,
        select=request.select,
        ignore=request.ignore,
        jobs=request.jobs,
        baseline=request.baseline,
    )

    def shown(report: Report) -> None:
        show(report, project, request, options, least)

    with watched as watch:
        watch_and_show(watch, shown, options, redraw=redraw)


def _run(
    project: Project,
    request: Request,
    options: Options,
    given: tuple[str, str] | None = None,
) -> Report:
    if request.stdin_filename and given is None:
        given = _standard_input(project, request.stdin_filename)
    arguments: dict[str, Any] = {
        "standard_input": given,
        "select": request.select,
        "ignore": request.ignore,
        "jobs": request.jobs,
        "scheduler": request.scheduler,
    }
    if request.baseline or request.write_baseline:
        return compare(project, request, options, arguments)
    with ProgressBar(options) as progress:
        return pipeline.check(project, request.paths, **arguments, progress=progress)


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
