"""Write what docs/ shows of the program itself: commands.md and the README's picture.

`make docs` runs it; tests/test_docs.py fails where a page has drifted from the program.
"""

from __future__ import annotations

import runpy
from collections.abc import Iterator
from pathlib import Path

import click

from pubtool.cli import program
from pubtool.pipeline import check, find_project, render_text

HERE = Path(__file__).parent
COMMANDS = HERE / "commands.md"
PICTURE = HERE / "pictures" / "check.svg"
MISQUOTED = HERE.parent / "tests" / "data" / "as-published"
SHOWN = ("Q101", "Q105")
"""The findings of the post as it was published that the picture has room for."""
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


def check_picture() -> str:
    """Return the picture of what `check` shows of the post as it was published."""
    report = check(find_project(MISQUOTED), select=SHOWN)
    shown = render_text(report, width=WIDTH, colour=True).split("\n\n")
    screen = "\n\n".join(shown[:3])
    draw = runpy.run_path(str(HERE / "picture.py"))["draw"]
    return str(draw(f"\x1b[1m$ pubtool check\x1b[0m\n{screen}\n", WIDTH))


if __name__ == "__main__":
    COMMANDS.write_text(commands_page(), encoding="utf-8", newline="\n")
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(check_picture(), encoding="utf-8", newline="\n")
