"""`pubtool init`: a new project that builds at once."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import click

from pubtool.cli.streams import write
from pubtool.cli.terminal import today
from pubtool.errors import AlreadyThere, PubtoolError, typed
from pubtool.pipeline import create, remove

IGNORED = ".gitignore"
"""The one file that a folder may well have before, and keeps."""

FILES = {
    "pubtool.toml": "pubtool.toml",
    "posts/first-post.md": "first-post.md",
    "references.bib": "references.bib",
    "sources/lincoln1863.txt": "lincoln1863.txt",
    IGNORED: "gitignore",
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
    kept = [folder / IGNORED] if (folder / IGNORED).exists() else []
    for name in FILES:
        if (folder / name).exists() and folder / name not in kept:
            raise AlreadyThere(str(folder / name))
    scaffold = files("pubtool").joinpath("scaffold")
    created: list[Path] = []
    try:
        for name, template in FILES.items():
            if folder / name in kept:
                continue
            text = scaffold.joinpath(template).read_text(encoding="utf-8")
            create(folder / name, text.replace("{date}", today()).encode())
            created.append(folder / name)
    except PubtoolError:  # half a project is worse than none
        for path in created:
            remove(path)
        raise
    done = [f"created {path}\n" for path in created]
    done += [f"kept {path}; add /public/ and /.pubtool/ to it\n" for path in kept]
    write("".join(done) + _next(folder))


def _next(folder: Path) -> str:
    enter = "" if folder.resolve() == Path().resolve() else f"  {typed('cd', str(folder))}\n"
    return (
        f"\nNext:\n{enter}"
        "  pubtool check    compare the post's quotations with the source\n"
        "  pubtool build    write the pages to public/\n"
    )
