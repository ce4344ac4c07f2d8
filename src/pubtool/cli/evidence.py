"""`pubtool evidence`: the cite-check binder."""

from __future__ import annotations

from pathlib import Path

import click

from pubtool import pipeline
from pubtool.cli.completing import posts
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import ProgressBar, project_of, text_of
from pubtool.pipeline import number


@click.command(
    epilog="""\b
Examples:
  pubtool evidence                              all posts, to evidence.pdf
  pubtool evidence posts/on-care.md -o care.pdf

Exit status: 0 written, whatever the verdicts are, 2 could not run or a post
could not be read.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=posts)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="The PDF; an .html stands beside it.  [default: evidence.pdf]")  # fmt: skip
@click.pass_context
def evidence(ctx: click.Context, *, paths: tuple[Path, ...], output: Path | None) -> None:
    """Write the cite-check binder: each quotation with its source's page.

    A PDF and one HTML file: what could not be checked, what failed, and for each quotation the
    post's words, the verdict, every difference, the full citation, and the page of the source with
    the passage marked.
    """
    options = ctx.ensure_object(Options)
    project = project_of(options)
    target = output or project.root / pipeline.OUTPUT
    if target.suffix.lower() != ".pdf":
        raise click.BadParameter(f"{target} is no PDF's name; end it in .pdf", param_hint="-o")
    with ProgressBar(options) as progress:
        bound = pipeline.bind_evidence(project, paths, target, progress)
    write(text_of(bound.report, options))
    if not options.quiet:
        names = " and ".join(path.name for path in bound.files)
        shown = number(bound.pages, "page")
        say(f"pubtool: wrote {names}, with {shown} of sources")
    ctx.exit(2 if bound.report.errors else 0)
