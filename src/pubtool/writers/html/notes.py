"""Notes, once in the page: a list behind the text, which a wide screen shows beside it.

The stylesheet puts each note at the height of its reference by CSS anchor positioning, and below
the note before it where there is not room for both; a browser that has none, a narrow screen and
paper show the list where it stands. Nothing is there twice, so a screen reader reads a list of
notes with links to and fro and knows nothing of the margin.
"""

from __future__ import annotations

from html import escape

from pubtool.writers.words import Words

_REFERENCE = '<a href="#fn'
"""How a reference begins."""


def reference(number: int) -> str:
    """Return what stands in the text for a note."""
    return (
        f'{_REFERENCE}{number}" id="fnref{number}" role="doc-noteref" '
        f'style="anchor-name:--r{number}"><sup>{number}</sup></a>'
    )


def is_reference(html: str) -> bool:
    """Whether a piece of HTML of ours is such a reference."""
    return html.startswith(_REFERENCE) and 'role="doc-noteref"' in html


def opening(number: int) -> str:
    """Return the tag that opens a note; its style names the reference that it belongs to."""
    return f'<li id="fn{number}" style="--r:--r{number}">'


def way_back(number: int, words: Words) -> str:
    """Return the link from a note to its reference."""
    label = escape(words("page.note-back", number=number))
    return f' <a href="#fnref{number}" role="doc-backlink" aria-label="{label}">\u21a9\ufe0e</a>'
