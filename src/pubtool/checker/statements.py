"""Statements: what an author says of a quotation's form, in parentheses or brackets beside it.

"(emphasis added)", "[citations omitted]", "(spelling modernised)": each excuses what it names and
nothing else. That spelling is modernised may be said once for a whole post, in its front matter
(``quote-note: spelling modernised``) or its prose, or for a source, in the note of its entry.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pubtool.checker.attribution.settings import quoted_ranges, read_prose
from pubtool.checker.elements import Elements
from pubtool.checker.speech import french, german, others
from pubtool.model import Post, Quotation, Source
from pubtool.text.patterns import late

_CITATIONS = late(r"(?:citation|footnote|reference)s?\b[\w ]* omitted|cleaned up", re.I)
_NOTES = late(
    r"(?:citation|footnote|note|reference|call number)s?\b[\w ]* omitted|cleaned up", re.I
)
_MODERNISED = late(
    r"\b(?:spelling|orthography)(?:\s+and\s+\w+)?\s+"
    r"(?:(?:has|have|is|are|was|been|here|silently|tacitly)\s+){0,4}moderni[sz]ed\b"
    r"|\b(?:I|we)\s+(?:have\s+)?(?:silently\s+|tacitly\s+)?moderni[sz]ed\s+"
    r"(?:(?:the|its|his|her|their|all)\s+)?spelling\b"
    rf"|{german.MODERNISED}|{french.MODERNISED}|{others.MODERNISED}",
    re.I,
)
"""No word that denies fits between: "the spelling has not been modernised" announces nothing."""
_EMPHASIS = r"(?:emphas[ie]s|italics?|stress|bold(?:face)?|underlining)"
_EMPHASIS_ADDED = late(
    rf"\b{_EMPHASIS}\b[\w ]*?\b(?:added|mine|ours|supplied)\b"
    rf"|\b(?:my|our|own|author['’]s)\s+(?:own\s+)?{_EMPHASIS}\b"
    rf"|{german.EMPHASIS_ADDED}|{french.EMPHASIS_ADDED}|{others.EMPHASIS_ADDED}",
    re.I,
)
_EMPHASIS_OMITTED = late(
    rf"\b{_EMPHASIS}\b[\w ]*?\b(?:omitted|removed|dropped)\b|cleaned up"
    rf"|{german.EMPHASIS_OMITTED}",
    re.I,
)
_ASIDE = late(r"[(\[][^()\[\].]*[)\]]")
"""Words in parentheses that are no sentence."""

_QUOTE_NOTE = late(r"\bquote-note:\s*([^\n;.]*)", re.I)


def stated(quotation: Quotation, elements: Elements) -> str:
    """Return what is said of the quotation's form, behind it and within it."""
    inside = (quotation.text[span.start : span.end] for span in elements.remarks)
    return "; ".join((quotation.remark, *inside))


def omits_citations(said: str) -> bool:
    """Whether a statement says that citations are left out."""
    return bool(_CITATIONS.search(said))


def omits_notes(said: str) -> bool:
    """Whether a statement says that notes are left out."""
    return bool(_NOTES.search(said))


def modernises(said: str) -> bool:
    """Whether a statement says that spelling is modernised."""
    return "modern" in said.casefold() and bool(_MODERNISED.search(said))


def modernises_source(source: Source | None) -> bool:
    """Whether the note of a bibliography's entry says that it is quoted in modernised spelling.

    A note about the edition ("spelling modernised by the editor") is none about the quotations.
    """
    note = source.csl.get("note", "") if source else ""
    found = _QUOTE_NOTE.search(note) if isinstance(note, str) else None
    return found is not None and modernises(found.group(1))


def modernises_post(post: Post, quotations: Sequence[Quotation]) -> bool:
    """Whether a post says of its quotations that their spelling is modernised.

    What a quotation says counts for nothing, and a few words in parentheses for the quotation that
    they stand behind alone.
    """
    if any(key == "quote-note" and modernises(str(value)) for key, value in post.front.other):
        return True
    if not modernises(post.text):  # before the prose is cut out, which takes time
        return False
    prose = read_prose(post, quoted_ranges(post, quotations))
    return any(modernises(_ASIDE.sub("", block.text)) for block in prose)


def adds_emphasis(said: str) -> bool:
    """Whether a statement says that emphasis is the quoting author's."""
    return bool(_EMPHASIS_ADDED.search(said))


def omits_emphasis(said: str) -> bool:
    """Whether a statement says that the source's emphasis is left out."""
    return bool(_EMPHASIS_OMITTED.search(said))
