"""What is printed: the answer on standard output, all else on standard error.

All goes through these two, so that a reader who leaves, a full disk and a closed stream come to the
same wherever they happen. Imports nothing that takes time.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress

import click

from pubtool.errors import CannotPrint


def is_terminal() -> bool:
    """Whether standard output is a terminal."""
    return sys.stdout is not None and sys.stdout.isatty()


def write(text: str) -> None:
    """Write text to standard output as it is, in UTF-8 where that is not a terminal.

    A reader that has gone away (`pubtool check | head`) is no error: the rest is dropped, and the
    exit status is what it would have been. Raises CannotPrint where the output is a full disk. A
    file name that is not UTF-8 is shown with a question mark for each byte.
    """
    try:
        if is_terminal():
            click.echo(text, nl=False, color=True)
        elif sys.stdout is not None:  # closed by whoever started us (`>&-`): nobody is there
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "replace"))
            sys.stdout.buffer.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            raise CannotPrint(error) from None


def say(text: str = "", *, end: str = "\n") -> None:
    """Write a message to standard error.

    Where nobody can be told (`2>&1 | head`, a full disk), the work goes on and the exit status is
    what it would have been.
    """
    with suppress(OSError):
        click.echo(f"{text}{end}", nl=False, err=True)
