"""`pubtool verify`: prove again what was published."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from pubtool import __version__, pipeline
from pubtool.cli.options import Options
from pubtool.cli.streams import say, write
from pubtool.cli.terminal import project_of
from pubtool.pipeline import Verified, number, printable

SCHEMA = 1
"""Of the JSON that is printed."""


@click.command(
    epilog="""\b
Examples:
  pubtool verify                                 all that stands in public/
  pubtool verify public/on-care/verification.json
  pubtool verify --format json

Exit status: 0 all of it holds, 1 something does not, 2 could not run, or not read a record.
"""
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="How to print it.  [default: text]")  # fmt: skip
@click.pass_context
def verify(ctx: click.Context, *, files: tuple[Path, ...], form: str) -> None:
    """Prove again what published pages say of their quotations.

    Posts are checked anew, and each verification.json is compared with what is found: the post, its
    sources, the settings, every verdict, and the page beside it.
    """
    options = ctx.ensure_object(Options)
    project = project_of(options)
    found = pipeline.verify(project, files, project.root / project.settings.output)
    if form == "json":
        write(_json(found))
    else:
        write("".join(f"{line}\n" for line in _lines(found, options)))
    faults = [one.fault for one in found if one.fault]
    for fault in faults:
        say(f"pubtool: error: {fault}")
    ctx.exit(2 if faults else 0 if all(one.holds for one in found) else 1)


def _lines(found: Sequence[Verified], options: Options) -> Iterator[str]:
    for one in found:
        if one.fault:  # said as an error
            continue
        about = f"{one.about}, {number(one.quotations, 'quotation')}" if one.about else "the site"
        if one.changes or not options.quiet:
            said = "holds" if one.holds else "does not hold"
            yield f"{said}: {printable(one.path)} ({printable(about)})"
        for change in one.changes:
            yield f"  {printable(change.message)}{'' if change.counts else ' (decides nothing)'}"
    holding = sum(one.holds for one in found)
    rest = f", {len(found) - holding} not" if holding < len(found) else ""
    yield f"{number(len(found), 'record')}: {holding} {'holds' if holding == 1 else 'hold'}{rest}"


def _json(found: Sequence[Verified]) -> str:
    records = [
        {
            "path": one.path,
            "post": one.about or None,
            "holds": one.holds,
            "quotations": one.quotations,
            "changes": [
                {
                    "code": change.code,
                    "counts": change.counts,
                    "message": change.message,
                    "quotation": change.quotation,
                }
                for change in one.changes
            ],
        }
        for one in found
    ]
    holding = sum(one.holds for one in found)
    document = {
        "schema": SCHEMA,
        "tool": {"name": "pubtool", "version": __version__},
        "summary": {"records": len(found), "hold": holding, "not": len(found) - holding},
        "records": records,
    }
    return f"{json.dumps(document, ensure_ascii=False, indent=2)}\n"
