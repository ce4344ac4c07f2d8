"""A work's page at its publisher: where it says that the PDF is, for search engines to find."""

from __future__ import annotations

from html.parser import HTMLParser
from urllib.parse import urljoin

_PDF = "citation_pdf_url"
_WORK = "citation_title"
"""Highwire Press tags, which Google Scholar asks publishers for."""


def find_pdf(data: bytes, url: str) -> str:
    """Return the address of the PDF that a page in UTF-8 names, or an empty string."""
    said = _read(data).get(_PDF, "")
    try:
        return urljoin(url, said) if said else ""
    except ValueError:
        return ""


def is_landing_page(data: bytes) -> bool:
    """Whether a page is about a scholarly work, and perhaps no more than its abstract."""
    return _WORK in _read(data)


def _read(data: bytes) -> dict[str, str]:
    page = _Metas()
    page.feed(data.decode("utf-8", "replace"))
    page.close()
    return page.said


class _Metas(HTMLParser):
    """Collects the first value of each ``<meta name=…>``."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "meta":
            told = dict(attrs)
            name = (told.get("name") or told.get("property") or "").lower()
            self.said.setdefault(name, (told.get("content") or "").strip())
