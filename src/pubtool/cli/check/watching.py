"""`check --watch`: a report after every change, until Ctrl-C.

A file that is being saved may stand there half written, or not at all for a moment. So a change is
looked at once it has settled, and what could not be read is told only if it stays so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import NoReturn

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import is_terminal, say
from pubtool.cli.terminal import ProgressBar
from pubtool.errors import PubtoolError
from pubtool.model import Report
from pubtool.pipeline import Watch

LEAST_PAUSE = 0.1
"""Seconds between two looks at the files."""
SHARE = 100
"""A pause is at least so many times as long as the look before it: at rest, one percent of a core
is used."""
SETTLED = 0.05
"""Seconds without a change after which a file counts as saved."""
PATIENCE = 1.0
"""Seconds that what cannot be read may stay so before it is told."""

Show = Callable[[Report], None]


def watch_and_show(watch: Watch, show: Show, options: Options, *, redraw: bool) -> NoReturn:
    """Show a report now and after every change; ends by KeyboardInterrupt alone.

    Raises what `check` does where the posts cannot be checked at the beginning.
    """
    watch.look()
    with ProgressBar(options) as progress:
        _draw(watch.report(progress), show, options, redraw=redraw)
    while True:
        _wait_for_change(watch)
        report = _report(watch)
        if isinstance(report, Report):
            _draw(report, show, options, redraw=redraw)
        else:
            say(f"pubtool: error: {report}")


def _draw(report: Report, show: Show, options: Options, *, redraw: bool) -> None:
    if redraw:
        click.echo("\x1b[2J\x1b[H", nl=False, color=True)
    show(report)
    if is_terminal() and not options.quiet:
        say("Watching for changes; Ctrl-C ends.")


def _wait_for_change(watch: Watch) -> None:
    while True:
        begun = time.monotonic()
        if watch.look():
            _settle(watch)
            return
        time.sleep(max(LEAST_PAUSE, (time.monotonic() - begun) * SHARE))


def _settle(watch: Watch) -> None:
    time.sleep(SETTLED)
    while watch.look():
        time.sleep(SETTLED)


def _report(watch: Watch) -> Report | PubtoolError:
    """Return the report, or what keeps it from being made for longer than a save takes."""
    since = time.monotonic()
    while True:
        try:
            report: Report | PubtoolError = watch.report()
        except PubtoolError as error:
            report = error
        complete = isinstance(report, Report) and not report.errors
        if complete or time.monotonic() - since > PATIENCE:
            return report
        while not watch.look() and time.monotonic() - since <= PATIENCE:
            time.sleep(SETTLED)
