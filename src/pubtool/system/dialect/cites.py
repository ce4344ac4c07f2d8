"""Citations, ``[@key, p. 3]`` and ``@key``; the counterpart of filters/cites.lua.

The grammar is that of Text.Pandoc.Parsing.Citations and Text.Pandoc.Readers.Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pubtool.model import Node
from pubtool.system.dialect.leaves import OBJECT, SPACE, Inlines, Run, bare, is_text

_SIGNS = (
    (0x80, 0xA9), (0xAB, 0xB1), (0xB4, 0xB4), (0xB6, 0xB8), (0xBB, 0xBB), (0xBF, 0xBF),
    (0xD7, 0xD7), (0xF7, 0xF7), (0x300, 0x36F), (0x2000, 0x206F), (0x20A0, 0x20FF),
    (0x2190, 0x245F), (0x2500, 0x2775), (0x2794, 0x2BFF), (0x2E00, 0x2E7F),
    (0x3000, 0x3004), (0x3008, 0x3020), (0xE000, 0xF8FF), (0xFE10, 0xFE6F),
    (0xFF01, 0xFF0F), (0xFF1A, 0xFF20), (0xFF3B, 0xFF40), (0xFF5B, 0xFF65),
    (0xFFE0, 0xFFFF), (0x1F000, 0x1FAFF), (0xD800, 0xDFFF),
)  # fmt: skip
"""Code points beyond ASCII that are no letters and no digits, `SPACE` and `OBJECT` among them."""

_NO_LETTER = "".join(f"{chr(low)}-{chr(high)}" for low, high in _SIGNS)
_WORD = rf"(?:[0-9A-Za-z]|[^\x00-\x7f{_NO_LETTER}])"
_IS_WORD = re.compile(_WORD)
_KEY_CHARS = re.compile(rf"(?:_|{_WORD})+")
_INNER = frozenset(":.#$%&-+?<>~/")
_PLAIN_AGAIN = {"–": "--", "—": "---", "…": "...", "’": "'", "‘": "'"}
_BEGINS = re.compile(r"[\[@-]")
_ENDS_BRACED = re.compile(rf"[{{}}{SPACE}{OBJECT}]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A key with its sign."""

    key: str
    suppress: bool
    first: int
    after: int


def cite_all(run: Run) -> Inlines | None:
    """Return a paragraph's inlines with its citations; None where it has none."""
    if "@" not in run.text:
        return None
    found: Inlines = []
    kept = index = 0
    while begin := _BEGINS.search(run.text, index):
        index = begin.start()
        made = _bracketed(run, index) or _in_text(run, index)
        if made is None:
            index += 1
            continue
        citations, after = made
        cite = {"t": "Cite", "c": [citations, bare(run.slice(index, after))]}
        found += [*run.slice(kept, index), run.placed(cite, index, after)]
        index = kept = after
    return [*found, *run.slice(kept, len(run.text))] if kept else None


def number_notes(blocks: Sequence[Node]) -> None:
    """Tell each citation which note it is in, for citeproc; in the text each counts as one."""
    _numbered(blocks, 0, None)


def _numbered(value: Any, count: int, note: int | None) -> int:
    """Return how many notes there are after a piece of tree that has `count` before it."""
    if isinstance(value, list):
        for item in value:
            if isinstance(item, list) or (isinstance(item, dict) and not is_text(item)):
                count = _numbered(item, count, note)
        return count
    kind = value.get("t")
    if kind == "Cite":
        return _numbered_cite(value["c"][0], count, note)
    if kind == "Note" and note is None:
        _numbered(value["c"], count, count + 1)
        return count + 1
    return _numbered([value.get("c")], count, note)


def _numbered_cite(citations: list[Node], count: int, note: int | None) -> int:
    count += note is None
    for citation in citations:
        citation["citationNoteNum"] = count if note is None else note
        if note is not None:
            _numbered([citation["citationPrefix"], citation["citationSuffix"]], count, note)
    return count


# --- The grammar ----------------------------------------------------------------------------------


def _closing(run: Run, index: int) -> tuple[int, list[int]] | None:
    """Return where the bracket ends that begins here, and its semicolons; none begins a note."""
    if not run.is_(index, "[") or run.is_(index + 1, "^"):
        return None
    return run.closing_bracket(index)


def _bracketed(run: Run, index: int) -> tuple[list[Node], int] | None:
    """Return the citations of ``[@key, …]`` and where it ends."""
    closing = _closing(run, index)
    if closing is None:
        return None
    close, semicolons = closing
    if run.is_(close + 1, "[") and run.closing_bracket(close + 1):
        return None
    citations = _citations(run, index + 1, close, semicolons)
    return (citations, close + 1) if citations is not None else None


def _citations(run: Run, first: int, last: int, semicolons: Sequence[int]) -> list[Node] | None:
    """Return the citations between two places, split at semicolons; None if one has no key."""
    found: list[Node] = []
    for start, end in zip(
        [first, *(at + 1 for at in semicolons)], [*semicolons, last], strict=True
    ):
        citation = _one_citation(run, start, end)
        if citation is None:
            return None
        found.append(citation)
    return found


def _one_citation(run: Run, first: int, last: int) -> Node | None:
    """Return one citation of a bracketed list."""
    depth = 0
    for at in range(first, last):
        char = run.text[at]
        if char in "@-" and not depth:
            found = _key(run, at)
            if found and found.after <= last:
                start, end = _trimmed(run, first, found.first)
                mode = "SuppressAuthor" if found.suppress else "NormalCitation"
                suffix = _suffix(run, found.after, last)
                return _citation(found.key, mode, bare(run.slice(start, end)), suffix)
        elif char in "[]" and run.is_sign(at):
            depth += 1 if char == "[" else -1
    return None


def _in_text(run: Run, index: int) -> tuple[list[Node], int] | None:
    """Return the citations of ``@key`` or ``@key [p. 3]`` and where they end."""
    found = _key(run, index)
    if found is None:
        return None
    bracket = run.skip_spaces(found.after)
    suffix: Inlines = []
    rest: list[Node] = []
    after = found.after
    if behind := _bracketed(run, bracket):
        rest, after = behind
    elif located := _bare_locator(run, bracket):
        suffix, rest, after = located
    mode = "SuppressAuthor" if found.suppress else "AuthorInText"
    return [_citation(found.key, mode, [], suffix), *rest], after


def _bare_locator(run: Run, index: int) -> tuple[Inlines, list[Node], int] | None:
    """Return the suffix and the further citations of ``[p. 3; @b]`` behind a key in the text."""
    closing = _closing(run, index)
    if closing is None:
        return None
    close, semicolons = closing
    if run.is_(close + 1, "[") or run.is_(close + 1, "("):
        return None
    end = semicolons[0] if semicolons else close
    rest = _citations(run, end + 1, close, semicolons[1:]) if end < close else []
    return (_suffix(run, index + 1, end), rest, close + 1) if rest is not None else None


def _suffix(run: Run, first: int, last: int) -> Inlines:
    spaced = run.text[first : first + 1] == SPACE
    start, end = _trimmed(run, first, last)
    if start >= end:
        return []
    inner = run.slice(start, end)
    found = bare(cite_all(Run(inner)) or inner)
    return [{"t": "Space"}, *found] if spaced else found


def _trimmed(run: Run, first: int, last: int) -> tuple[int, int]:
    first = run.skip_spaces(first)
    while last > first and run.text[last - 1] == SPACE:
        last -= 1
    return first, last


def _citation(key: str, mode: str, prefix: Inlines, suffix: Inlines) -> Node:
    return {
        "citationId": key,
        "citationPrefix": prefix,
        "citationSuffix": suffix,
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }


# --- Keys -----------------------------------------------------------------------------------------


def _key(run: Run, index: int) -> _Found | None:
    """Return the key at ``@`` or ``-@``."""
    suppress = run.is_(index, "-")
    at = index + 1 if suppress else index
    if not run.is_(at, "@") or _after_word(run, index):
        return None
    braced = run.is_(at + 1, "{")
    found = _braced_key(run, at + 1) if braced else _simple_key(run, at + 1)
    return _Found(found[0], suppress, index, found[1]) if found and found[0] else None


def _after_word(run: Run, index: int) -> bool:
    """Whether what stands before is a word that a citation cannot follow at once."""
    if not index:
        return False
    before = run.text[index - 1]
    if before == OBJECT:
        return run.cores[run.leaf(index - 1)]["t"] not in ("RawInline", "LineBreak")
    return before == "." or bool(_IS_WORD.match(before))


def _simple_key(run: Run, index: int) -> tuple[str, int] | None:
    text = run.text
    if not (_KEY_CHARS.match(text, index) or text[index : index + 1] == "*"):
        return None
    at = index + 1
    while at < len(text):
        found = _KEY_CHARS.match(text, at)
        if found:
            at = found.end()
            continue
        char, following = text[at], text[at + 1 : at + 2]
        inner = char in _INNER and run.is_sign(at)
        slash = char in ":/" and following == "/"
        if not inner or not (_KEY_CHARS.match(following) or slash):
            break
        at += 1
    return text[index:at], at


def _braced_key(run: Run, index: int) -> tuple[str, int] | None:
    depth = 0
    for found in _ENDS_BRACED.finditer(run.text, index):
        if found.group() not in "{}":
            return None
        depth += 1 if found.group() == "{" else -1
        if not depth:
            inside = range(index + 1, found.start())
            return "".join(_as_typed(run, at) for at in inside), found.end()
    return None


def _as_typed(run: Run, at: int) -> str:
    """Return a character as the author typed it: pandoc makes a dash of two hyphens."""
    char = run.text[at]
    return char if run.is_sign(at) else _PLAIN_AGAIN.get(char, char)
