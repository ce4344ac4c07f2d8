"""`pubtool config`: the settings in force."""

from __future__ import annotations

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import project_of
from pubtool.pipeline import describe


@click.command()
@click.pass_obj
def config(options: Options) -> None:
    """Show the settings and where each is from.

    What is printed is TOML, and could stand in pubtool.toml as it is.
    """
    write(as_toml(describe(project_of(options))))


def as_toml(rows: list[tuple[str, str, str]]) -> str:
    """Return settings (``section.key``, value, origin) as TOML, the origins as comments."""
    lines, inside = [], ""
    width = max(len(f"{name.rpartition('.')[2]} = {value}") for name, value, _ in rows)
    for name, value, origin in rows:
        section, _, key = name.rpartition(".")
        if section != inside:
            lines += ["", f"[{section}]"]
            inside = section
        lines.append(f"{f'{key} = {value}':{min(width, 50)}}  # {origin}")
    return "\n".join(lines).lstrip("\n") + "\n"
