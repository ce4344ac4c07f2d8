"""`pubtool sources add URL`, `fetch` and `refresh`: the commands that touch the network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pubtool import pipeline
from pubtool.cli import completing
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import now, project_of, width
from pubtool.pipeline import columns, number, pad, printable, shorten, wrap

if TYPE_CHECKING:  # loading them would load what connects
    from pubtool.pipeline import Added, Planned, Refreshed, Said, Standing

ALLOW_HOST = click.option(
    "--allow-host",
    "allowed",
    multiple=True,
    metavar="HOST",
    help="Fetch from this host though it is private, or not encrypted.",
)
_PLACES = 28
"""Columns that a quotation's place may take."""


def is_of_the_web(source: str) -> bool:
    """Whether an argument is an address or a DOI, not a file."""
    return "://" in source or (bool(pipeline.parse_doi(source)) and not Path(source).exists())


def add_from_web(
    options: Options, source: str, key: str, said: Said, allowed: tuple[str, ...]
) -> None:
    """Add what stands at an address, or a DOI's entry and text, and say what was done."""
    project, network = project_of(options), pipeline.Network(now(), allowed)
    doi = pipeline.parse_doi(source)
    if not doi:
        write(_added(pipeline.add_url(project, source, key, said, network)))
        return
    found = pipeline.add_doi(project, doi, key, network)
    if not found.entry:
        write(f"{doi} is in references.bib already, as {found.key}; nothing was written\n")
        return
    write(f"added {found.key} to references.bib:\n\n{found.entry}\n")
    if found.added:
        write(_added(found.added))
        return
    say(f"pubtool: no full text: {found.why}")
    write(f"add its text by hand: pubtool sources add FILE --key {found.key}\n")


def _added(added: Added) -> str:
    size = f"{added.words:,} word{'' if added.words == 1 else 's'}"
    said = f"added {printable(added.text.path)} ({size}) and pinned it in sources.lock\n"
    if added.pdf:
        said += f"the page names a PDF of the work, which has pages: {printable(added.pdf)}\n"
    return said


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fetch:
    """The arguments of `sources fetch`."""

    keys: tuple[str, ...]
    dry_run: bool
    allowed: tuple[str, ...]


@click.command()
@click.argument("keys", nargs=-1, shell_complete=completing.keys)
@click.option("--dry-run", is_flag=True, help="Only say what would be fetched.")
@ALLOW_HOST
@click.pass_context
def fetch(ctx: click.Context, /, **given: Any) -> None:
    """Fetch the texts of entries that have none yet.

    Those with an address or a DOI; what will be fetched is said first.

    Exit status: 0 all fetched, 2 some could not be.
    """
    asked, options = _Fetch(**given), ctx.ensure_object(Options)
    project = project_of(options)
    plans = pipeline.plan_fetches(project, asked.keys)
    write("".join(_planned(plan, plans) for plan in plans) or "nothing to fetch\n")
    if asked.dry_run:
        return
    failed = 0
    network = pipeline.Network(now(), asked.allowed)
    for plan, found in pipeline.fetch_planned(project, plans, network):
        if isinstance(found, str):
            failed += 1
            say(f"pubtool: {printable(plan.key)}: {printable(found)}")
        else:
            write(_added(found))
    if plans:
        write(f"{number(len(plans) - failed, 'text')} fetched, {failed} not\n")
    ctx.exit(2 if failed else 0)


def _planned(plan: Planned, plans: tuple[Planned, ...]) -> str:
    wide = max(len(printable(one.key)) for one in plans)
    return f"{pad(printable(plan.key), wide)}  {printable(plan.url) or 'names no address'}\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Refresh:
    """The arguments of `sources refresh`."""

    keys: tuple[str, ...]
    accept: bool
    allowed: tuple[str, ...]


@click.command()
@click.argument("keys", nargs=-1, shell_complete=completing.keys)
@click.option("--accept", is_flag=True, help="Put changed pages in the stored texts' place.")
@ALLOW_HOST
@click.pass_context
def refresh(ctx: click.Context, /, **given: Any) -> None:
    """Say whether the quoted words still stand on the pinned web pages.

    The pages are fetched again, and the posts checked against them; nothing is written without
    --accept. A page that is gone proves nothing of its words.

    Exit status: 0 all stand as they did, 1 some do not, 2 not all could be seen.
    """
    asked, options = _Refresh(**given), ctx.ensure_object(Options)
    accepting = pipeline.Accepting.YES if asked.accept else pipeline.Accepting.NO
    every: list[Refreshed] = []
    network = pipeline.Network(now(), asked.allowed)
    for found in pipeline.refresh(project_of(options), asked.keys, accepting, network):
        every.append(found)
        write(_refreshed(found))
    fallen = sum(found.fallen for found in every)
    stand = sum(one.stands for found in every for one in found.quotations)
    stands = "stands" if stand == 1 else "stand"
    counted = f"{number(stand, 'quotation')} {stands}, {fallen} no longer"
    write(f"{number(len(every), 'page')}: {_states(every)}{counted}\n")
    unread = dict.fromkeys(why for found in every for why in found.unread)
    for why in unread:
        say(f"pubtool: {printable(why)}")
    missed = any(found.state is pipeline.PageState.UNKNOWN or found.refused for found in every)
    ctx.exit(1 if fallen else 2 if missed or unread else 0)


def _states(every: list[Refreshed]) -> str:
    counts = [(s.value, sum(found.state is s for found in every)) for s in pipeline.PageState]
    said = ", ".join(f"{count} {name}" for name, count in counts if count)
    return f"{said}; " if said else ""


def _refreshed(found: Refreshed) -> str:
    """Return a page's state, then a line for each quotation, at most as wide as the terminal."""
    lines = [f"{printable(found.key)}  {_state(found)}"]
    if found.why:
        lines += ["  " + line for line in wrap(printable(found.why), width() - 2)]
    if found.state is pipeline.PageState.GONE and found.archive:
        lines.append(f"  archived at {printable(found.archive)}")
    wide = max((columns(_place(one)) for one in found.quotations), default=0)
    lines += [_standing(one, wide) for one in found.quotations]
    return "\n".join(lines) + "\n"


def _state(found: Refreshed) -> str:
    if found.state in (pipeline.PageState.GONE, pipeline.PageState.UNKNOWN):
        return str(found.state.value)
    if found.state is pipeline.PageState.UNCHANGED:
        return f"unchanged, {number(found.words[1], 'word')}"
    if found.state is pipeline.PageState.OTHER:
        return f"live page, {number(found.words[1], 'word')} (the stored text is no copy of it)"
    accepted = ", accepted" if found.accepted else ""
    return f"changed, {found.words[0]:,} words then, {found.words[1]:,} now{accepted}"


def _place(one: Standing) -> str:
    place: str = shorten(printable(f"{one.path}:{one.line}"), _PLACES)
    return place


def _standing(one: Standing, wide: int) -> str:
    told = {
        (True, True): "stands",
        (True, False): f"NO LONGER STANDS ({one.now.value})",
        (False, True): f"stands now (was {one.before.value})",
        (False, False): f"did not stand before ({one.now.value})",
    }[one.stood, one.stands]
    head = f"  {pad(_place(one), wide)}  {told}  "
    quoted: str = shorten(f"“{printable(one.text)}”", max(width() - len(head), 12))
    return head + quoted
