"""WordPress: a post as the block editor's markup, and all posts as one import file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pubtool.model import Article, Document, Fallback, Node, Placed
from pubtool.system.pandoc import Pandoc
from pubtool.text.block_comments import NOTES_HERE
from pubtool.writers.ast import attr, element, words
from pubtool.writers.block_comments import is_place_of_notes
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
from pubtool.writers.wordpress.proofs import details_of, mark_id, with_marks
from pubtool.writers.wordpress.wxr import Attachment, Item, wxr
from pubtool.writers.words import words_in

__all__ = ["Article", "Attachment", "Item", "Writing", "article", "wxr"]


@dataclass(frozen=True)
class Writing:
    """How one post is to be written."""

    slug: str
    """Of the post; the notes' ids are derived from it."""
    placed: Mapping[str, Placed]
    """Where each of the post's images is, by name; another image keeps its address."""
    imported: bool = False
    """Whether it is from WordPress: its headings keep their levels, which else begin at the second,
    and its notes get no heading."""
    footnotes: str = "core"
    """``core`` for WordPress's own block, or ``list`` for a list in the text."""
    lang: str = ""
    """Of the post: what we say ourselves is in it, where we have words in it."""
    attributes: bool = True
    """Whether a checked quotation says in its attributes what was found out about it."""
    proofs: Sequence[Proof] = ()
    """What a block at the end tells of the post's quotations; where there is none, it is left out.
    """
    summary: str = ""
    """What it says before it is opened."""
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
    say = words_in(writing.lang)
    captioned = with_marks(list(caption_tables(text.ast["blocks"])), writing.proofs, say)
    nodes = list(captioned if writing.imported else shift_headings(captioned, 1))
    sources = [
        _heading("Sources", say("page.sources")),
        element("BulletList", [entry["c"][1] for entry in entries]),
    ]
    core = CoreNotes(writing.slug)
    listed = ListedNotes(writing.slug)
    ledger = Ledger()
    manner = Manner(
        write_formulas([*nodes, *sources], pandoc),
        lambda source: writing.placed.get(source, Placed(source)),
        proof=writing.attributes,
    )
    notes = core if writing.footnotes == "core" else listed
    blocks = Blocks(Inlines(notes, ledger, manner), writing.slug)
    written, place = _written(nodes, blocks)
    ours: list[str] = []
    if len(core) or len(listed):
        listing = NOTES_HERE if len(core) else listed.block()
        if place is not None:
            written.insert(place[0], (place[1], listing))
        else:
            heading = [] if writing.imported else blocks.node(_heading("Notes", say("page.notes")))
            ours += [*heading, listing]
    if entries:
        ours += blocks.write(sources)
    said = f"{' '.join(block for _, block in written)} {core.meta()} {' '.join(ours)}"
    here = frozenset(proof.id for proof in writing.proofs if mark_id(proof) in said)
    ours.append(details_of(writing.proofs, writing.summary, say, here))
    for paragraph in writing.navigation:
        ours += blocks.node({**element("Para", list(paragraph)), CLASS: "series-navigation"})
    written += [(0, block) for block in ours if block]
    return Article(
        "\n\n".join(block for _, block in written) + "\n",
        core.meta(),
        tuple(line for line, _ in written),
        (*writing.beforehand, *ledger.fallbacks()),
    )


def _written(
    nodes: Sequence[Node], blocks: Blocks
) -> tuple[list[tuple[int, str]], tuple[int, int] | None]:
    """Return the blocks of some nodes with their lines, and where among them the notes are to be.

    That is a number of blocks and a line; None where no comment says it: the notes then follow the
    text.
    """
    written: list[tuple[int, str]] = []
    place = None
    for node in nodes:
        if place is None and is_place_of_notes(node):
            place = (len(written), node.get(LINE, 0))
        else:
            written += [(node.get(LINE, 0), block) for block in blocks.node(node) if block]
    return written, place


def _heading(name: str, said: str) -> Node:
    """Return a heading of ours; its id has a capital, unlike those that pandoc makes."""
    return element("Header", [2, attr(name), words(said)])
