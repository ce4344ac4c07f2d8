"""`pubtool new`: a post from the template."""

from __future__ import annotations

import json
import os
import re
from importlib.resources import files
from pathlib import Path
from unicodedata import category, normalize

import click

from pubtool.cli.options import Options
from pubtool.cli.streams import write
from pubtool.cli.terminal import project_of, today
from pubtool.errors import AlreadyThere
from pubtool.pipeline import create

LONGEST_SLUG = 60
"""Characters; longer titles end at a word."""


@click.command(
    epilog="""\b
Examples:
  pubtool new "What the Protocol says"
  pubtool new "Part two" --series "Trafficking and the Internet"
"""
)
@click.argument("title")
@click.option("--series", default="", metavar="NAME", help="The series that it is a part of.")
@click.pass_obj
def new(options: Options, title: str, series: str) -> None:
    """Make a new post from the template.

    It is posts/TITLE.md, a draft with today's date.
    """
    title = " ".join(_utf8(title).split())
    series = _utf8(series)
    slug = slug_of(title)
    if not slug:
        raise click.BadParameter("a title needs a letter or a digit", param_hint="TITLE")
    project = project_of(options)
    name = f"posts/{slug}.md"
    try:
        create(project.root / name, post_of(title, series=series, date=today()).encode())
    except AlreadyThere:
        raise AlreadyThere(name) from None
    write(f"Created {_shown(project.root / name)}; when it is written: pubtool check {name}\n")


def _utf8(argument: str) -> str:
    """Return an argument as the user typed it, also where the locale is not UTF-8."""
    try:
        return os.fsencode(argument).decode("utf-8")
    except UnicodeError:
        raise click.BadParameter("it is not UTF-8; type it in a terminal that is") from None


def slug_of(title: str) -> str:
    """Return the title as a file name: lower case, accents dropped, hyphens for all else.

    Letters of scripts that have no ASCII form are kept.
    """
    plain = "".join(c for c in normalize("NFKD", title.casefold()) if category(c) != "Mn")
    plain = re.sub(r"(?<=\w)['’](?=\w)", "", normalize("NFC", plain))
    slug = "-".join(re.findall(r"[^\W_]+", plain))
    if len(slug) > LONGEST_SLUG:
        slug = slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]
    return slug


def post_of(title: str, *, series: str, date: str) -> str:
    """Return the template filled in; titles are quoted as YAML (a superset of JSON) has it."""
    template = files("pubtool").joinpath("scaffold/post.md").read_text(encoding="utf-8")
    line = f"series: {_quoted(series)}\n" if series else ""
    return (
        template.replace("{date}", date)
        .replace("{series}", line)
        .replace("{title}", _quoted(title))
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _shown(path: Path) -> str:
    """Return the path as the user would type it here."""
    here = Path().resolve()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
