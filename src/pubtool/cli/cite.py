"""`pubtool cite`: the citations of uncited quotations."""

from __future__ import annotations

from pathlib import Path

import click

from pubtool import pipeline
from pubtool.cli.check.mending import show_diff, tell
from pubtool.cli.completing import posts
from pubtool.cli.options import Options
from pubtool.cli.terminal import project_of

UNCITED = "Q303"


@click.command(
    epilog="""\b
Examples:
  pubtool cite                         show what would be cited, as a diff
  pubtool cite posts/a.md --write      write it

Exit status: with --diff 0 nothing to cite, 1 there is; with --write 0; 2 could not run.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=posts)
@click.option("--diff/--write", default=True,
              help="Show the changes, or make them.  [default: --diff]")  # fmt: skip
@click.pass_context
def cite(ctx: click.Context, /, *, paths: tuple[Path, ...], diff: bool) -> None:
    """Cite the source of each uncited quotation.

    It is cited where it stands in exactly one source, with its place there.

    PATHS are posts or folders of the project; all posts where none is given. A quotation whose
    source or place is not certain is listed, and left to you.
    """
    options = ctx.ensure_object(Options)
    fixed = pipeline.fix_posts(
        project_of(options), paths, select=(UNCITED,), jobs=None, write=not diff
    )
    if diff:
        ctx.exit(show_diff(fixed, options, would="would cite"))
    tell(fixed, options, made="cited", each=True)
    ctx.exit(2 if fixed.errors else 0)
