"""The post: one Markdown file, read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from pubtool.model.finding import Finding
from pubtool.model.places import Flow, Key, Locator, Span
from pubtool.model.tree import Node

IMPORTED = "wordpress"
"""The key of the front matter that says that a post is from a blog, and which post it was there."""


class BlockKind(Enum):
    """What sort of block a piece of running text is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CELL = "cell"
    TERM = "term"
    CAPTION = "caption"
    LINES = "lines"


class ContainerKind(Enum):
    """What a block can stand in."""

    BLOCK_QUOTE = "block-quote"
    LIST_ITEM = "list-item"
    NOTE = "note"
    TABLE = "table"
    DIV = "div"


@dataclass(frozen=True, slots=True)
class Container:
    """An enclosing element; two blocks with an equal container stand in the same one."""

    kind: ContainerKind
    number: int
    """Counts the post's containers in document order, so that equal ones can be told apart."""
    classes: tuple[str, ...] = ()
    """The element's classes (``epigraph`` on a fenced div)."""
    attributes: tuple[tuple[str, str], ...] = ()
    """The element's other attributes, such as ``waive`` and ``reason``."""


class CitationMode(Enum):
    """pandoc's three ways to cite."""

    NORMAL = "NormalCitation"
    AUTHOR_IN_TEXT = "AuthorInText"
    SUPPRESS_AUTHOR = "SuppressAuthor"


@dataclass(frozen=True, slots=True)
class Citation:
    """One key of a citation, with what the author wrote round it."""

    key: Key
    mode: CitationMode
    prefix: str
    """The words before the key: ``see also``."""
    suffix: str
    """The words after the key, the locator among them: ``, p. 253, emphasis added``."""
    locator: Locator | None
    """The locator read from the suffix by CSL's terms, or from the prose behind a bare key."""
    behind: int = 0
    """Code points of the block's text behind the citation that are the locator's, as in ``@key,
    p. 253``: prose to pandoc, which prints it as it stands."""


class InlineKind(Enum):
    """What sort of inline element a stretch of a block is."""

    CITATION = "citation"
    NOTE = "note"
    EMPHASIS = "emphasis"
    STRUCK = "struck"
    LINK = "link"
    CODE = "code"
    MATH = "math"
    IMAGE = "image"
    SPAN = "span"
    RAW = "raw"


@dataclass(frozen=True, slots=True)
class Inline:
    """An inline element.

    Those that are no prose (citation, note, code, math, image, raw) stand in the block's text as
    one U+FFFC; the others cover the prose that they hold.
    """

    kind: InlineKind
    span: Span
    """Its range in the block's text."""
    citations: tuple[Citation, ...] = ()
    """For a citation: its keys in order."""
    note: int | None = None
    """For a note: the number of the container that holds its blocks."""
    text: str = ""
    """For code, math, an image or raw markup: its text; for a link: its target."""
    classes: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of running text of a post."""

    kind: BlockKind
    flow: Flow
    containers: tuple[Container, ...]
    """Outermost first."""
    inlines: tuple[Inline, ...]
    """In order of their start, an outer one before those inside it."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment that stands by itself between blocks, within a line, or in the front matter."""

    text: str
    """Between ``<!--`` and ``-->``, or behind ``#``."""
    span: Span
    """Its range in the file."""
    entry: Span | None = None
    """In the front matter, the range of the key with its value that comes next."""


@dataclass(frozen=True, slots=True)
class PostLink:
    """A link or an image of a post that means something in the project."""

    target: str
    """As pandoc reads it: relative to the post's file or a name in it, percent-encoded."""
    span: Span
    """The range in the file of its words, or of the image."""
    image: bool


@dataclass(frozen=True, slots=True)
class HtmlImage:
    """An image that the author wrote as HTML."""

    src: str
    alt: str | None
    """The alternative text; empty for an image that only decorates, None where none was thought
    of."""
    span: Span
    """The range of the tag in the file."""


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """A post's place in a series."""

    name: str
    part: float | None
    """Its number; a series without numbers is ordered by date, then path."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the post says of itself; every field has a default."""

    title: str = ""
    date: str = ""
    """ISO 8601, with or without a time, as written."""
    updated: str = ""
    """When it was last changed for readers: ISO 8601, as written."""
    slug: str = ""
    """From the file's name where the front matter has none."""
    status: str = "draft"
    authors: tuple[str, ...] = ()
    series: tuple[SeriesPart, ...] = ()
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    excerpt: str = ""
    image: str = ""
    image_alt: str = ""
    lang: str = ""
    csl: str = ""
    aliases: tuple[str, ...] = ()
    other: tuple[tuple[str, Any], ...] = ()
    """Unknown keys with their values, in the order of the file."""

    @property
    def keywords(self) -> tuple[str, ...]:
        """Categories and tags, each once."""
        return tuple(dict.fromkeys(self.categories + self.tags))


@dataclass(frozen=True)
class Document:
    """A post's syntax tree: `commonmark_x` with positions, citations and inline notes read."""

    ast: Node
    """``{"pandoc-api-version": …, "meta": …, "blocks": …}``; treat it as frozen."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One Markdown file of which only the front matter is read: what planning a site needs."""

    path: str
    """Relative to the project, with forward slashes."""
    text: str
    """The file's code points, line ends and all."""
    front: FrontMatter


@dataclass(frozen=True, slots=True)
class Post:
    """One Markdown file, read."""

    path: str
    """Relative to the project, with forward slashes."""
    text: str
    """The file's code points, line ends and all."""
    front: FrontMatter
    blocks: tuple[Block, ...]
    """In document order; a note's blocks follow the block that refers to it."""
    comments: tuple[Comment, ...] = ()
    findings: tuple[Finding, ...] = ()
    """What was wrong while reading: malformed front matter, a wrong type."""
    anchors: tuple[str, ...] = ()
    """The names that a link can lead to: of headings, spans, HTML of the author's own; in order."""
    html_images: tuple[HtmlImage, ...] = ()
    html_quotations: tuple[Span, ...] = ()
    """Where the author quotes in HTML, which is not read."""
