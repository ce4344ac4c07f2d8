"""Addresses on the web that leave us: http and https alone, into the source where that can be.

What a bibliography or a lock says is a stranger's word: an address of another scheme, with a
password in it or of a machine that nobody else can reach becomes no link.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, urlsplit, urlunsplit

from pubtool.model import Match, Source
from pubtool.writers.provenance import Provenance
from pubtool.writers.text_fragment import Searched

_RESOLVER = "https://doi.org/"
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_WELL_FORMED = "!$%&'()*+,/:;=?@[]~"
"""What stands for itself in an address (RFC 3986)."""
_OF_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".txt", ".md", ".markdown")
"""Files whose words a web page may have; those of a typed text are its words too."""
_LOCAL_HOST = re.compile(r"(?:.*\.)?(?:localhost|local|internal|lan|home|test|invalid|example)$")


@dataclass(frozen=True)
class Links:
    """Where a passage can be seen; each is http or https, or empty."""

    url: str = ""
    archive: str = ""


@dataclass(frozen=True)
class Passage:
    """A place in a source."""

    match: Match
    searched: Callable[[], Searched | None]
    """Gives the source's text, where that is at hand; asked only for a web page."""


def links_to(source: Source | None, provenance: Provenance, passage: Passage | None) -> Links:
    """Return the links into a source, at a passage where there is one.

    Web pages get a text fragment, PDFs the page of the file; a DOI leads to whatever its publisher
    chooses, so it is left as it is.
    """
    chosen = _chosen(source, provenance)
    archived = web_address(provenance.archive or (source.archive if source else ""))
    if passage is None:
        return Links(chosen, archived)
    pdf = provenance.suffix == ".pdf" and chosen == web_address(provenance.origin)
    return Links(
        _at(chosen, provenance, passage, pdf=pdf or is_pdf(chosen)),
        _at(archived, provenance, passage, pdf=pdf or is_pdf(archived)),
    )


@lru_cache(maxsize=1024)
def web_address(text: str) -> str:
    """Return an address as it may stand in a page: http or https, well formed; else nothing.

    Each quotation of a source asks for the same.
    """
    try:
        parts = urlsplit(text.strip())
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return ""
    host = parts.hostname or ""
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        return ""
    if re.search(r"[\s\"<>\\^`{|}%/]", host) or _is_private(host):
        return ""
    shown = f"[{host}]" if ":" in host else host
    path, query, fragment = (quote(one, safe=_WELL_FORMED, errors="replace") for one in parts[2:])
    return urlunsplit((parts.scheme, f"{shown}{port}", path, query, fragment.partition(":~:")[0]))


def doi_address(doi: str) -> str:
    """Return where a DOI leads; nothing for what is none."""
    found = _DOI.fullmatch(doi.strip())
    return _RESOLVER + quote(found[1], safe="/:;().,_-", errors="replace") if found else ""


def is_pdf(address: str) -> bool:
    """Whether an address looks like a PDF's: ``a.pdf``, ``/pdf/2001.00001``."""
    path = urlsplit(address).path.lower()
    return path.endswith(".pdf") or "pdf" in path.split("/")


def _chosen(source: Source | None, provenance: Provenance) -> str:
    """Return the address that the entry gives, or where the text was fetched from, or the DOI.

    The file that was fetched is better than a page about it, since it can be opened at the page.
    """
    own = web_address(source.url) if source else ""
    origin = web_address(provenance.origin)
    if provenance.suffix == ".pdf" and origin and not is_pdf(own):
        return origin
    return own or origin or (doi_address(str(source.csl.get("DOI", ""))) if source else "")


def _at(address: str, provenance: Provenance, passage: Passage, *, pdf: bool) -> str:
    if not address:
        return ""
    if pdf:
        page = passage.match.sheet
        return f"{address.partition('#')[0]}#page={page}" if page else address
    if address.startswith(_RESOLVER) or provenance.suffix not in _OF_PAGES:
        return address
    searched = passage.searched()
    directive = searched.directive(passage.match.span) if searched else ""
    if not directive:
        return address
    return f"{address}{directive}" if "#" in address else f"{address}#{directive}"


def _is_private(host: str) -> bool:
    """Whether a host is only known where it stands: a name without a domain, a private number."""
    try:
        return not ip_address(host.partition("%")[0]).is_global
    except ValueError:
        return "." not in host.strip(".") or bool(_LOCAL_HOST.match(host.rstrip(".").lower()))
