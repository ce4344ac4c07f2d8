"""Writing the report: in the form that was asked for, to the screen or to a file."""

from __future__ import annotations

from pubtool.cli.check.request import Request
from pubtool.cli.options import Options
from pubtool.cli.terminal import text_of, write
from pubtool.model import Report
from pubtool.pipeline import Verbosity, render_json, render_text, write_atomic


def show(report: Report, request: Request, options: Options) -> None:
    """Write the report to standard output, or to the file that was named."""
    if request.form == "json":
        text = render_json(report)
    elif request.output:
        text = render_text(report, verbosity=Verbosity(options.verbosity))
    else:
        text = text_of(report, options)
    if request.output:
        write_atomic(request.output, text.encode())
    else:
        write(text)
