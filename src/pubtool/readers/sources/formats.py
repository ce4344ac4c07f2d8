"""The formats that can be read, in the order in which they are preferred.

What a person wrote out or corrected (text, Markdown) is trusted before what a program extracts
(HTML, PDF).
"""

from __future__ import annotations

DOCUMENTS = (
    *(".tex", ".latex", ".wiki", ".mediawiki", ".docx", ".odt", ".rtf", ".epub"),
    *(".jats", ".nxml", ".xml"),
)
"""What pandoc reads."""

WEB = (".html", ".htm", ".xhtml", ".mhtml", ".mht")

EXTENSIONS = (".txt", ".md", ".markdown", *DOCUMENTS, *WEB, ".pdf")
"""File name endings in lower case, the preferred first."""

_MENDS = {
    "as DOCX": ".doc .dot .docm .wpd .wps .pages .sxw .abw",
    "as EPUB": ".mobi .azw .azw3 .kfx .fb2 .lit",
    "as PDF": ".djvu .djv .ps .eps .ppt .pptx .odp .key .indd .xps .oxps",
    "as PDF with its text, as a character recogniser makes it": (
        ".png .jpg .jpeg .gif .tif .tiff .webp .heic .bmp .jp2"
    ),
    "as HTML": ".webarchive .maff .chm .url .webloc",
}


def how_to_mend(extension: str) -> str:
    """Return what to do with a file whose ending, in lower case, no reader knows."""
    for how, endings in _MENDS.items():
        if extension in endings.split():
            return f"save it {how}"
    return "save it as text or PDF"
