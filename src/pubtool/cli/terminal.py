"""Printing: how wide, in which colours, and to whom."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import click

from pubtool.cli.options import Options
from pubtool.errors import CannotPrint
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
    return _is_terminal() and not plain


def width() -> int:
    """Return the columns to fill."""
    if not _is_terminal():
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
    exit status is what it would have been. Raises CannotPrint where the output is a full disk. A
    file name that is not UTF-8 is shown with a question mark for each byte.
    """
    try:
        if _is_terminal():
            click.echo(text, nl=False, color=True)
        elif sys.stdout is not None:  # closed by whoever started us (`>&-`): nobody is there
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise CannotPrint(error) from None


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def today() -> str:
    """Return today's date, ISO 8601: the only clock there is, and only new files show it."""
    return date.today().isoformat()
