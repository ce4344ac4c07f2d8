"""`pubtool review`: the editor's desk, on this machine alone."""

from __future__ import annotations

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import say
from pubtool.cli.terminal import project_of, today

PORT = 8766


@click.command(
    epilog="""\b
Examples:
  pubtool review
  pubtool review --open       in the browser at once
  pubtool review --port 0     on any port that is free

Exit status: 0 stopped by the user, 2 could not run.
"""
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, metavar="N",
              help=f"Where to listen.  [default: {PORT}]")  # fmt: skip
@click.option("--open", "opening", is_flag=True, help="Open the browser at the desk.")
@click.pass_context
def review(ctx: click.Context, *, port: int, opening: bool) -> None:
    """Decide about quotations in a browser, each beside its source.

    What is accepted or waived goes into decisions/, a file a quotation; a post is written only
    where a fix or a citation is asked for. Only the browser that is given the whole address, with
    its key, can use it, on this machine alone.
    """
    from pubtool.server import review as desk

    desk.review(
        project_of(ctx.ensure_object(Options)).root,
        port,
        today,
        lambda url: say(f"pubtool: the desk is at {url} (Ctrl-C ends it)"),
        opening=opening,
    )
