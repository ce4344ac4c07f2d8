"""Decisions: what an editor has said about a quotation, kept in files beside the posts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pubtool.model.places import Code


class Choice(Enum):
    """What an editor can decide."""

    ACCEPT = "accept"
    """I have seen this, and it stands as the verdict says. It changes no verdict."""
    WAIVE = "waive"
    """The findings named do not matter here, for a reason: as a waiver in the post."""


@dataclass(frozen=True, slots=True)
class Decision:
    """An editor's word on one quotation, as it stood then."""

    post: str
    """The post's path in the project."""
    quotation: str
    """The quotation's id, which says its words: other words are another quotation."""
    text: str
    """The words, so that the file can be read by itself."""
    choice: Choice
    verdict: str
    """The verdict on the day; what was decided of one verdict says nothing about another."""
    codes: tuple[Code, ...] = ()
    """What is waived; empty where the choice is to accept."""
    reason: str = ""
    by: str = ""
    """Who decided, where that is known."""
    on: str = ""
    """When, as ``2026-05-03``, where that is known."""
