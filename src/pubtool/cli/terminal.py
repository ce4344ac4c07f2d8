"""Printing: how wide, in which colours, and to whom."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from pubtool.cli.options import Options
from pubtool.model import Report
from pubtool.pipeline import Project, Verbosity, find_project, render_text

PIPED = 80
"""Columns where the output is no terminal: two runs give the same bytes."""

WIDEST = 110
"""Columns beyond which lines are tiring to read."""


def project_of(options: Options) -> Project:
    """Return the project that the options name; raise `NoProject` or `BadSettings`."""
    return find_project((options.project or Path()).resolve())


def in_colour(options: Options) -> bool:
    """Whether standard output gets colours; https://no-color.org is honoured."""
    if options.colour != "auto":
        return options.colour == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return sys.stdout.isatty() and not plain


def width() -> int:
    """Return the columns to fill."""
    if not sys.stdout.isatty():
        return PIPED
    return min(shutil.get_terminal_size().columns, WIDEST)


def text_of(report: Report, options: Options) -> str:
    """Return the report as this terminal shows it."""
    return render_text(
        report,
        width=width(),
        colour=in_colour(options),
        verbosity=Verbosity(options.verbosity),
    )


def write(text: str) -> None:
    """Write text to standard output as it is, in UTF-8 where that is not a terminal.

    A reader that has gone away (`pubtool check | head`) is no error: the rest is dropped, and the
    exit status is what it would have been.
    """
    try:
        if sys.stdout.isatty():
            click.echo(text, nl=False, color=True)
        else:
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8"))
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def today() -> str:
    """Return today's date, ISO 8601: the only clock there is, and only new files show it."""
    return date.today().isoformat()
