"""What a file is, by what it holds: its name is not believed."""

from __future__ import annotations

import re
from collections.abc import Mapping


class Unusable(Exception):
    """A picture cannot be shown; the words say why, and go into a sentence."""


DRAWING = "svg"
RASTERS = frozenset({"avif", "gif", "jpg", "png", "webp"})

_BEGINS: Mapping[str, re.Pattern[bytes]] = {
    "png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    "jpg": re.compile(rb"\xff\xd8\xff"),
    "gif": re.compile(rb"GIF8[79]a"),
    "webp": re.compile(rb"RIFF....WEBP", re.DOTALL),
    "avif": re.compile(rb"....ftypavi[fs]", re.DOTALL),
    DRAWING: re.compile(
        rb"(?:\xef\xbb\xbf)?\s*+"
        rb"(?:(?>(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\]\s*+)?>)\s*+))*+"
        rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]",
        re.DOTALL,
    ),
    "mp4": re.compile(rb"....ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4[AV] |qt  |dash)", re.DOTALL),
    "webm": re.compile(rb"\x1a\x45\xdf\xa3"),
    "ogg": re.compile(rb"OggS"),
    "wav": re.compile(rb"RIFF....WAVE", re.DOTALL),
    "flac": re.compile(rb"fLaC"),
    "mp3": re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"),
}
_OTHERS: Mapping[str, re.Pattern[bytes]] = {
    "TIFF": re.compile(rb"II\*\0|MM\0\*"),
    "BMP": re.compile(rb"BM"),
    "HEIC": re.compile(rb"....ftyp(?:heic|heix|mif1|hevc)", re.DOTALL),
    "JPEG XL": re.compile(rb"\xff\x0a|\0\0\0\x0cJXL "),
    "JPEG 2000": re.compile(rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51"),
    "PDF": re.compile(rb"%PDF-"),
    "HTML": re.compile(rb"\s*<(?:!doctype html|html|head|body|script)", re.IGNORECASE),
}
_ENDINGS: Mapping[str, frozenset[str]] = {
    "jpg": frozenset({"jpg", "jpeg", "jpe", "jfif"}),
    "png": frozenset({"png", "apng"}),
    "mp4": frozenset({"mp4", "m4a", "m4v", "mov"}),
    "ogg": frozenset({"ogg", "oga", "ogv", "opus"}),
}


def kind_of(data: bytes) -> str:
    """Return what a file is, by the usual ending of its kind.

    Raises `Unusable` for what browsers do not show as a picture, a film or a sound.
    """
    for kind, begins in _BEGINS.items():
        if begins.match(data):
            return kind
    for name, begins in _OTHERS.items():
        if begins.match(data):
            raise Unusable(f"it is {name}, which browsers do not show as a picture")
    raise Unusable("it is no picture" if data else "the file is empty")


def right_name(file: str, kind: str) -> str:
    """Return a file's name with an ending that says what it is, its own where that is right."""
    stem, dot, ending = file.rpartition(".")
    if ending.lower() in _ENDINGS.get(kind, {kind}):
        return file
    return f"{stem if dot else ending}.{kind}"
