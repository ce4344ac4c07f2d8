"""`pubtool explain`: what a finding means."""

from __future__ import annotations

from difflib import get_close_matches

import click

from pubtool.cli import completing
from pubtool.cli.options import Options
from pubtool.cli.page import render_page, title
from pubtool.cli.streams import write
from pubtool.cli.terminal import in_colour, width
from pubtool.errors import UnknownCode
from pubtool.pipeline import codes, load_page, reader_page


@click.command(
    epilog="""\b
Examples:
  pubtool explain Q101
  pubtool explain        all codes
"""
)
@click.argument("code", required=False, shell_complete=completing.codes)
@click.pass_obj
def explain(options: Options, code: str | None) -> None:
    """Say what a finding means and how to mend it.

    Without a CODE, all codes are listed.
    """
    if code is None:
        write("".join(f"{title(load_page(each))}\n" for each in codes()))
        return
    page = reader_page(_known(code.upper(), codes()))
    write(render_page(page, width=width(), colour=in_colour(options)))


def _known(code: str, codes: tuple[str, ...]) -> str:
    if code in codes:
        return code
    family = any(each.startswith(code) for each in codes)  # as `--select` takes it: all of them
    near = [] if family else get_close_matches(code, codes, n=1)
    raise UnknownCode(code, next(iter(near), ""))
