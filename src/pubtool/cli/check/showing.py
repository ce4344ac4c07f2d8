"""Writing the report: in the form that was asked for, to the screen or to a file."""

from __future__ import annotations

from pathlib import Path

from pubtool.cli import terminal
from pubtool.cli.check.request import Request
from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import width
from pubtool.model import Report, Severity
from pubtool.pipeline import (
    Look,
    Project,
    Verbosity,
    make_anew,
    render,
    render_counts,
    render_summary,
    render_text,
    write_atomic,
)

_SIGNED = ("sarif", "html")
"""The forms that show who waived a finding, and when."""


def show(
    report: Report, project: Project, request: Request, options: Options, least: Severity
) -> None:
    """Write the report to standard output, or to the file that was named.

    Annotations are read from standard output alone, so the file gets a summary of them.
    """
    folder = _folder(project)
    if request.form == "github" and not request.statistics:
        write(render(report, "github", folder=folder))
        if request.output:
            write_atomic(request.output, render_summary(report).encode("utf-8", "replace"))
        return
    put(_text(report, project, request, options, folder, least), request.output)


def put(text: str, output: Path | None) -> None:
    """Write what is to be said to standard output, or to a file."""
    if output:
        write_atomic(output, text.encode("utf-8", "replace"))
    else:
        write(text)


def _text(  # noqa: PLR0913, PLR0917 - what a report is written from
    report: Report,
    project: Project,
    request: Request,
    options: Options,
    folder: str,
    least: Severity,
) -> str:
    if request.statistics:
        return render_counts(report, request.form, 80 if request.output else width())
    if request.form in _SIGNED and any(post.suppressed for post in report.posts):
        from pubtool.pipeline import with_authors  # loads the rules, for which others need not wait

        report = with_authors(project, report)
    if request.form != "text":
        return render(report, request.form, folder=folder, least=least)
    return look_of(request, options).show(report, make_anew)


def look_of(request: Request, options: Options) -> Look:
    """Return how a report is shown in words: as the terminal has it, or plainly in a file."""
    if not request.output:
        return terminal.look_of(options)
    verbosity = Verbosity(options.verbosity)
    return Look(
        lambda report, recall: render_text(report, verbosity=verbosity, recall=recall),
        ("a file", str(options.verbosity)),
    )


def _folder(project: Project) -> str:
    """Return where the project lies below the current folder, with a slash; empty if nowhere."""
    try:
        below = project.root.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except (ValueError, OSError):
        return ""
    return "" if below == "." else f"{below}/"
