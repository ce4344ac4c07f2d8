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


def split_codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> Any:
    """Return codes or their beginnings, given comma by comma or option by option."""
    codes = tuple(
        code.strip().upper() for part in value for code in part.split(",") if code.strip()
    )
    for code in codes:
        if not CODE.fullmatch(code):
            raise click.BadParameter(f"{code!r} is no code; give Q101, or Q1 for all that begin so")
    return codes
