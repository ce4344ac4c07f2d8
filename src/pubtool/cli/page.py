"""A rule's Markdown page as a terminal shows it: just what those pages use, nothing more."""

from __future__ import annotations

import re
from collections.abc import Iterator

from click import style, unstyle

from pubtool.pipeline import columns, wrap

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_ITEM = re.compile(r"(\s*(?:[-*+]|\d+[.)])\s+)(.*)$")
_STRONG = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])[*_](?![\s*_])(.+?)(?<![\s*_])[*_](?![\w*])")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_CODE = re.compile(r"(`+[^`]+`+)")


def title(page: str) -> str:
    """Return the text of a page's first heading."""
    for line in page.splitlines():
        heading = _HEADING.match(line)
        if heading:
            return unstyle(_inline(heading[2]))
    return ""


def render_page(page: str, *, width: int, colour: bool) -> str:
    """Return the page with its paragraphs wrapped and its fences as they are, indented."""
    lines = list(_render(page.splitlines(), width))
    text = "\n".join(lines).strip("\n") + "\n"
    return text if colour else unstyle(text)


def _render(lines: list[str], width: int) -> Iterator[str]:
    paragraph: list[str] = []
    fence = ""
    for line in [*lines, ""]:
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
            else:
                yield f"    {line}".rstrip()
        elif mark:
            yield from _paragraph(paragraph, width)
            fence = mark[1]
            yield from _label(line.strip(" `~"))
        elif _starts_anew(line):
            yield from _paragraph(paragraph, width)
            if line.strip():
                yield from _block(line, paragraph)
            else:
                yield ""
        else:
            paragraph.append(line)


def _starts_anew(line: str) -> bool:
    return bool(not line.strip() or _HEADING.match(line) or _ITEM.match(line) or line[:1] == "|")


def _block(line: str, paragraph: list[str]) -> Iterator[str]:
    heading = _HEADING.match(line)
    if heading:
        yield style(_inline(heading[2]), bold=True)
    elif line[:1] == "|":
        yield _inline(line)
    else:
        paragraph.append(line)


def _label(info: str) -> Iterator[str]:
    """Yield what a fence holds, where it says so."""
    if info:
        yield f"  {style(info, underline=True)}"


def _paragraph(paragraph: list[str], width: int) -> Iterator[str]:
    if not paragraph:
        return
    item = _ITEM.match(paragraph[0])
    lead = item[1] if item else ""
    first = item[2] if item else paragraph[0]
    text = " ".join([first, *(line.strip() for line in paragraph[1:])])
    size = len(lead)
    lines = wrap(_inline(text), width, used=size, indent=size, measure=_columns)
    lines[0] = lead + lines[0]
    yield from lines
    paragraph.clear()


def _columns(word: str) -> int:
    return columns(unstyle(word))


def _inline(text: str) -> str:
    """Return the text with its strong and emphasised words styled and code left as it is."""
    parts = _CODE.split(text)
    for number in range(0, len(parts), 2):
        part = _STRONG.sub(_bold, _LINK.sub(r"\1 (\2)", parts[number]))
        parts[number] = _EMPHASIS.sub(_underlined, part)
    return "".join(parts)


def _bold(found: re.Match[str]) -> str:
    return " ".join(style(word, bold=True) for word in found[1].split(" "))


def _underlined(found: re.Match[str]) -> str:
    return " ".join(style(word, underline=True) for word in found[1].split(" "))
