"""Reports of any text at any place, for reporters that keep to a schema whatever is in them."""

from __future__ import annotations

from hypothesis import strategies as st

from pubtool.model import (
    Code,
    Difference,
    DifferenceKind,
    Edit,
    FileReport,
    Finding,
    Fix,
    Flow,
    Key,
    Leaf,
    Match,
    PostReport,
    Quotation,
    QuotationKind,
    Report,
    Severity,
    Span,
    Suppression,
    Verdict,
    VerdictKind,
    Where,
)

NASTY = ["]]>", "\n::error::x", "##[error]", "%0A,:", "<script>", "-->", "\x00\x1b[31m", "\u202e",
         "\ufffe", "&#13;", "\r\n", "\u2028", "a:b, c%", "“", "𝔸", "|", "`", "\x85"]  # fmt: skip
any_text = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.lists(st.sampled_from([*NASTY, " ", "word"]), max_size=6).map("".join),
)
messages = any_text.filter(bool)
codes = st.sampled_from(["Q101", "Q203", "Q301", "Q402", "Q601", "Q999"]).map(Code)


@st.composite
def spans(draw: st.DrawFn, size: int) -> Span:
    """A range inside a text."""
    start = draw(st.integers(0, size))
    return Span(start, draw(st.integers(start, size)))


@st.composite
def findings(draw: st.DrawFn, size: int, quotation: str | None = None) -> Finding:
    edits = st.lists(st.builds(Edit, spans(size), any_text), max_size=2).map(tuple)
    return Finding(
        draw(codes), draw(st.sampled_from(Severity)), draw(messages), draw(spans(size)), quotation,
        draw(st.none() | st.builds(Fix, any_text, edits, st.booleans())),
    )  # fmt: skip


@st.composite
def suppressed(draw: st.DrawFn, size: int, quotation: str | None) -> Finding:
    found = draw(findings(size, quotation))
    why = st.builds(Suppression, st.sampled_from(Where), any_text, any_text, any_text)
    return Finding(found.code, found.severity, found.message, found.span, quotation, found.fix,
                   draw(why))  # fmt: skip


@st.composite
def verdicts(draw: st.DrawFn, text: str, name: str) -> Verdict:
    span = draw(spans(len(text)))
    words = text[span.start : span.end]
    flow = Flow(words, (Leaf(0, len(words), span),) if words else ())
    passage = draw(any_text)
    at = draw(spans(len(words)))
    there = draw(spans(len(passage)))
    difference = Difference(
        draw(st.sampled_from(DifferenceKind)), words[at.start : at.end],
        passage[there.start : there.end], at, there, marked=draw(st.booleans()),
        permitted=draw(st.booleans()), code=draw(st.none() | codes),
    )  # fmt: skip
    match = Match(
        Key(draw(any_text)), Span(0, len(passage)), passage, draw(any_text), draw(any_text), None,
        0.5, before=draw(any_text), after=draw(any_text),
    )  # fmt: skip
    return Verdict(
        Quotation(name, QuotationKind.INLINE, flow, span, 0),
        draw(st.sampled_from(VerdictKind)),
        draw(st.none() | any_text),
        draw(st.sampled_from([None, match])),
        draw(st.sampled_from([(), (difference,)])),
        tuple(draw(st.lists(findings(len(text), name), max_size=2))),
    )


@st.composite
def posts(draw: st.DrawFn) -> PostReport:
    text = draw(any_text)
    judged = [draw(verdicts(text, f"q-{n}")) for n in range(draw(st.integers(0, 3)))]
    names = [None, *(verdict.quotation.id for verdict in judged)]
    own = draw(st.lists(findings(len(text)), max_size=2))
    known = draw(st.lists(suppressed(len(text), draw(st.sampled_from(names))), max_size=2))
    of_quotations = [finding for verdict in judged for finding in verdict.findings]
    path = "posts/" + draw(any_text.filter(bool)) + ".md"
    old = [v.quotation.id for v in judged if not v.kind.passes and draw(st.booleans())]
    return PostReport(
        path, text, tuple(judged), (*of_quotations, *own), suppressed=tuple(known), known=tuple(old)
    )


@st.composite
def files(draw: st.DrawFn) -> FileReport:
    text = draw(any_text)
    return FileReport(
        "references.bib", text, tuple(draw(st.lists(findings(len(text)), min_size=1, max_size=3)))
    )


reports = st.builds(
    Report,
    st.lists(posts(), max_size=3).map(tuple),
    st.lists(files(), max_size=1).map(tuple),
    st.lists(any_text, max_size=2).map(tuple),
)
