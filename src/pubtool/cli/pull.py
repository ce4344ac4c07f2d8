"""`pubtool pull`: what a site has and the project has not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import click

from pubtool import pipeline
from pubtool.cli import completing
from pubtool.cli.arrivals import ledger, mishaps, next_steps
from pubtool.cli.fetching import ALLOW_HOST
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import ask_password, now, project_of, width
from pubtool.pipeline import Home, Outcome, Pulled, number, printable, wrap


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """The arguments of `pull`."""

    site: str | None
    posts: tuple[str, ...]
    dry_run: bool
    images: bool
    allowed: tuple[str, ...]


@click.command(
    epilog="""\b
Examples:
  pubtool pull blog --dry-run         what has been written or edited there
  pubtool pull blog posts/new.md      one post, by its file or its slug
  pubtool pull --images               the images that imported posts show

Exit status: 0 all is here, 1 some was left alone, 2 could not run.
"""
)
@click.argument("site", required=False, shell_complete=completing.sites)
@click.argument("posts", nargs=-1, shell_complete=completing.posts)
@click.option("-n", "--dry-run", is_flag=True, help="Only say what would be written.")
@click.option("--images", is_flag=True, help="Fetch the images that are listed in images.txt.")
@ALLOW_HOST
@click.pass_context
def pull(ctx: click.Context, /, **given: Any) -> None:
    """Bring a WordPress site's posts and edits home.

    SITE is a section [sites.SITE] of pubtool.toml. Edits are merged into the file that a post came
    from, block by block; of a paragraph that changed in both places the file keeps its own, and
    the other is shown. Posts that are not here yet become new files. The site is only read.
    With --images, what is listed in images.txt is fetched into images/ and the posts lead there.
    """
    request, options = _Request(**given), ctx.ensure_object(Options)
    if not request.site and not request.images:
        raise click.UsageError("name a SITE, or give --images")
    status = _pull_posts(request, options) if request.site else 0
    if request.images:
        status = max(status, _fetch_images(request, options))
    ctx.exit(status)


def _pull_posts(request: _Request, options: Options) -> int:
    assert request.site is not None
    project, site = project_of(options), request.site
    with pipeline.Pull(project, site, request.posts, ask=ask_password) as pulling:
        home = pulling.run(dry=request.dry_run)
    write("".join(line for post in home.posts for line in _post(post, options)))
    new = [p.arrived for p in home.posts if p.arrived and p.outcome is Outcome.NEW]
    write("".join(ledger(new, whole=options.verbosity > 1)))
    write("".join(mishaps(new)))
    write(_count(home, request))
    if new and not options.quiet:
        write(next_steps(new, images=len(home.images), dry=request.dry_run))
    left = any(post.is_left for post in home.posts)
    return 1 if left or any(post.difference for post in new) else 0


def _fetch_images(request: _Request, options: Options) -> int:
    """Fetch the listed images, and return the exit status."""
    listed = pipeline.images_to_fetch(project_of(options))
    if request.dry_run or not listed:
        write(f"{number(len(listed), 'image')} to fetch\n" if listed else "no image to fetch\n")
        return 0
    network = pipeline.Network(now(), request.allowed)
    fetched = failed = 0
    for image in pipeline.fetch_images(project_of(options), network):
        if image.path:
            fetched += 1
            write(f"{printable(image.path)}\n" if options.verbosity > 1 else "")
        else:
            failed += 1
            say(f"pubtool: {printable(image.why)}")
    write(f"{number(fetched, 'image')} fetched, {failed} not\n")
    return 2 if failed else 0


def _post(post: Pulled, options: Options) -> Iterator[str]:
    """Give a post's line and, where it changes a file or cannot, the difference."""
    if post.outcome is Outcome.SAME and options.verbosity < 2:
        return
    head = f"{printable(post.path)}  {post.outcome.value}"
    if post.why:
        first, *rest = wrap(printable(post.why), width(), used=len(head) + 2, indent=2)
        head = "\n".join([f"{head}: {first}", *rest])
    yield f"{head}\n"
    if post.copy:
        yield f"  yours is kept in {printable(post.copy)}\n"
    if post.diff and not options.quiet:
        yield "".join(f"  {printable(line)}\n" for line in post.diff.splitlines())


def _count(home: Home, request: _Request) -> str:
    counts = [(o, sum(post.outcome is o for post in home.posts)) for o in Outcome]
    said = ", ".join(f"{count} {outcome.value}" for outcome, count in counts if count)
    would = " (nothing was written)" if request.dry_run else ""
    return f"{number(len(home.posts), 'post')}{f': {said}' if said else ''}{would}\n"
