"""`pubtool completion`: the script by which a shell completes pubtool's words."""

from __future__ import annotations

import re

import click
from click.shell_completion import (
    BashComplete,
    CompletionItem,
    ShellComplete,
    add_completion_class,
    get_completion_class,
)

from pubtool.cli.streams import write

VARIABLE = "_PUBTOOL_COMPLETE"
"""Set by the scripts where they ask for words; click's name for it."""

SHELLS = ("bash", "zsh", "fish")

_SPECIAL = re.compile(r"([^\w@%+=:,./-])")


class Quoted(BashComplete):
    """Bash puts words into the line as they are: what is special to it needs a backslash."""

    def format_completion(self, item: CompletionItem) -> str:
        """Return a word as the script reads it."""
        word = _SPECIAL.sub(r"\\\\\1", str(item.value))  # the script's `read` takes one off
        return f"{item.type},{word}"


add_completion_class(Quoted)


@click.command(
    epilog="""\b
Examples:
  pubtool completion bash > ~/.local/share/bash-completion/completions/pubtool
  pubtool completion zsh > ~/.zfunc/_pubtool
  pubtool completion fish > ~/.config/fish/completions/pubtool.fish
"""
)
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what a shell needs to complete words.

    Words are commands, posts, keys, codes, sites and styles. Write the script to where your
    shell looks for completions, and open a new one. For zsh, the
    folder has to be on `fpath` before `compinit` is run.
    """
    found = get_completion_class(shell)
    assert found is not None
    script = found(ctx.find_root().command, {}, "pubtool", VARIABLE)
    write(ShellComplete.source(script).strip("\n") + "\n")
