"""The typefaces: those that packages bring, by script, and the project's own folder."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from pubtool.errors import BadFont
from pubtool.system.files import read_bytes
from pubtool.writers.overrides import FONTS

if TYPE_CHECKING:
    from typst import Fonts

PACKAGES = (
    "fontpkg_amiri",
    "fontpkg_hind_siliguri",
    "fontpkg_noto_sans_devanagari",
    "fontpkg_noto_sans_khmer",
    "fontpkg_noto_sans_tamil",
    "fontpkg_noto_sans_telugu",
    "fontpkg_noto_sans_thai",
    "fontpkg_noto_serif",
)
"""Each holds one family under the SIL Open Font License 1.1, its text beside the files."""

_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_OF_THE_WEB = frozenset({".woff", ".woff2"})
"""What browsers alone can use; whoever puts one there would wait for its letters in vain."""
_BEGINNINGS = (b"\x00\x01\x00\x00", b"OTTO", b"true", b"ttcf")
"""Of TrueType and OpenType files, and of collections of them."""


def own_faces(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return those of the files that are typefaces. Raises `BadFont`."""
    named = [path for path in paths if path.suffix.lower() in _SUFFIXES | _OF_THE_WEB]
    for path in named:
        if not read_bytes(path).startswith(_BEGINNINGS):
            raise BadFont(f"{FONTS}/{path.name}")
    return tuple(named)


@cache
def faces(own: tuple[tuple[Path, str], ...]) -> tuple[Fonts, tuple[str, ...]]:
    """Return all typefaces, and the names of the families that the files `own` add, sorted.

    Each of `own` is a path and a digest of what is there, so that a file that changes is read anew.

    No typeface of the machine is among them: the same post looks the same everywhere.
    """
    import typst

    shipped = typst.Fonts(include_system_fonts=False, font_paths=_shipped())
    if not own:
        return shipped, ()
    folders = sorted({str(path.parent) for path, _ in own})
    both = typst.Fonts(include_system_fonts=False, font_paths=[*_shipped(), *folders])
    added = set(both.families()) - set(shipped.families())
    return both, tuple(sorted(added))


def _shipped() -> list[str]:
    return [str(files(package).joinpath("files")) for package in PACKAGES]
