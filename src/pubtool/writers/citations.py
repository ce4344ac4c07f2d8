"""Citations: which entries a post cites, in which style, and the tree that has them written out.

A style is one of the CSL project's repository or a ``.csl`` file of the project (`csl.styles`).
citeproc gets only the entries that the post cites, of the style only what these can reach, and of
the post only what citations touch: its time grows with the rest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from pubtool.model import Bibliography, Document, Key, Node, Source
from pubtool.system.pandoc import Pandoc
from pubtool.system.wrappers import without_positions
from pubtool.writers.ast import change, collect, has_class, plain_text
from pubtool.writers.csl.apa import is_apa, join_in_words
from pubtool.writers.csl.behind_blocks import citations_behind_blocks, numbers_sources
from pubtool.writers.csl.bluebook import is_bluebook, name_authors, prepare
from pubtool.writers.csl.facts import groups_of, is_plain
from pubtool.writers.csl.genres import in_own_words
from pubtool.writers.csl.locales import locale_of
from pubtool.writers.csl.notes import has_marks, is_note_style, number_notes, tidy_notes
from pubtool.writers.csl.quoted import restore_quoted, shield_quoted
from pubtool.writers.csl.skeleton import Skeleton
from pubtool.writers.recent import Recent

SOURCES = "refs"
"""The id that citeproc gives to the list of sources."""


def references(
    keys: Iterable[Key], bibliography: Bibliography, lang: str = "en-US"
) -> list[Mapping[str, Any]]:
    """Return the CSL JSON of the entries that are cited, in the bibliography's order.

    pandoc takes an entry that names no language for an English one, and sets its title in lower
    case for CSL to capitalise. In a post in another language it has its own capitals back, and
    says in that language what kind of thesis it is.
    """
    cited = set(keys)
    sources = bibliography.sources
    if len(cited) == 1:
        found = [sources[key] for key in cited if key in sources]
    else:
        found = [source for key, source in sources.items() if key in cited]
    if lang.lower().startswith("en"):
        return [source.csl for source in found]
    own = (source.csl if "language" in source.csl else _in_own_case(source) for source in found)
    return [in_own_words(entry, lang) for entry in own]


def _in_own_case(source: Source) -> Mapping[str, Any]:
    own = {
        "title": source.title,
        "title-short": source.short_title,
        "container-title": source.container,
    }
    same = {
        name: text
        for name, text in own.items()
        if text and text.casefold() == str(source.csl.get(name, "")).casefold()
    }
    return {**source.csl, **same}


Slim = Callable[[str, Sequence[Mapping[str, Any]], str], str]
"""Gives the part of a style that matters, as `pubtool.writers.csl.slim` has it."""


def slim_anew(style: str, entries: Sequence[Mapping[str, Any]], lang: str) -> str:
    """Return what can matter of a style, worked out now."""
    from pubtool.writers.csl.slim import slim  # not where it is known from before

    return slim(style, entries, lang)


_MOST_STYLES = 16
"""Cut styles that are held, of some 10 KB each."""


def slim_kept(keep: Callable[..., str]) -> Slim:
    """Return what works out what can matter of a style where nothing is kept of entries alike.

    The last few are held: most posts of a project cite the same kinds.
    """
    held: Recent[tuple[str, str, str], str] = Recent(_MOST_STYLES)

    def slim(style: str, entries: Sequence[Mapping[str, Any]], lang: str) -> str:
        told = "\n".join(group.told for group in groups_of(entries))
        make = partial(slim_anew, style, entries, lang)
        return held.get((style, told, lang), lambda: keep("style", str, make, style, told, lang))

    return slim


def resolve(  # noqa: PLR0913 - what is written out, how, and by whom
    document: Document,
    entries: list[Mapping[str, Any]],
    style: str,
    lang: str,
    pandoc: Pandoc,
    *,
    slim: Slim = slim_anew,
) -> Document:
    """Return the document with its citations written out and the list of sources at its end.

    In a note style each citation becomes a note, which goes behind the full stop that the author
    put behind the citation; no stop crosses a quotation mark. A number of a note or a source that
    has a paragraph to itself, at a block quotation's end or behind it, goes behind its last word.
    `lang` chooses the style's words
    and quotation marks; `slim` may know from before what can matter of the style.
    """
    meta = {"lang": {"t": "MetaString", "c": locale_of(lang)}} if lang else {}
    blocks = document.ast["blocks"]
    plain = Document({**document.ast, "meta": meta})
    times = _times_cited(plain)
    if not times:
        return Document({**plain.ast, "blocks": without_positions(blocks)})
    if is_bluebook(style):
        entries = prepare(entries, times)
        if locale_of(lang).startswith("en"):
            plain = Document({**plain.ast, "blocks": name_authors(blocks, entries)})
    notes = is_note_style(style)
    slimmed = slim(style, entries, locale_of(lang))
    skeleton = Skeleton(plain.ast["blocks"])
    bones = Document({**plain.ast, "blocks": shield_quoted(skeleton.blocks)})
    asked = number_notes(bones) if notes else bones
    answer = pandoc.cite(asked, entries, slimmed, plain=all(map(is_plain, entries)))
    written = Document({**answer.ast, "blocks": restore_quoted(answer.ast["blocks"])})
    if notes:
        written = tidy_notes(written, style, numbered=has_marks(written, slimmed))
    elif is_apa(style):
        written = join_in_words(written, locale_of(lang))
    blocks = skeleton.filled(written.ast["blocks"])
    if (notes or numbers_sources(style)) and collect(blocks, _BLOCK_QUOTES):
        blocks = citations_behind_blocks(blocks)
    return Document({**written.ast, "blocks": blocks})


_BLOCK_QUOTES = frozenset({"BlockQuote"})


def _times_cited(document: Document) -> Counter[str]:
    cites = collect(document.ast["blocks"], frozenset({"Cite"}))
    return Counter(one["citationId"] for cite in cites for one in cite["c"][0])


def split_sources(document: Document) -> tuple[Document, list[Node]]:
    """Return the document without its list of sources, and the list's entries as blocks.

    A number that a style sets in the margin of an entry stands before its words: of a margin pandoc
    makes a division in the middle of a paragraph, which no page may have.
    """
    blocks, entries = list[Node](), list[Node]()
    for node in document.ast["blocks"]:
        if node["t"] == "Div" and node["c"][0][0] == SOURCES:
            listed = [entry for entry in node["c"][1] if has_class(entry, "csl-entry")]
            entries.extend(change(listed, _without_margin, _SPANS))
        else:
            blocks.append(node)
    return Document({**document.ast, "blocks": blocks}), entries


_SPANS = frozenset({"Span"})


def _without_margin(span: Node) -> list[Node] | None:
    """Return the words of what a style sets beside or below others in its list of sources."""
    inlines: list[Node] = span["c"][1]
    if has_class(span, "csl-left-margin"):
        return [*inlines, *([] if plain_text(inlines).endswith(" ") else [{"t": "Space"}])]
    if has_class(span, "csl-block"):
        return [*inlines, {"t": "LineBreak"}]
    aside = has_class(span, "csl-right-inline") or has_class(span, "csl-indent")
    return inlines if aside else None
