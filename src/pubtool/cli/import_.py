"""`pubtool import`: a blog's export file to posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pubtool import pipeline
from pubtool.cli.arrivals import ledger, listing, mishaps, next_steps
from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import ProgressBar, project_of, width
from pubtool.pipeline import Imported, State, number, printable, wrap

_ADDRESS = re.compile(r"https?:[/\\]")
_NOUNS = ("attachment", "comment", "page", "post")
"""Kinds of entries that have a plural; others are names of WordPress's or a plugin's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """The arguments of `import`."""

    file: Path
    into: Path
    series: tuple[str, ...]
    pages: bool
    dry_run: bool


def _split_names(
    ctx: click.Context, param: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


@click.command(
    "import",
    epilog="""\b
Examples:
  pubtool import blog.xml --dry-run
  pubtool import blog.xml --series-from "The Long Trial,Letters"

Exit status: 0 imported, 1 some posts were not or read differently, 2 could not run.
""",
)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), default=Path("posts"),
              metavar="DIR", help="The folder for the posts.  [default: posts]")  # fmt: skip
@click.option("--series-from", "series", multiple=True, metavar="CATEGORY,…",
              callback=_split_names, help="Categories that are series.")  # fmt: skip
@click.option("--pages", is_flag=True, help="Take pages for posts too.")
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be written.")
@click.pass_context
def import_(ctx: click.Context, /, **given: Any) -> None:
    """Turn a WordPress export into posts.

    FILE is what Tools > Export gives. Nothing is fetched and no file is overwritten; every post is
    read back and compared with what WordPress showed.
    """
    request, options = _Request(**given), ctx.ensure_object(Options)
    if _ADDRESS.match(str(request.file)):
        mend = "FILE is an export on this machine; `pubtool pull SITE` asks a site"
        raise click.UsageError(mend)
    wanted = pipeline.Wanted(request.into, request.series, request.pages, request.dry_run)
    with ProgressBar(options) as progress:
        found = pipeline.import_file(project_of(options), request.file, wanted, progress)
    if request.dry_run or options.verbosity > 1:
        write(listing(found.posts))
    write("".join(ledger(found.posts, whole=options.verbosity > 1)))
    write("".join(mishaps(found.posts)))
    write("".join(_summary(found, request)))
    if not options.quiet:
        write(next_steps(found.posts, images=len(found.images), dry=request.dry_run))
    failed = any(post.state is State.THERE or post.difference for post in found.posts)
    ctx.exit(1 if failed or found.unknown_series else 0)


def _counted(count: int, kind: str) -> str:
    """Return ``2 pages`` or ``2 posts (trash)``."""
    noun, space, state = kind.partition(" ")
    said = number(count, noun) if noun in _NOUNS else f"{count} {noun}"
    return f"{said}{space}{state}"


def _summary(found: Imported, request: _Request) -> Iterator[str]:
    left = [_counted(count, kind) for kind, count in found.left_out.items()]
    if left:
        offer = "" if request.pages or "page" not in found.left_out else "; --pages takes the pages"
        said = f"left out: {printable(', '.join(left))}{offer}"
        yield "".join(f"{line}\n" for line in wrap(said, width(), indent=2))
    if found.removed:
        yield f"{number(found.removed, 'character')} that XML forbids taken out to read the file\n"
    for name in found.unknown_series:
        yield f"no post has the category {printable(name)}\n"
    states = [(s, sum(post.state is s for post in found.posts)) for s in State]
    said = ", ".join(f"{count} {state.value}" for state, count in states if count)
    would = " (nothing was written)" if request.dry_run else ""
    yield f"{number(len(found.posts), 'post')}{f': {said}' if said else ''}{would}\n"
