"""Fixes: as a unified diff, and as lines that say what was fixed and what is offered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff

from pubtool.model import Finding
from pubtool.reporters.columns import printable
from pubtool.text.lines import Lines

_NO_NEWLINE = "\\ No newline at end of file\n"


def render_diff(path: str, before: str, after: str) -> str:
    """Return the changes of a file as `git apply` and `patch -p1` take them; empty for none.

    Only a line feed ends a line, so that a file's carriage returns stay in its lines.
    """
    changed = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}" for line in changed)


def list_fixes(path: str, text: str, findings: Sequence[Finding], word: str) -> Iterator[str]:
    """Yield a line for each finding with a fix: ``path:line:column: word[code] what``.

    `text` is the file's that the findings are of. One that shares its edits with an earlier one is
    told once.
    """
    lines = Lines(text)
    told = set()
    for finding in findings:
        if finding.fix is None or finding.fix.edits in told:
            continue
        told.add(finding.fix.edits)
        place = lines.position(finding.span.start)
        where = f"{printable(path)}:{place.line}:{place.column}:"
        yield f"{where} {word}[{finding.code}] {printable(finding.fix.description)}"


def _lines(text: str) -> list[str]:
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]
