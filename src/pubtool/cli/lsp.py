"""`pubtool lsp`: verdicts in an editor, as its user types."""

from __future__ import annotations

import click


@click.command(
    epilog="""\b
Examples:
  pubtool lsp      started by an editor, see docs/editors.md

Exit status: 0 the editor left as agreed, 1 it was gone, 2 could not run.
"""
)
@click.pass_context
def lsp(ctx: click.Context) -> None:
    """Check posts in an editor, as they are typed.

    An editor starts it and speaks the Language Server Protocol with it, on
    standard input and output. Nothing of the author's is written: every change
    is made by the editor.
    """
    from pubtool.lsp import serve

    ctx.exit(serve())
