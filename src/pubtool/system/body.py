"""Where a post's front matter ends, and what of the post pandoc reads."""

from __future__ import annotations

import re

from pubtool.model import Span

_FRONT_MATTER = re.compile(
    r"\ufeff?(---[ \t]*(?:\r\n|\r|\n)(?![ \t]*(?:[\r\n]|\Z))"
    r"(?:[^\r\n]*(?:\r\n|\r|\n))*?(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z))"
)


def find_front_matter(text: str) -> Span | None:
    """Return the range of the YAML at the head of `text`, its two fences included.

    By pandoc's rule: ``---`` on the first line, no blank line after it, ``---`` or ``...`` at the
    end.
    """
    found = _FRONT_MATTER.match(text)
    return Span(*found.span(1)) if found else None


def body_of(text: str) -> str:
    """Return what pandoc reads: no byte order mark, no front matter, but every line end."""
    front = find_front_matter(text)
    body = text[front.end :] if front else text.removeprefix("\ufeff")
    lines = _count_lines(text[: front.end]) if front else 0
    # pandoc's own command line ends the last line too; without it a table may not be read
    return "\n" * lines + re.sub(r"\r\n?", "\n", body).removesuffix("\n") + "\n"


def _count_lines(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))
