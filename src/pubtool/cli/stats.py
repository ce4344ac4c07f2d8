"""`pubtool stats`: how the quotations of the archive stand, over time and by source."""

from __future__ import annotations

from pathlib import Path

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import ProgressBar, project_of, width
from pubtool.pipeline import overview, render_stats, write_atomic

FAULTY = 2


@click.command(
    epilog="""\b
Examples:
  pubtool stats
  pubtool stats --format html -o stats.html   a page with plots
"""
)
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text",
              help="How to write it.  [default: text]")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Write it to a file.")  # fmt: skip
@click.pass_context
def stats(ctx: click.Context, /, *, form: str, output: Path | None) -> None:
    """Count the verdicts by date and by source.

    All posts are counted, by months, or by years where the archive is longer
    than three. Exit status: 0; 2 where a post could not be read.
    """
    options = ctx.ensure_object(Options)
    with ProgressBar(options) as progress:
        counted, errors = overview(project_of(options), progress)
    text = render_stats(counted, form, 80 if output else width())
    if output:
        write_atomic(output, text.encode())
    else:
        write(text)
    for error in errors:
        say(f"pubtool: error: {error}")
    ctx.exit(FAULTY if errors else 0)
