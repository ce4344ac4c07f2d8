"""`pubtool waivers`: what does not count, why, and by whose word."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from pubtool import __version__, pipeline
from pubtool.cli.completing import posts
from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import project_of, width
from pubtool.pipeline import WaiverLine, number, printable, wrap

SCHEMA = 1
"""Of the JSON that is printed."""


@click.command(
    epilog="""\b
Examples:
  pubtool waivers                 all of them, those that waive nothing first
  pubtool waivers posts/a.md
  pubtool waivers --format json

Exit status: 0, whatever is listed; 2 could not run. `check` is what fails.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), shell_complete=posts)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="How to print it.  [default: text]")  # fmt: skip
@click.pass_context
def waivers(ctx: click.Context, *, paths: tuple[Path, ...], form: str) -> None:
    """List the waivers and decisions, with reasons.

    Those in posts and those in decisions/. Who and when is what git says of the lines; where it
    says nothing, what the file says.
    """
    project = project_of(ctx.ensure_object(Options))
    found = pipeline.list_waivers(project, paths)
    write(_json(found) if form == "json" else "".join(f"{line}\n" for line in _text(found)))


def _text(found: Sequence[WaiverLine]) -> Iterator[str]:
    for one in found:
        said = "accepted" if one.choice == "accept" else f"waives {', '.join(one.codes)}"
        note = _note(one)
        yield f"{printable(one.path)}:{one.line}: {said}{f' ({note})' if note else ''}"
        if one.reason:
            yield from (f"  {line}" for line in wrap(printable(one.reason), width() - 2))
        who = ", ".join(printable(part) for part in (one.by, one.on) if part)
        if who or one.committed is False:
            yield f"  {who or 'not committed yet'}"
    stale = sum(one.stale for one in found)
    waiving = sum(one.choice == "waive" for one in found)
    accepted = f", {len(found) - waiving} accepted" if len(found) > waiving else ""
    unused = f"; {stale} without effect" if stale else ""
    yield f"{number(waiving, 'waiver')}{accepted}{unused}"


def _note(one: WaiverLine) -> str:
    if one.choice == "accept":
        return "of another verdict than it has now" if one.stale else ""
    if one.stale:
        return "waives nothing"
    return f"{', '.join(one.unused)} waives nothing" if one.unused else ""


def _json(found: Sequence[WaiverLine]) -> str:
    document = {
        "schema": SCHEMA,
        "tool": {"name": "pubtool", "version": __version__},
        "waivers": [
            {
                "path": one.path,
                "line": one.line,
                "post": one.post,
                "quotation": one.quotation or None,
                "choice": one.choice,
                "codes": list(one.codes),
                "unused": list(one.unused),
                "stale": one.stale,
                "reason": one.reason,
                "by": one.by or None,
                "on": one.on or None,
                "committed": one.committed,
            }
            for one in found
        ],
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n"
