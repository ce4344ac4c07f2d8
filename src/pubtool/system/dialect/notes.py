"""Inline notes, ``^[…]``; the counterpart of filters/notes.lua."""

from __future__ import annotations

import re
from typing import Any

from pubtool.model import Node
from pubtool.system.dialect.leaves import SPACE, Inlines, Run, wrapped

_CARETS = re.compile(r"([^;]*?)(\d+):(\d+)-")
_END = re.compile(r"(\d+):(\d+)$")


def note_all(run: Run) -> Inlines | None:
    """Return a paragraph's inlines with its notes; None where it has none."""
    apart = _without_false_superscripts(run)
    if apart is None:
        return _content(run, 0, len(run.text), loose=False) if "^" in run.text else None
    run = Run(apart)
    return _content(run, 0, len(run.text), loose=True)


def _without_false_superscripts(run: Run) -> Inlines | None:
    """Return the inlines with each superscript that begins with a bracket taken apart.

    None if there is none. ``a^[one] b^[two]`` is read as a superscript "[one] b" by pandoc.
    """
    if not any(core["t"] == "Superscript" for core in run.cores):
        return None
    found: Inlines = []
    changed = False
    for number, (inline, core) in enumerate(zip(run.inlines, run.cores, strict=True)):
        if core["t"] == "Superscript" and _first_char(core["c"]) == "[":
            changed = True
            opening, closing = _carets(run.place(number))
            found += [opening, *core["c"], closing]
        else:
            found.append(inline)
    return found if changed else None


def _carets(place: str) -> tuple[Node, Node]:
    """Return a superscript's two carets, where they stand."""
    begin, end = _CARETS.match(place), _END.search(place)
    caret: Node = {"t": "Str", "c": "^"}
    if not begin or not end:
        return caret, caret
    before, line, column = begin[1], begin[2], int(begin[3])
    last, behind = end[1], int(end[2])
    opening = f"{before}{line}:{column}-{line}:{column + 1}"
    return wrapped(caret, opening), wrapped(caret, f"{before}{last}:{behind - 1}-{last}:{behind}")


def _first_char(inlines: Inlines) -> str:
    """Return the first character of what some inlines say."""
    for inline in inlines:
        kind: str = inline["t"]
        content: Any = inline.get("c")
        if kind == "Str":
            said = content[:1]
        elif kind in ("Code", "Math"):
            said = content[1][:1]
        elif kind in ("Span", "Link", "Image", "Cite"):
            said = _first_char(content[1])
        elif isinstance(content, list) and kind not in ("Note", "RawInline", "Quoted"):
            said = _first_char(content)
        else:
            said = "" if kind in ("Note", "RawInline") else kind
        if said:
            return str(said)
    return ""


def _content(run: Run, first: int, last: int, *, loose: bool) -> Inlines | None:
    """Return the inlines from `first` up to `last` with their notes.

    With `loose`, carets have come loose, and superscripts are put together again. None where
    nothing changes.
    """
    found: Inlines = []
    kept = index = first
    while (index := run.text.find("^", index, last)) >= 0:
        made = _note(run, index) or (_superscript(run, index, last) if loose else None)
        if made is None:
            index += 1
            continue
        inline, after = made
        found += [*run.slice(kept, index), inline]
        index = kept = after
    if kept == first and not loose:
        return None
    return [*found, *run.slice(kept, last)]


def _note(run: Run, index: int) -> tuple[Node, int] | None:
    """Return the note that begins at a caret, and where it ends."""
    if not run.is_(index, "^") or not run.is_(index + 1, "["):
        return None
    closing = run.closing_bracket(index + 1)
    if closing is None:
        return None
    close = closing[0]
    first, last = run.skip_spaces(index + 2), close
    while last > first and run.text[last - 1] == SPACE:
        last -= 1
    inner = _content(run, first, last, loose=True)
    note = {"t": "Note", "c": [{"t": "Para", "c": inner}]}
    return run.placed(note, index, close + 1), close + 1


def _superscript(run: Run, index: int, last: int) -> tuple[Node, int] | None:
    """Return the superscript of one word that begins at a loose caret, and where it ends."""
    if not run.is_(index, "^"):
        return None
    close = _closing_caret(run, index, last)
    if close is None:
        return None
    superscript = {"t": "Superscript", "c": run.slice(index + 1, close)}
    return run.placed(superscript, index, close + 1), close + 1


def _closing_caret(run: Run, index: int, last: int) -> int | None:
    """Return where the caret is that closes a superscript: one word, no brackets."""
    for at in range(index + 1, last):
        char = run.text[at]
        if char in (SPACE, "[", "]"):
            return None
        if run.is_(at, "^"):
            return at if at > index + 1 else None
    return None
