"""HTML: the article without the page's furniture, by trafilatura.

trafilatura is asked for recall: a cookie banner too many harms no comparison, a paragraph too few
does. Where it finds nothing, all text of the page is taken. Note marks in ``<sup>`` become
superscript digits first, for otherwise they end up glued to the word before them as ordinary ones.
"""

from __future__ import annotations

import codecs
import logging
import re
from html.parser import HTMLParser

from pubtool.model import Span, Unavailable
from pubtool.readers.sources.emphasis import find_emphasis
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.readers.sources.plain import read_characters

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_MARK = re.compile(
    r"<sup\b[^>]*>\s*(?:<a\b[^>]*>\s*)?\[?(\d{1,3})\]?\s*(?:</a\s*>\s*)?</sup\s*>", re.IGNORECASE
)
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SILENT = frozenset({"head", "script", "style", "template", "noscript"})
_EMPHASISES = frozenset("b em i strong".split())
_EMPHASIS = re.compile(r"<(?:b|em|i|strong)\b", re.IGNORECASE)
_BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr li main nav ol p pre section table td th tr ul".split()
)


def read_web(data: bytes, name: str) -> Extracted:
    """Return the text of an HTML file named `name` in errors; raise `Unusable`."""
    markup = _decode(data, name)
    markup = _MARK.sub(lambda found: found[1].translate(_SUPERSCRIPT), markup)
    text = _article(markup) or _everything(markup)
    return Extracted(text, emphasis=_emphasis(markup, text))


def _decode(data: bytes, name: str) -> str:
    """Decode by the encoding that the page declares, else as UTF-8."""
    declared = _CHARSET.search(data[:4096])
    encoding = declared[1].decode("ascii") if declared else "utf-8"
    try:
        if codecs.lookup(encoding).name == "utf-8":
            return read_characters(data, name)
        text = data.decode(encoding)
    except LookupError:
        return read_characters(data, name)
    except ValueError:
        detail = f"{name} is not in {encoding}, as it says it is; save it as UTF-8"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _article(markup: str) -> str:
    import trafilatura

    logger = logging.getLogger("trafilatura")
    level = logger.level
    logger.setLevel(logging.CRITICAL)  # a page without an article is nothing to warn of
    try:
        found = trafilatura.extract(
            markup,
            output_format="txt",
            favor_recall=True,
            include_comments=False,
            include_tables=True,
            deduplicate=False,
        )
    finally:
        logger.setLevel(level)
    return (found or "").strip()


def _emphasis(markup: str, text: str) -> tuple[Span, ...]:
    if not _EMPHASIS.search(markup):
        return ()
    page = _read(markup)
    ranges, at = list[Span](), 0
    for part, emphasised in zip(page.parts, page.emphasised, strict=True):
        if emphasised:
            ranges.append(Span(at, at + len(part)))
        at += len(part)
    return find_emphasis("".join(page.parts), ranges, text)


def _read(markup: str) -> _Page:
    page = _Page()
    page.feed(markup)
    page.close()
    return page


def _everything(markup: str) -> str:
    page = _read(markup)
    lines = (" ".join(line.split()) for line in "".join(page.parts).split("\n"))
    return "\n".join(line for line in lines if line)


class _Page(HTMLParser):
    """Collects all text that a browser would show."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.emphasised: list[bool] = []
        """Of each part, whether it stands in emphasis."""
        self._silent = 0
        self._emphasis = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS or tag == "body":
            self._add("\n")
            self._emphasis = 0  # emphasis that nobody closed ends with its block
        if tag == "body":
            self._silent = 0  # a head without its end tag
        self._emphasis += tag in _EMPHASISES

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self._add("\n")
            self._emphasis = 0
        if tag in _EMPHASISES:
            self._emphasis = max(0, self._emphasis - 1)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(data.replace("\n", " "))

    def _add(self, part: str) -> None:
        self.parts.append(part)
        self.emphasised.append(self._emphasis > 0)
