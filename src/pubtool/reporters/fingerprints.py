"""What tells one finding from another, wherever it stands in its file.

Services that follow findings from run to run compare these, so that a paragraph that moved brings
no new alerts. A fingerprint depends on the code, the words that it is about and how often both
occurred before in the same file, never on a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import sha256

from pubtool.model import Finding
from pubtool.text.lines import Lines


def fingerprinted(text: str, findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Yield a file's findings, by place, each with its fingerprint: digits, a colon, a count."""
    lines, seen = Lines(text), Counter[str]()
    for finding in sorted(findings, key=lambda each: (each.span, each.code, each.message)):
        about = finding.quotation or _words(text, lines, finding)
        digest = sha256(f"{finding.code}\0{about}".encode("utf-8", "replace")).hexdigest()[:16]
        seen[digest] += 1
        yield finding, f"{digest}:{seen[digest]}"


def _words(text: str, lines: Lines, finding: Finding) -> str:
    """Return the words that a finding is about; the line's where it points between two."""
    marked = text[finding.span.start : finding.span.end].strip()
    return marked or lines.line(lines.position(finding.span.start).line).strip()
