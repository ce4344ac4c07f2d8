"""`pubtool init`: a new project that builds at once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from pubtool.cli.terminal import today, write
from pubtool.errors import AlreadyThere
from pubtool.pipeline import create

FILES = {
    "pubtool.toml": "pubtool.toml",
    "posts/first-post.md": "first-post.md",
    "references.bib": "references.bib",
    "sources/lincoln1863.txt": "lincoln1863.txt",
    ".gitignore": "gitignore",
}
"""What is made -> the scaffold's file."""


@click.command(
    epilog="""\b
Examples:
  pubtool init          in this folder
  pubtool init essays   in a new one
"""
)
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Make a new project that builds at once.

    It has settings, a bibliography, a source and a post that quotes it. Nothing that is there
    already is touched.
    """
    for name in FILES:
        if (folder / name).exists():
            raise AlreadyThere(str(folder / name))
    scaffold = files("pubtool").joinpath("scaffold")
    for name, template in FILES.items():
        text = scaffold.joinpath(template).read_text(encoding="utf-8")
        create(folder / name, text.replace("{date}", today()).encode())
        write(f"created {folder / name}\n")
    write(_next(folder))


def _next(folder: Path) -> str:
    enter = "" if folder.resolve() == Path().resolve() else f"  cd {folder}\n"
    return (
        f"\nNext:\n{enter}"
        "  pubtool check    compare the post's quotations with the source\n"
        "  pubtool build    write the pages to public/\n"
    )
