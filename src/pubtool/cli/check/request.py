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
    baseline: bool
    write_baseline: bool
    audit: bool
    fix: bool
    diff: bool

    @property
    def in_words(self) -> bool:
        """Whether posts' findings and the count are all that is asked for, as lines of text."""
        others = self.statistics or self.baseline or self.write_baseline or self.stdin_filename
        return self.form == "text" and not others

    def refuse_contradictions(self) -> None:
        """Raise click's UsageError where options exclude each other."""
        if self.stdin_filename and self.paths:
            raise click.UsageError("--stdin-filename checks standard input alone; leave out PATHS")
        if self.scheduler and (self.jobs or self.stdin_filename):
            why = "--scheduler has the cluster's workers check; leave out the other"
            raise click.UsageError(why)
        if self.watch and (self.stdin_filename or self.scheduler):
            raise click.UsageError("--watch looks at the project's files; leave out the other")
        if self.write_baseline and self.watch:
            raise click.UsageError("--write-baseline is done once; leave out --watch")
        self._refuse_beside_audit()
        if self.write_baseline and self.stdin_filename:
            raise click.UsageError("--write-baseline is about files; leave out --stdin-filename")
        self._refuse_beside_mending()
        if self.statistics and self.form not in ("text", "json"):
            raise click.UsageError("--statistics are text or JSON; leave out --format")

    def _refuse_beside_mending(self) -> None:
        if self.fix and self.diff:
            raise click.UsageError("--diff shows what --fix would do; give one of them")
        if (self.fix or self.diff) and (self.audit or self.write_baseline):
            raise click.UsageError("--fix and --diff mend posts; leave out the other")
        if (self.fix or self.diff) and (self.watch or self.scheduler):
            why = "--fix and --diff check here and once; leave out --watch and --scheduler"
            raise click.UsageError(why)
        if self.diff and (self.statistics or self.output or self.form != "text"):
            raise click.UsageError("--diff writes a diff and no report; leave out the other")

    def _refuse_beside_audit(self) -> None:
        if not self.audit:
            return
        given = {
            "--watch": self.watch,
            "--statistics": self.statistics,
            "--baseline": self.baseline,
            "--write-baseline": self.write_baseline,
            "--stdin-filename": self.stdin_filename,
            "--scheduler": self.scheduler,
        }
        for name, value in given.items():
            if value:
                raise click.UsageError(f"--audit judges no post of yours; leave out {name}")
        if self.form not in ("text", "json"):
            raise click.UsageError("--audit is text or JSON; give --format one of them")


def split_codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Any:
    """Return codes or their beginnings, given comma by comma or option by option."""
    codes = tuple(
        code.strip().upper() for part in value for code in part.split(",") if code.strip()
    )
    for code in codes:
        if not CODE.fullmatch(code):
            raise click.BadParameter(f"{code!r} is no code; give Q101, or Q1 for all that begin so")
    if codes:
        from pubtool.pipeline.completing import offered_codes  # not where none is given

        known = [code for code, _ in offered_codes()]
        for code in codes:
            if not any(one.startswith(code) for one in known):
                why = f"no finding has a code like {code}; `pubtool explain` lists them all"
                raise click.BadParameter(why)
    return codes
