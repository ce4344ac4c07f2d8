"""What a shell offers for the arguments of commands: `shell_complete=` of click's parameters."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pubtool.model import FORMATS

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def posts(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the project's posts, as paths from here."""
    from pubtool.pipeline.completing import offered_posts

    dot = "./" if incomplete.startswith("./") else ""
    found = [(dot + os.path.relpath(path), said) for path, said in offered_posts(_start(ctx))]
    return _beginning(incomplete, found)


def keys(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the bibliography's keys."""
    from pubtool.pipeline.completing import offered_keys

    return _beginning(incomplete, offered_keys(_start(ctx)))


def sites(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the sites of `pubtool.toml`."""
    from pubtool.pipeline.completing import offered_sites

    return _beginning(incomplete, offered_sites(_start(ctx)))


def codes(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the findings' codes; behind a comma the next one."""
    from pubtool.pipeline.completing import offered_codes

    before, comma, last = incomplete.rpartition(",")
    found = [(before + comma + code, title) for code, title in offered_codes()]
    return _beginning(before + comma + last.upper(), found)


def formats(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer what posts can be written as; behind a comma the next one."""
    before, comma, _ = incomplete.rpartition(",")
    return _beginning(incomplete, ((before + comma + name, "") for name in FORMATS))


def styles(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the citation styles' names, once a letter is there."""
    from pubtool.pipeline.completing import offered_styles

    return _beginning(incomplete, offered_styles()) if incomplete else []


def _start(ctx: click.Context) -> Path:
    """Return where the project is looked for."""
    project = ctx.find_root().params.get("project")
    return Path(project) if project else Path()


def _beginning(incomplete: str, offers: Iterable[tuple[str, str]]) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(word, help=said or None)
        for word, said in offers
        if word.startswith(incomplete)
    ]
