"""Write the pages of docs/ that the program itself knows best: now, commands.md.

`make docs` runs it; tests/test_docs.py fails where a page has drifted from the program.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from pubtool.cli import program

COMMANDS = Path(__file__).parent / "commands.md"
INTRODUCTION = """# Commands

Generated from the program by `make docs`; `pubtool COMMAND --help` says the same.
"""
WIDTH = 80


def commands_page() -> str:
    """Return commands.md: the help of the program and of each command, in the help's order."""
    context = click.Context(
        program, info_name="pubtool", terminal_width=WIDTH, color=False, **program.context_settings
    )
    return "\n".join([INTRODUCTION, *sections(program, context)])


def sections(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield the section of a command, then those of the commands in it."""
    depth = context.command_path.count(" ")
    heading = "#" * min(depth + 2, 4)
    yield f"{heading} `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            assert inner is not None
            inside = click.Context(
                inner, parent=context, info_name=name, terminal_width=WIDTH, color=False
            )
            yield from sections(inner, inside)


if __name__ == "__main__":
    COMMANDS.write_text(commands_page(), encoding="utf-8", newline="\n")
