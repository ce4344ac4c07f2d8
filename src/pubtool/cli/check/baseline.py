"""`pubtool check --baseline` and `--write-baseline`: what was found before does not fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click

from pubtool import pipeline
from pubtool.cli.check.request import Request
from pubtool.cli.options import Options
from pubtool.cli.streams import say
from pubtool.cli.terminal import ProgressBar
from pubtool.model import Report
from pubtool.pipeline import BaselineMode, Compared, Project, all_findings, number

FILE = "baseline.toml"
_NAMED = 5
"""Files that a message names."""


def baseline_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the two options to a command."""
    written = click.option(
        "--write-baseline",
        is_flag=True,
        help="Write what is found to baseline.toml; later, take out what is mended.",
    )
    read = click.option(
        "--baseline", is_flag=True, help="What baseline.toml has is known and does not fail."
    )
    return read(written(command))


def compare(
    project: Project, request: Request, options: Options, arguments: Mapping[str, Any]
) -> Report:
    """Return the report beside the baseline, and say on standard error what became of that."""
    mode = BaselineMode.WRITE if request.write_baseline else BaselineMode.READ
    with ProgressBar(options) as progress:
        compared = pipeline.check_with_baseline(
            project, request.paths, mode=mode, **arguments, progress=progress
        )
    for line in _said(compared, mode):
        say(f"{FILE}: {line}")
    return compared.report


def _said(compared: Compared, mode: BaselineMode) -> Iterator[str]:
    if compared.made:
        entries = "1 entry" if compared.entries == 1 else f"{compared.entries} entries"
        yield f"{entries} written; `pubtool check --baseline` tells only what is new"
        return
    mended = sum(compared.mended.values())
    if mended:
        gone = f"{mended} of {compared.entries} {'is' if mended == 1 else 'are'} mended"
        end = f"; take {'it' if mended == 1 else 'them'} out with --write-baseline"
        if mode is BaselineMode.WRITE:
            end = ", and no longer in it"
        yield f"{gone}: {_listed(compared.mended)}{end}"
    new = len([*all_findings(compared.report)])
    if new and mode is BaselineMode.WRITE:
        yield (
            f"{number(new, 'new finding')} not added, for a baseline only shrinks; mend or waive "
            "what is new, or delete the file to begin again"
        )


def _listed(mended: Mapping[str, int]) -> str:
    named = [f"{path} {count}" for path, count in [*mended.items()][:_NAMED]]
    more = len(mended) - len(named)
    return ", ".join([*named, *([f"{number(more, 'other file')}"] if more else [])])
