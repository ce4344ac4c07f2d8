"""What the reader of one format gives back."""

from __future__ import annotations

from dataclasses import dataclass

from pubtool.model import Landmark, Sheet, Span, Unavailable


@dataclass(frozen=True, slots=True)
class Extracted:
    """A file's text."""

    text: str
    """With ``\\n`` line ends; pages, where the format has them, are joined by a form feed."""
    landmarks: tuple[Landmark, ...] = ()
    """Pages, headings, notes and the like that the format itself gives, in order."""
    extent: str = ""
    """As the file says of itself: full, excerpt, second-hand, or nothing."""
    pages: str = ""
    """The printed pages that it holds, as the file says of itself."""
    origin: str = ""
    """Where the text is from, as the file says of itself."""
    emphasis: tuple[Span, ...] = ()
    """What the file sets in italics or bold, in code points of the text; sorted."""
    quoted: tuple[Span, ...] = ()
    """Its block quotes, in code points of the text; sorted."""
    furniture: tuple[Span, ...] = ()
    """Heads, feet, notes and line numbers, as far as the format itself tells them from the text;
    sorted."""
    doubtful: tuple[Span, ...] = ()
    """Words that a character recogniser was not sure of; sorted."""
    unread: tuple[str, ...] = ()
    """The pages that have no text but a picture: their labels, or their numbers in the file."""
    sheets: tuple[Sheet, ...] = ()
    """Where the file's own pages begin, and where the notes of each do."""


class Unusable(Exception):
    """A file has no text to give; becomes a `MissingText`."""

    def __init__(self, why: Unavailable, detail: str) -> None:
        super().__init__(detail)
        self.why = why
        self.detail = detail
