"""`pubtool serve`: a live preview, on this machine alone."""

from __future__ import annotations

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import say
from pubtool.cli.terminal import project_of

PORT = 8765


@click.command(
    epilog="""\b
Examples:
  pubtool serve
  pubtool serve --port 0      on any port that is free

Exit status: 0 stopped by the user, 2 could not run.
"""
)
@click.option("--port", type=click.IntRange(0, 65535), default=PORT, metavar="N",
              help=f"Where to listen.  [default: {PORT}]")  # fmt: skip
@click.pass_context
def serve(ctx: click.Context, *, port: int) -> None:
    """Show the posts in a browser as they are written.

    Each page has its verdicts and findings in the margin and is shown anew when a file is saved,
    drafts too. Only this machine can read it, and nothing is written.
    """
    from pubtool import server

    project = project_of(ctx.ensure_object(Options))
    server.serve(
        project.root,
        port,
        lambda url: say(f"pubtool: the preview is at {url} (Ctrl-C ends it)"),
    )
