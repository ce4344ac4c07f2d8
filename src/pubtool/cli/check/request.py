"""What a check is asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

CODE = re.compile(r"Q\d{0,3}")
LEVELS = ["error", "warning", "info"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The command's own arguments."""

    paths: tuple[Path, ...]
    form: str
    output: Path | None
    strict: bool
    fail_on: str | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    stdin_filename: Path | None
    jobs: int | None
    scheduler: str | None
    watch: bool
    statistics: bool
    fix: bool
    diff: bool

    def refuse_contradictions(self) -> None:
        """Raise click's UsageError where options exclude each other."""
        if self.stdin_filename and self.paths:
            raise click.UsageError("--stdin-filename checks standard input alone; leave out PATHS")
        if self.scheduler and (self.jobs or self.stdin_filename):
            why = "--scheduler has the cluster's workers check; leave out the other"
            raise click.UsageError(why)
        if self.watch and (self.stdin_filename or self.scheduler):
            raise click.UsageError("--watch looks at the project's files; leave out the other")
        if self.fix and self.diff:
            raise click.UsageError("--diff shows what --fix would do; give one of them")
        if (self.fix or self.diff) and (self.watch or self.scheduler):
            why = "--fix and --diff check here and once; leave out --watch and --scheduler"
            raise click.UsageError(why)
        if self.diff and (self.statistics or self.output or self.form != "text"):
            raise click.UsageError("--diff writes a diff and no report; leave out the other")
        if self.statistics and self.form not in ("text", "json"):
            raise click.UsageError("--statistics are text or JSON; leave out --format")


def split_codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Any:
    """Return codes or their beginnings, given comma by comma or option by option."""
    codes = tuple(
        code.strip().upper() for part in value for code in part.split(",") if code.strip()
    )
    for code in codes:
        if not CODE.fullmatch(code):
            raise click.BadParameter(f"{code!r} is no code; give Q101, or Q1 for all that begin so")
    return codes
