"""The compiler: what it is given, and what it says where it refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pubtool.errors import GlyphMissing, TypesetFailed
from pubtool.system.files import temporary_folder, write_atomic
from pubtool.text.lines import line_of

if TYPE_CHECKING:
    from typst import Fonts

STANDARDS = ("ua-1", "a-3a")
"""Typst's own modes; each refuses what it knows to be against its standard."""

_TEMPLATE = "template.typ"
_TOO_DEEP = re.compile("maximum [a-z ]+ depth exceeded|recursion limit exceeded")
_MISSING = re.compile(r'the text `("(?:[^"\\`]|\\.)*")` could not be displayed')


@dataclass(frozen=True)
class Dress:
    """What a document is set with."""

    template: bytes | None
    """The project's own, in place of ours."""
    fonts: Fonts


def compile_pdf(
    data: str, dress: Dress, images: Mapping[str, bytes], texts: Mapping[str, str]
) -> bytes:
    """Return the PDF of the document that `data` (JSON) describes.

    `images` are by the names in the data; `texts`, the posts by path, are searched for what Typst
    complains of. Raises `TypesetFailed` and `GlyphMissing`.
    """
    import typst

    sources = {
        "main.typ": shipped("document.typ"),
        _TEMPLATE: dress.template or shipped(_TEMPLATE),
        "book.json": data.encode("utf-8", "replace"),
    }
    with image_folder(images) as root:
        try:
            made = typst.compile(  # type: ignore[call-overload]  # the stub knows no dictionary
                sources,
                root=root,
                font_paths=dress.fonts,
                pdf_standards=list(STANDARDS),
                ignore_system_fonts=True,
                timestamp=0,
            )
        except (typst.TypstError, RuntimeError) as error:
            raise _fault(error, dress, texts) from None
    return bytes(made)


@cache
def shipped(name: str) -> bytes:
    """Return a file of our own templates."""
    return package_files(__package__).joinpath("typst", name).read_bytes()


@contextmanager
def image_folder(images: Mapping[str, bytes]) -> Iterator[Path]:
    """Give a folder with the images and nothing else: all that the compiler may read."""
    with temporary_folder() as folder:
        for name, data in images.items():
            write_atomic(folder / name, data)
        yield folder


def _fault(error: Exception, dress: Dress, texts: Mapping[str, str]) -> Exception:
    diagnostic = str(getattr(error, "diagnostic", ""))
    missing = missing_in(diagnostic)
    if missing:
        return GlyphMissing(*_place(missing, texts), missing)
    message = str(getattr(error, "message", error))
    path = _to_blame(diagnostic, message) if dress.template else ""
    return TypesetFailed(path or next(iter(texts)), _why(message, getattr(error, "hints", ())))


def _to_blame(diagnostic: str, message: str) -> str:
    """Return the project's template, with the line, where the fault is its own."""
    found = re.search(rf"┌─ .*{re.escape(_TEMPLATE)}:(\d+)", diagnostic)
    if found:
        return f"templates/{_TEMPLATE}:{found[1]}"
    return f"templates/{_TEMPLATE}" if message.startswith("unknown variable") else ""


def missing_in(diagnostic: str) -> str:
    """Return the characters, each once and in order, that Typst had no font for."""
    found: dict[str, None] = {}
    for text in _MISSING.findall(diagnostic):
        found.update(dict.fromkeys(_unescaped(text[1:-1])))
    for unseen in _UNSEEN.intersection(found):
        found.pop(unseen)
    return "".join(found)


_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060 ")
"""Named along with the letter beside them, and not themselves at fault."""

_ESCAPE = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))")


def _unescaped(text: str) -> str:
    """Return what Rust has written as a string."""
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else m[2], text)


def _place(missing: str, texts: Mapping[str, str]) -> tuple[str, int]:
    """Return the first file and line that has one of the characters; 0 where no post has."""
    for path, text in texts.items():
        places = [at for at in map(text.find, missing) if at >= 0]
        if places:
            return path, line_of(text, min(places))
    return next(iter(texts)), 0


def _why(message: str, hints: Any) -> str:
    """Return Typst's words as part of a sentence."""
    if _TOO_DEEP.search(message):
        return "it is nested too deeply"
    said = re.sub(r"^PDF/[\w/, -]+ error: ", "", "; ".join([message, *hints]))
    said = re.sub(r" \(searched at [^)]*\)", "", said)  # a folder of this run alone
    return " ".join(said.split()).rstrip(".")
