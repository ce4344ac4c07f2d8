"""Recognising: the pages of a scan are read once, when it is added."""

from __future__ import annotations

from pathlib import Path

from pubtool.errors import BadSource
from pubtool.model import Source
from pubtool.pipeline.workspace import Workspace
from pubtool.readers.sources.find import RECOGNISED
from pubtool.readers.sources.hocr import source_of
from pubtool.readers.sources.hocr_compact import compact
from pubtool.readers.sources.pdf import find_pictures
from pubtool.system.files import read_bytes, sha256
from pubtool.system.ocr import recognise
from pubtool.system.transaction import Change

_TESSERACT = {
    "ar": "ara", "cs": "ces", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "es": "spa",
    "fi": "fin", "fr": "fra", "he": "heb", "hu": "hun", "it": "ita", "la": "lat", "nl": "nld",
    "no": "nor", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe", "tr": "tur", "uk": "ukr",
}  # fmt: skip
"""Tesseract's names of languages, by their ISO 639-1 codes."""


def recognised(
    workspace: Workspace, entry: Source, target: Path, data: bytes, file: Path
) -> tuple[Change, ...]:
    """Return what is to be written beside a PDF: what a recogniser reads of its pictures.

    Nothing is done where no page needs it, or where it was done before. `file` is the PDF as its
    user knows it. Raises NoRecogniser, CannotRecognise, and BadSource where what stands beside it
    is of another PDF.
    """
    if target.suffix.lower() != ".pdf":
        return ()
    beside = target.with_suffix(RECOGNISED)
    if beside.exists():
        if source_of(read_bytes(beside)) == sha256(data):
            return ()
        name = workspace.name(beside)
        raise BadSource(str(file), f"{name} is of another PDF; move that away first")
    pages = find_pictures(data)
    if not pages:
        return ()
    languages = (_language(entry, workspace.project.settings.lang),)
    return (Change(beside, compact(recognise(data, str(file), languages, pages)), None),)


def _language(entry: Source, otherwise: str) -> str:
    """Return Tesseract's name of the language of a source; the project's where it does not say."""
    said = str(entry.csl.get("language") or otherwise)
    return _TESSERACT.get(said.partition("-")[0].casefold(), "eng")
