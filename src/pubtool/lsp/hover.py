"""What is told of a quotation, or of a citation's key, under the pointer."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.lsp.words import verdict_words
from pubtool.model import DifferenceKind, Match, Verdict
from pubtool.pipeline.writing import Entry, name_place

_QUIET = frozenset({DifferenceKind.TYPOGRAPHY})


def hover_quotation(verdict: Verdict, entry: Entry | None) -> str:
    """Return, in Markdown, the verdict, the passage with what stands round it, the differences."""
    match = verdict.match
    parts = [f"**{verdict_words(verdict)}**"]
    if match is not None:
        parts.append(_quoted(match))
        where = f", {name_place(match.locator)}" if match.locator else ""
        about = f" {in_words(entry)}" if entry else ""
        parts.append(f"`@{match.key}{where}`{about}")
    differences = list(_differences(verdict))
    if differences:
        parts.append("\n".join(differences))
    return "\n\n".join(parts)


def hover_entry(entry: Entry, *, at_hand: bool) -> str:
    """Return, in Markdown, what an entry of the bibliography says."""
    text = "its text is at hand" if at_hand else "its text is not at hand: nothing can be checked"
    return f"{in_words(entry)}\n\n`@{entry.key}`: {text}"


def in_words(entry: Entry) -> str:
    """Return an entry in a line: authors, title, where, when."""
    title = f"*{_plain(entry.title)}*" if entry.title else ""
    return ", ".join(p for p in (_plain(entry.authors), title, entry.container, entry.year) if p)


def _quoted(match: Match) -> str:
    before, after = (" ".join(part.split()) for part in (match.before, match.after))
    passage = " ".join(match.text.split())
    return f"> {_plain(before)} **{_plain(passage)}** {_plain(after)}".replace("  ", " ")


def _plain(text: str) -> str:
    """Return words that Markdown takes as they are."""
    return "".join(f"\\{c}" if c in "*_`[]<>#\\|" else c for c in text)


def _differences(verdict: Verdict) -> Iterator[str]:
    for one in verdict.differences:
        if one.kind in _QUIET:
            continue
        here, there = one.quoted.strip(), one.source.strip()
        allowed = " (marked)" if one.marked else " (permitted)" if one.permitted else ""
        if here and there:
            yield f"- “{_plain(here)}”, the source has “{_plain(there)}”{allowed}"
        elif here:
            yield f"- “{_plain(here)}” is not in the source{allowed}"
        elif there:
            yield f"- the source has “{_plain(there)}” here{allowed}"
