"""`pubtool publish`: check, show the plan, ask, and put posts on a WordPress site."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pubtool import pipeline
from pubtool.cli.completing import posts, sites
from pubtool.cli.group import STOPPED
from pubtool.cli.options import Options
from pubtool.cli.plan_text import needs_attention, render_count, render_done, render_plan
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import ask_password, now, project_of, text_of, width
from pubtool.errors import NotConfirmed, PubtoolError
from pubtool.model import Key

STATUSES = ("draft", "publish", "future", "private")


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command's own arguments."""

    site: str
    paths: tuple[Path, ...]
    dry_run: bool
    status: str | None
    theirs: bool
    ours: bool
    yes: bool

    @property
    def side(self) -> pipeline.Side:
        """Who wins where both sides have changed a post."""
        if self.theirs and self.ours:
            raise click.UsageError("--theirs and --ours exclude each other; give one of them")
        if self.theirs:
            return pipeline.Side.THEIRS
        return pipeline.Side.OURS if self.ours else pipeline.Side.NEITHER


@click.command(
    epilog="""\b
Examples:
  pubtool publish blog --dry-run     what would be done
  pubtool publish blog posts/new.md  one post alone
  pubtool publish blog --status publish

Exit status: 0 done or nothing to do, 1 something is left, 2 could not run.
"""
)
@click.argument("site", shell_complete=sites)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=posts)
@click.option("-n", "--dry-run", is_flag=True, help="Show the plan, and send nothing.")
@click.option("--status", type=click.Choice(STATUSES), help="Instead of the posts' own.")
@click.option("--theirs", is_flag=True, help="Where both have changed, keep the site's.")
@click.option("--ours", is_flag=True, help="Where both have changed, overwrite the site's.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.pass_context
def publish(ctx: click.Context, /, **given: Any) -> None:
    """Create or update posts on a WordPress site.

    SITE is a section [sites.SITE] of pubtool.toml. What the check found and the plan are shown
    first. Nothing is sent where a quotation fails, or where a source's pinned text is gone; and no
    edit that somebody made on the site is overwritten unasked.
    """
    request, options = Request(**given), ctx.ensure_object(Options)
    wishes = pipeline.Wishes(
        request.site, request.paths, request.status or "", request.side, now(), ask_password
    )
    with pipeline.Publication(project_of(options), wishes) as publication:
        report, stopped = publication.check()
        write(text_of(report, options))
        if stopped:
            say(f"pubtool: nothing was sent: {_mend(publication.lost)}")
            ctx.exit(2 if report.errors else 1)
        plan = publication.plan()
        write(render_plan(plan, request.site, width()))
        if request.dry_run:
            ctx.exit(int(plan.leaves_something))
        if plan.writes and not request.yes:
            _confirm(request.site)
        ctx.exit(_apply(publication, plan, request.site))


def _mend(lost: tuple[Key, ...]) -> str:
    """Return what has to be done before anything is sent."""
    if not lost:
        return "mend what fails"
    texts, those = ("texts", "those") if len(lost) > 1 else ("text", "that")
    return (
        f"the pinned {texts} of {', '.join(lost)} {'are' if len(lost) > 1 else 'is'} gone, and the "
        f"site would lose the proof that rests on {those}; bring the {texts} back, or give them up "
        "with `pubtool sources remove`"
    )


def _confirm(site: str) -> None:
    """Ask whether the plan is to be carried out; raise `NotConfirmed` where nobody can be asked."""
    if not sys.stdin or not sys.stdin.isatty():
        raise NotConfirmed(site)
    status = 0
    try:
        agreed = click.confirm("Do this?", default=False, err=True)
    except click.Abort:  # Ctrl-C, Ctrl-D: the question's line is not ended
        say()
        agreed, status = False, STOPPED
    if not agreed:
        say("pubtool: nothing was sent")
        raise click.exceptions.Exit(status)


def _apply(publication: pipeline.Publication, plan: pipeline.Plan, site: str) -> int:
    """Carry the plan out, say what was done, and return the exit status."""
    every: list[pipeline.Done] = []
    try:
        for done in publication.apply():
            every.append(done)
            write(render_done(done, width()))
    except (PubtoolError, KeyboardInterrupt):
        write(render_count(every, plan, site))
        raise
    write(render_count(every, plan, site))
    return int(any(needs_attention(done) for done in every))
