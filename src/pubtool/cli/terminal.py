"""Printing: how wide, in which colours, and to whom."""

from __future__ import annotations

import os
import shutil
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

import click

from pubtool import pipeline
from pubtool.cli.options import Options
from pubtool.cli.streams import is_terminal, say

if TYPE_CHECKING:
    from pubtool.model import Report
    from pubtool.pipeline import Look, Project, Recall

PIPED = 80
"""Columns where the output is no terminal: two runs give the same bytes."""

WIDEST = 110
"""Columns beyond which lines are tiring to read."""

REDRAWN = 0.1
"""Seconds between two drawings of the progress."""


def project_of(options: Options) -> Project:
    """Return the project that the options name; raise `NoProject` or `BadSettings`."""
    return pipeline.find_project((options.project or Path()).resolve())


def in_colour(options: Options) -> bool:
    """Whether standard output gets colours; https://no-color.org is honoured."""
    if options.colour != "auto":
        return options.colour == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return is_terminal() and not plain


def width() -> int:
    """Return the columns to fill."""
    if not is_terminal():
        return PIPED
    return min(shutil.get_terminal_size().columns, WIDEST)


def text_of(report: Report, options: Options, **recalling: Recall) -> str:
    """Return the report as this terminal shows it; `recall` may know something from before."""
    return pipeline.render_text(
        report,
        width=width(),
        colour=in_colour(options),
        verbosity=pipeline.Verbosity(options.verbosity),
        **recalling,
    )


def look_of(options: Options) -> Look:
    """Return how this terminal shows a report."""
    told = (str(width()), str(in_colour(options)), str(options.verbosity))
    return pipeline.Look(lambda report, recall: text_of(report, options, recall=recall), told)


class ProgressBar:
    """One line on standard error while posts are checked; nothing where that is no terminal.

    A context manager: the line is cleared at the end. The rate is that of the posts which are
    checked in this run; those that were remembered are done when it begins.
    """

    def __init__(self, options: Options) -> None:
        self._shown = sys.stderr is not None and sys.stderr.isatty() and not options.quiet
        self._first: tuple[int, float] | None = None
        self._drawn = 0.0
        """When the line was drawn last; 0 where it is not there."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            say("\r\x1b[K", end="")

    def __call__(self, done: int, total: int) -> None:
        """Show how far the run is, but not more often than the eye follows."""
        now = time.monotonic()
        if not self._shown or now - self._drawn < REDRAWN:
            return
        if self._first is None:
            self._first = done, now
        begun, since = self._first
        line = progress_line(done, total, done - begun, now - since)
        room = shutil.get_terminal_size().columns - 1  # a full line would wrap
        say(f"\r\x1b[K{line[:room]}", end="")
        self._drawn = now


def progress_line(done: int, total: int, checked: int, seconds: float) -> str:
    """Return ``[340/10000] 52 posts/s, 3 min 6 s left``; `checked` of them took `seconds`."""
    if not checked or not seconds:
        return f"[{done}/{total}]"
    rate = checked / seconds
    left = round((total - done) / rate)
    minutes, rest = divmod(left, 60)
    hours, minutes = divmod(minutes, 60)
    time_left = f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s"
    said = time_left if left >= 60 else f"{left} s"
    return f"[{done}/{total}] {rate:.{0 if rate >= 10 else 1}f} posts/s, {said} left"


def ask_password(site: str) -> str:
    """Return the password of a site as somebody types it, unseen; empty where nobody can be asked.

    What is typed is kept nowhere.
    """
    if any(stream is None or not stream.isatty() for stream in (sys.stdin, sys.stderr)):
        return ""
    question = f"Application password for {site} (made on the site under Users, Profile)"
    said: str = click.prompt(question, default="", hide_input=True, show_default=False, err=True)
    return said


def today() -> str:
    """Return today's date, ISO 8601: the only clock there is, and only new files show it."""
    return date.today().isoformat()


def now() -> str:
    """Return the time, UTC, as in ``2026-05-03T10:20:30Z``: when the web was asked."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
