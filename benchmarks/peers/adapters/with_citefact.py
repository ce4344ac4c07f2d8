"""citefact: its check of quotations, on a manuscript of one paragraph a case.

Sources come as text in place of PDFs through Docling. `quote_verified` is accepted; what it does
not take for a quotation (under 20 characters) is unsupported. Its report names no offset, and pages
only for PDFs.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from citefact.checks.quotes import check_quotes
from citefact.citations import pick_parser, resolve_to_catalog
from citefact.ingest.bibliography import to_catalog
from citefact.models import Source
from protocol import ACCEPTED, REFUSED, UNSUPPORTED, Answer, Case, by_source, run, window

CITATION = "(Author, 1998)"


def judge(cases: Sequence[Case]) -> Iterator[Answer]:
    for group in by_source(cases):
        source = Source("author1998", "Text", "Author, Ann", 1998, text=window(group[0]))
        written, lines, line = [], [], 1
        for case in group:
            paragraph = _paragraph(case) + "\n\n"
            written.append(paragraph)
            lines.append((line, line + paragraph.count("\n")))
            line = lines[-1][1]
        types = _check("".join(written), source)
        for case, (first, end) in zip(group, lines, strict=True):
            said = {kind for at, kind in types if first <= at < end}
            yield Answer(case.number, _said(said))


def _paragraph(case: Case) -> str:
    if case.block:
        return f"The text has this:\n\n> {case.text} {CITATION}"
    return f"There it says: “{case.text}” {CITATION}."


def _check(manuscript: str, source: Source) -> list[tuple[int, str]]:
    """Return the line and the type of each finding about a quotation."""
    sources = {source.id: source}
    parser = pick_parser(manuscript)
    text = parser.preprocess(manuscript)
    matched = resolve_to_catalog(parser.extract(text), to_catalog(sources))
    findings = check_quotes(text, matched, sources)
    return [(finding.details["location"]["line"], finding.type) for finding in findings]


def _said(types: set[str]) -> str:
    if not types or "quote_unattributed" in types:
        return UNSUPPORTED
    return ACCEPTED if types == {"quote_verified"} else REFUSED


if __name__ == "__main__":
    run(judge)
