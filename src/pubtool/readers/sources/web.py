"""HTML: the article without the page's furniture, in a confined process.

trafilatura, a maintained extractor, knows where on a page the article is; but it loses a paragraph,
a list or a table of it now and then, and runs note marks together with words. So it is asked where
the article begins and ends, and all blocks of the page between those two are the text, but for
navigation, asides, forms and the like. Where it finds nothing, all text of the page is taken. A
cookie banner too many harms no comparison; a paragraph too few does. A page of several articles, as
a book whose chapters are, is taken from the first to the last of them, unless the others are short.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

import msgspec

from pubtool.model import Unavailable
from pubtool.readers.sources.extracted import Extracted, Unusable
from pubtool.readers.sources.plain import read_characters
from pubtool.readers.sources.web_page import Block, read_blocks, write_out
from pubtool.system.confined import Stopped, confined

_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WINDOWS = frozenset({"iso8859-1", "ascii"})
"""Encodings that pages declare and browsers read as windows-1252 (WHATWG's Encoding standard)."""
_WORD = re.compile(r"[^\W\d_⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NEARLY = 0.85
"""Share of the extractor's words that the blocks of a page must have to be believed."""
_ROW = 5
"""Words of a block that must stand in the extractor's text for it to be of the article."""


def read_web(data: bytes, name: str) -> Extracted:
    """Return the text of an HTML file named `name` in errors; raise `Unusable`."""
    markup = _decode(data, name)
    try:
        said = confined().run(f"{__name__}:extract", markup.encode("utf-8", "surrogatepass"))
    except Stopped as error:
        detail = f"{name}: reading it {error}; save the page anew, or its text"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    return msgspec.msgpack.decode(said, type=Extracted)


def read_web_archive(data: bytes, name: str) -> Extracted:
    """Return the text of a page that a browser saved as MHTML; raise `Unusable`."""
    try:
        page = confined().run(f"{__name__}:unpack", data)
    except Stopped as error:
        detail = f"{name}: reading it {error}; save the page anew, as HTML"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    if not page:
        detail = f"{name} has no web page in it; save the page anew, as HTML"
        raise Unusable(Unavailable.UNREADABLE, detail)
    return read_web(page, name)


def _decode(data: bytes, name: str) -> str:
    """Decode by the byte order mark, else by the encoding that the page declares, else as UTF-8."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    declared = _CHARSET.search(data[:4096])
    encoding = marked or (declared[1].decode("ascii") if declared else "utf-8")
    try:
        known = codecs.lookup(encoding).name
        if known == "utf-8":
            return read_characters(data, name)
        text = data.decode("windows-1252" if known in _WINDOWS else encoding)
    except LookupError:
        return read_characters(data, name)
    except ValueError:
        detail = f"{name} is not in {encoding}, as it says it is; save it as UTF-8"
        raise Unusable(Unavailable.UNREADABLE, detail) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


# --- In the confined process ----------------------------------------------------------------------


def extract(data: bytes) -> bytes:
    """Return the encoded text of a page's markup, which is UTF-8."""
    markup = data.decode("utf-8", "surrogatepass")
    article = _article(markup)
    found = write_out(_of_article(read_blocks(markup), article))
    if not _holds(found.text, article):  # markup that only the extractor makes sense of
        found = Extracted(article)
    return msgspec.msgpack.encode(found)


def _holds(text: str, article: str) -> bool:
    """Whether a text has nearly all that the extractor found."""
    wanted = Counter(_WORD.findall(article.casefold()))
    had = wanted & Counter(_WORD.findall(text.casefold()))
    return had.total() >= _NEARLY * wanted.total()


def unpack(data: bytes) -> bytes:
    """Return the HTML of a MIME message (RFC 2557): its first page; empty if there is none."""
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            page = part.get_payload(decode=True)
            assert isinstance(page, bytes)
            return _marked_utf_8(page, part.get_content_charset(""))
    return b""


def _marked_utf_8(page: bytes, encoding: str) -> bytes:
    """Return a page in UTF-8 and marked so, if its encoding is said and right."""
    try:
        return page.decode(encoding).encode("utf-8-sig") if encoding else page
    except (LookupError, ValueError):
        return page


def _of_article(blocks: list[Block], article: str) -> list[Block]:
    """Return the blocks between the first and the last that the extractor has; all if none."""
    known = _rows(article) | {_words(line) for line in article.split("\n")}
    places = [n for n, block in enumerate(blocks) if not block.aside and _stands_in(block, known)]
    if not places:
        return blocks
    places += _of_other_articles(blocks, range(places[0], places[-1] + 1))
    return [block for block in blocks[min(places) : max(places) + 1] if not block.aside]


def _of_other_articles(blocks: list[Block], found: range) -> list[int]:
    """Return the blocks of other articles, if these have as many words as what was found.

    The extractor stops at the end of one. What a page shows of others beside its own is short.
    """
    own = {blocks[n].article for n in found}
    others = [n for n, b in enumerate(blocks) if b.article and b.article not in own and not b.aside]
    had, more = (sum(len(_words(blocks[n].text)) for n in some) for some in (found, others))
    return others if more >= had else []


def _stands_in(block: Block, known: set[tuple[str, ...]]) -> bool:
    rows = _rows(block.text)
    return bool(rows) and 2 * len(rows & known) > len(rows)


def _rows(text: str) -> set[tuple[str, ...]]:
    """Return the rows of words that a text has; a shorter text is one row."""
    words = _words(text)
    count = min(_ROW, len(words))
    return {words[n : n + count] for n in range(len(words) - count + 1)} if count else set()


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _article(markup: str) -> str:
    """Return the article as trafilatura finds it; empty where it finds none."""
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    found = trafilatura.extract(
        markup,
        output_format="txt",
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        deduplicate=False,
    )
    return (found or "").strip()
