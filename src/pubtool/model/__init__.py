"""The nouns that cross a room's border: frozen, typed, no behaviour beyond their own shape.

Every offset is a count of code points and every range is half-open, as in the W3C Web Annotation
Data Model's TextPositionSelector. Two coordinate systems exist and never mix:

* a *post offset* counts code points of the post's file as it stands on disk;
* a *source offset* counts code points of a source's extracted text (`SourceText.text`).

This module imports nothing of pubtool's.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pubtool.model.decisions import Choice, Decision
from pubtool.model.finding import Edit, Finding, Fix, Severity, Suppression, Where
from pubtool.model.places import FINER, Code, Flow, Key, Leaf, Locator, Span, join_flows
from pubtool.model.post import (
    IMPORTED,
    Block,
    BlockKind,
    Citation,
    CitationMode,
    Comment,
    Container,
    ContainerKind,
    Document,
    FrontMatter,
    HtmlImage,
    Inline,
    InlineKind,
    Manuscript,
    Post,
    PostLink,
    SeriesPart,
)
from pubtool.model.quotation import (
    OWN_WORDS,
    TERM,
    Candidate,
    Cited,
    Difference,
    DifferenceKind,
    How,
    Located,
    Match,
    Quotation,
    QuotationKind,
    Verdict,
    VerdictKind,
    Waiver,
)
from pubtool.model.report import FileReport, PostReport, Report
from pubtool.model.settings import FORMATS, PAPERS, Settings, SiteSettings
from pubtool.model.sources import (
    Bibliography,
    Extent,
    Landmark,
    MissingText,
    Name,
    Sheet,
    Source,
    SourceText,
    Unavailable,
)
from pubtool.model.tree import BARE, BLANKS, Node

if TYPE_CHECKING:
    from pubtool.model.articles import Article, Fallback, Outgoing, Picture, Placed
    from pubtool.model.baseline import Baseline
    from pubtool.model.blogs import Blog, Entry, Written
    from pubtool.model.page_pictures import NoPicture, PagePicture, Rectangle
    from pubtool.model.rules import RulePage

__all__ = [
    "BARE",
    "BLANKS",
    "FINER",
    "FORMATS",
    "IMPORTED",
    "OWN_WORDS",
    "PAPERS",
    "TERM",
    "Article",
    "Baseline",
    "Bibliography",
    "Block",
    "BlockKind",
    "Blog",
    "Candidate",
    "Choice",
    "Citation",
    "CitationMode",
    "Cited",
    "Code",
    "Comment",
    "Container",
    "ContainerKind",
    "Decision",
    "Difference",
    "DifferenceKind",
    "Document",
    "Edit",
    "Entry",
    "Extent",
    "Fallback",
    "FileReport",
    "Finding",
    "Fix",
    "Flow",
    "FrontMatter",
    "How",
    "HtmlImage",
    "Inline",
    "InlineKind",
    "Key",
    "Landmark",
    "Leaf",
    "Located",
    "Locator",
    "Manuscript",
    "Match",
    "MissingText",
    "Name",
    "NoPicture",
    "Node",
    "Outgoing",
    "PagePicture",
    "Picture",
    "Placed",
    "Post",
    "PostLink",
    "PostReport",
    "Quotation",
    "QuotationKind",
    "Rectangle",
    "Report",
    "RulePage",
    "SeriesPart",
    "Settings",
    "Severity",
    "Sheet",
    "SiteSettings",
    "Source",
    "SourceText",
    "Span",
    "Suppression",
    "Unavailable",
    "Verdict",
    "VerdictKind",
    "Waiver",
    "Where",
    "Written",
    "join_flows",
]

_SELDOM = {
    "articles": "Article Fallback Outgoing Picture Placed",
    "baseline": "Baseline",
    "blogs": "Blog Entry Written",
    "page_pictures": "NoPicture PagePicture Rectangle",
    "rules": "RulePage",
}
"""The modules whose nouns are about neither checking nor building; each is loaded when it is asked
for."""
_HOMES = {name: home for home, names in _SELDOM.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
