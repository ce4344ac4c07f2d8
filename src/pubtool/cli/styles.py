"""`pubtool styles`: which citation styles there are, offline."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from pubtool.cli import completing
from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import project_of
from pubtool.errors import NoProject
from pubtool.pipeline import StyleLine, list_styles, printable

DEFAULT = "chicago-notes-bibliography"


@click.command(
    epilog="""\b
Examples:
  pubtool styles chicago author-date
  pubtool styles law note             of law, with notes
  pubtool styles --format json nature
"""
)
@click.argument("words", nargs=-1, shell_complete=completing.styles)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text",
              help="How to list them.")  # fmt: skip
@click.pass_obj
def styles(options: Options, words: tuple[str, ...], form: str) -> None:
    """List the citation styles, or search them.

    Every one of WORDS has to stand in a style's name, title, kind or field of
    study. Without any, the styles with rules of their own are listed; most
    names are journals that follow one of these ("like"), and are only searched.
    Any of the names is a value for `csl`. The star marks the one in force.
    """
    found = list_styles(words)
    shown = found if words or form == "json" else tuple(one for one in found if not one.parent)
    force = _in_force(options)
    write(_as_json(shown, force) if form == "json" else _as_text(shown, force, len(found)))


def _in_force(options: Options) -> str:
    try:
        return project_of(options).settings.csl.removesuffix(".csl")
    except NoProject:
        return DEFAULT


def _as_json(lines: tuple[StyleLine, ...], force: str) -> str:
    rows = [{**asdict(line), "default": line.name == force} for line in lines]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def _as_text(lines: tuple[StyleLine, ...], force: str, every: int) -> str:
    counted = f"{len(lines):,} style{'' if len(lines) == 1 else 's'}"
    if len(lines) < every:
        counted += f"; {every - len(lines):,} more follow one of these, and are searched by name"
    return "".join(_shown(line, force) for line in lines) + f"{counted}\n"


def _shown(line: StyleLine, force: str) -> str:
    said = [line.kind, line.language, f"like {line.parent}" if line.parent else ""]
    traits = ", ".join(trait for trait in said if trait)
    star = "*" if line.name == force else " "
    return f"{star} {line.name} ({traits})\n    {printable(line.title)}\n"
