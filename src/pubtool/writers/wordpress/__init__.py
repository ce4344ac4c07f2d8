"""WordPress: a post as the block editor's markup, and all posts as one import file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pubtool.model import Article, Document, Fallback, Node, Placed
from pubtool.system.pandoc import Pandoc
from pubtool.writers.ast import attr, element, words
from pubtool.writers.captions import caption_tables
from pubtool.writers.citations import split_sources
from pubtool.writers.lines import LINE, take_lines
from pubtool.writers.links import shift_headings
from pubtool.writers.proof import Proof
from pubtool.writers.wordpress.blocks import Blocks
from pubtool.writers.wordpress.divisions import CLASS
from pubtool.writers.wordpress.formulas import write_formulas
from pubtool.writers.wordpress.inlines import Inlines, Manner
from pubtool.writers.wordpress.ledger import Ledger
from pubtool.writers.wordpress.notes import CoreNotes, ListedNotes
from pubtool.writers.wordpress.proofs import details_of
from pubtool.writers.wordpress.wxr import Attachment, Item, wxr

__all__ = ["Article", "Attachment", "Item", "Writing", "article", "wxr"]


@dataclass(frozen=True)
class Writing:
    """How one post is to be written."""

    slug: str
    """Of the post; the notes' ids are derived from it."""
    placed: Mapping[str, Placed]
    """Where each of the post's images is, by name; another image keeps its address."""
    levels: bool = False
    """Whether headings keep their levels, as an imported post's do; else they begin at the
    second."""
    footnotes: str = "core"
    """``core`` for WordPress's own block, or ``list`` for a list in the text."""
    proof: str = "data"
    """What a checked quotation says of itself: ``data`` in its attributes, ``details`` in a block
    below, ``none``."""
    proofs: Sequence[Proof] = ()
    """For ``details``."""
    navigation: Sequence[Sequence[Node]] = ()
    """Paragraphs that lead to the other parts of the post's series, below all else."""
    beforehand: Sequence[Fallback] = field(default=())
    """What the ledger begins with."""


def article(document: Document, writing: Writing, pandoc: Pandoc) -> Article:
    """Return a post's block markup.

    `document` has its citations written out, its links resolved and, from `mark_lines`, the lines
    of its blocks. Raises `PandocFailed`.
    """
    placed = Document({**document.ast, "blocks": take_lines(document.ast["blocks"])})
    text, entries = split_sources(placed)
    captioned = caption_tables(text.ast["blocks"])
    nodes = list(captioned if writing.levels else shift_headings(captioned, 1))
    if entries:  # the capital keeps the id apart from those that pandoc makes of headings
        nodes.append(element("Header", [2, attr("Sources"), words("Sources")]))
        nodes.append(element("BulletList", [entry["c"][1] for entry in entries]))
    core = CoreNotes(writing.slug)
    listed = ListedNotes(writing.slug)
    ledger = Ledger()
    manner = Manner(
        write_formulas(nodes, pandoc),
        lambda source: writing.placed.get(source, Placed(source)),
        proof=writing.proof == "data",
    )
    notes = core if writing.footnotes == "core" else listed
    blocks = Blocks(Inlines(notes, ledger, manner), writing.slug)
    written = _outermost(blocks, nodes, writing)
    if len(core):
        written.append((0, "<!-- wp:footnotes /-->"))
    if len(listed):
        written.append((0, listed.block()))
    for paragraph in writing.navigation:
        given = {**element("Para", list(paragraph)), CLASS: "series-navigation"}
        written.extend((0, block) for block in blocks.node(given))
    return Article(
        "\n\n".join(block for _, block in written) + "\n",
        core.meta(),
        tuple(line for line, _ in written),
        (*writing.beforehand, *ledger.fallbacks()),
    )


def _outermost(blocks: Blocks, nodes: Sequence[Node], writing: Writing) -> list[tuple[int, str]]:
    """Return the blocks of the outermost level, each with its line in the post."""
    known = {proof.id: proof for proof in writing.proofs} if writing.proof == "details" else {}
    written: list[tuple[int, str]] = []
    for node in nodes:
        line = node.get(LINE, 0)
        given = [*blocks.node(node), details_of(node, known) if known else ""]
        written.extend((line, block) for block in given if block)
    return written
