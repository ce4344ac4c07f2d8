"""Omissions: the words that an ellipsis stands for, with what the source has on both sides."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pubtool.model import Span
from pubtool.text.words import read_folds

_BESIDE = 400
"""Characters beside the words left out that tell what they mean there."""
_NEAR = 80
"""Characters in which the next words stand."""

_CLOSED = re.compile(r"[.!?…][\"'”’»)\]]*\s*\Z")
_CLOSES = re.compile(r"[\"'”’»)\]]*[.!?…]")
_PARTS_BEFORE = re.compile(r"[,;:(—–]\s*\Z")
_PARTS_AFTER = re.compile(r"\s*[,;:)—–]")


@dataclass(frozen=True)
class Omission:
    """What an ellipsis leaves out of a source."""

    text: str
    """The words left out, without the marks at their ends."""
    before: str
    """The source's text before them."""
    after: str
    """The source's text behind them."""

    @property
    def begins_sentence(self) -> bool:
        """Whether a sentence ends before the words left out."""
        return bool(_CLOSED.search(self.before))

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence ends with the words left out."""
        return bool(_CLOSES.match(self.after))

    @property
    def parted_before(self) -> bool:
        """Whether a mark parts them from the words before."""
        return self.begins_sentence or bool(_PARTS_BEFORE.search(self.before))

    @property
    def parted_after(self) -> bool:
        """Whether a mark parts them from the words behind."""
        return self.ends_sentence or bool(_PARTS_AFTER.match(self.after))

    @property
    def folds(self) -> tuple[str, ...]:
        """The words left out, folded."""
        return tuple(read_folds(self.text))

    @property
    def leading(self) -> tuple[str, ...]:
        """The folded words before them that belong to their sentence, the nearest last."""
        return tuple(read_folds(_SENTENCE_BORDER.split(self.before[-_NEAR:])[-1]))

    @property
    def following(self) -> tuple[str, ...]:
        """The folded words behind them."""
        return tuple(read_folds(self.after[:_NEAR]))


_SENTENCE_BORDER = re.compile(r"[.!?;:][\"'”’»)\]]*\s")


def omission(source: str, there: Span) -> Omission:
    """Return what an ellipsis leaves out that stands for a range of a source."""
    return Omission(
        source[there.start : there.end],
        source[max(there.start - _BESIDE, 0) : there.start],
        source[there.end :][:_BESIDE],
    )
