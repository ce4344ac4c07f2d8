"""One fixed report that has a bit of everything, built by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import SequenceMatcher

import pytest

from pubtool.model import (
    Cited,
    Code,
    Difference,
    DifferenceKind,
    Edit,
    Extent,
    FileReport,
    Finding,
    Fix,
    Flow,
    How,
    Key,
    Leaf,
    Locator,
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

PALERMO = """\
# What the Protocol says

The Protocol defines trafficking as “the recruitment, transportation, transfer,
harbouring or receipt of persons, by means of the threat or use of force or other
forms of coercion, of abduction, of fraud, or deception, of the abuse of power or of
a position of vulnerability or of the giving or receiving of payments or benefits to
achieve the consent of a person having control of another person.” [@palermo, art. 3]

It says “consent” is irrelevant, and that the offence is “severely punished”
[@palermo]. A pact “of the stars” is older.\u2028The goal is “a common criminal policy”
[@coe]. Nobody said “there is no such thing as the internet” [@kunze, p. 241], or
“第二条の規定は、適用する” [@palermo], or “purposes of extradition”.

He said “no more, and left.
"""

DEFINITION = (
    "the recruitment, transportation, transfer, harbouring or receipt of persons, by means of the "
    "threat or use of force or other forms of coercion, of abduction, of fraud, of deception, of "
    "the abuse of power or of a position of vulnerability or of the giving or receiving of "
    "payments or benefits to achieve the consent of a person having control over another person"
)

REFERENCES = "@treaty{palermo,\n  title = {Protocol}\n}\n\n@treaty{palermo,\n  title = {Again}\n}\n"


def quotation(post: str, words: str, *, cited: tuple[Cited, ...] = (), name: str) -> Quotation:
    """Return the quotation of these words, which stand once in the post."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    found = re.search(pattern, post)
    assert found, words
    leaves, at = [], 0
    for line in found.group().splitlines(keepends=True):
        leaves.append(Leaf(at, len(line), Span(found.start() + at, found.start() + at + len(line))))
        at += len(line)
    flow = Flow(found.group().replace("\n", " "), tuple(leaves))
    return Quotation(name, QuotationKind.INLINE, flow, Span(*found.span()), 0, cited=cited)


def differences(post: str, source: str, there: int, code: str | None) -> tuple[Difference, ...]:
    """Return the word differences of two texts, the source's beginning at `there`."""
    left, right = list(re.finditer(r"\S+", post)), list(re.finditer(r"\S+", source))
    script = SequenceMatcher(
        None, [w.group() for w in left], [w.group() for w in right], autojunk=False
    )
    kinds = {
        "replace": DifferenceKind.SUBSTITUTION,
        "insert": DifferenceKind.DELETION,
        "delete": DifferenceKind.INSERTION,
    }
    found = []
    for tag, a, b, c, d in script.get_opcodes():
        if tag != "equal":
            at = _range(left, a, b, len(post))
            over = _range(right, c, d, len(source))
            found.append(
                Difference(
                    kinds[tag],
                    post[at.start : at.end],
                    source[over.start : over.end],
                    at,
                    Span(over.start + there, over.end + there),
                    marked=False,
                    permitted=code is None,
                    code=Code(code) if code else None,
                )
            )
    return tuple(found)


def _range(words: list[re.Match[str]], start: int, end: int, size: int) -> Span:
    if start < end:
        return Span(words[start].start(), words[end - 1].end())
    at = words[start].start() if start < len(words) else size
    return Span(at, at)


def finding(  # noqa: PLR0917 - in the order of a Finding
    code: str, grade: Severity, message: str, span: Span, of: Quotation, fix: Fix | None = None
) -> Finding:
    """Return a finding about a quotation."""
    return Finding(Code(code), grade, message, span, of.id, fix)


def altered() -> Verdict:
    """Return the definition, with two words changed, ending where the source goes on."""
    cited = (Cited(Key("palermo"), Locator("article-locator", "3"), How.CITATION),)
    words = DEFINITION.replace("of deception", "or deception").replace("over another", "of another")
    quoted = quotation(PALERMO, f"{words}.", cited=cited, name="q-01")
    text = quoted.text.removesuffix(".")
    found = differences(text, DEFINITION, 100, "Q101")
    findings = [
        finding(
            "Q101",
            Severity.ERROR,
            f"“{each.quoted}” stands where the source has “{each.source}”",
            quoted.flow.place(each.at.start, each.at.end),
            quoted,
            Fix(
                f"write “{each.source}”",
                (Edit(quoted.flow.place(each.at.start, each.at.end), each.source),),
            ),
        )
        for each in found
    ]
    end = quoted.span.end
    goes_on = finding(
        "Q106",
        Severity.WARNING,
        "closes as a full sentence where the source's sentence goes on “, for the purpose of "
        "exploitation”",
        Span(end - 1, end),
        quoted,
    )
    locator = Locator("article-locator", "3(a)")
    place = Span(100, 100 + len(DEFINITION))
    match = Match(
        Key("palermo"), place, DEFINITION, "shall mean ", ", for the purpose of", locator, 0.96666
    )
    stop = len(text)
    dot = Difference(
        DifferenceKind.PUNCTUATION, ".", "", Span(stop, stop + 1), Span(place.end, place.end),
        marked=False, permitted=True,
    )  # fmt: skip
    return Verdict(quoted, VerdictKind.ALTERED, None, match, (*found, dot), (*findings, goes_on))


def passing() -> list[Verdict]:
    """Return an excerpt's words found, a waived quotation and a term."""
    punished = quotation(PALERMO, "severely punished", name="q-03")
    match = Match(
        Key("palermo"), Span(7, 24), "severely punished", "", "", None, 1.0, Extent.EXCERPT
    )
    term = quotation(PALERMO, "consent” is", name="q-02")
    term = replace(term, flow=term.flow.cut(0, 7), span=Span(term.span.start, term.span.start + 7))
    stars = quotation(PALERMO, "of the stars", name="q-04")
    return [
        Verdict(punished, VerdictKind.VERBATIM, None, match, (), ()),
        Verdict(term, VerdictKind.EXEMPT, "term", None, (), ()),
        Verdict(stars, VerdictKind.EXEMPT, "waived", None, (), ()),
    ]


def unknown() -> Verdict:
    """Return a quotation whose source is known at second hand only."""
    cited = (Cited(Key("coe"), None, How.CITATION),)
    quoted = quotation(PALERMO, "a common criminal policy", cited=cited, name="q-05")
    words = "a common criminal policy"
    match = Match(Key("coe"), Span(0, 24), words, "", "", None, 1.0, Extent.SECOND_HAND)
    return Verdict(quoted, VerdictKind.UNCHECKED, "second-hand", match, (), ())


def absent() -> Verdict:
    """Return a quotation that nobody wrote."""
    cited = (Cited(Key("kunze"), Locator("page", "241"), How.CITATION),)
    words = "there is no such thing as the internet"
    quoted = quotation(PALERMO, words, cited=cited, name="q-06")
    found = finding("Q301", Severity.ERROR, "not found in any source's text", quoted.span, quoted)
    return Verdict(quoted, VerdictKind.ABSENT, None, None, (), (found,))


def japanese() -> Verdict:
    """Return wide characters, two of them left out."""
    quoted = quotation(PALERMO, "第二条の規定は、適用する", name="q-07")
    source = "第二条の規定は、すべて適用する"
    left_out = Difference(
        DifferenceKind.DELETION, "", "すべて", Span(8, 8), Span(8, 11),
        marked=False, permitted=False, code=Code("Q103"),
    )  # fmt: skip
    place = quoted.flow.place(8, 8)
    found = finding("Q103", Severity.ERROR, "“すべて” is left out", place, quoted)
    match = Match(Key("palermo"), Span(0, 15), source, "", "", None, 0.9)
    return Verdict(quoted, VerdictKind.ALTERED, None, match, (left_out,), (found,))


def uncited() -> Verdict:
    """Return a quotation that stands in a source, but with a word more."""
    quoted = quotation(PALERMO, "purposes of extradition", name="q-08")
    source = "purposes of any extradition"
    match = Match(
        Key("coe"), Span(0, 27), source, "for the ", " between", Locator("page", "24"), 0.75
    )
    found = (
        finding("Q103", Severity.ERROR, "“any” is left out",
                quoted.flow.place(12, 12), quoted),
        finding("Q303", Severity.WARNING, "no citation and no attribution; it stands in coe",
                quoted.span, quoted),
    )  # fmt: skip
    gap = Difference(
        DifferenceKind.DELETION, "", "any", Span(12, 12), Span(12, 15),
        marked=False, permitted=False, code=Code("Q103"),
    )  # fmt: skip
    return Verdict(quoted, VerdictKind.ALTERED, None, match, (gap,), found)


def suppressed() -> tuple[Finding, ...]:
    """Return what does not count: waived in the post, decided, known before, in this order."""
    stars = quotation(PALERMO, "of the stars", name="q-04")
    punished = quotation(PALERMO, "severely punished", name="q-03")
    heading = Span(PALERMO.index("What the"), PALERMO.index("What the") + 4)
    return (
        replace(Finding(Code("Q602"), Severity.WARNING, "a key is no key of ours", heading),
                suppression=Suppression(Where.BASELINE, "")),
        replace(finding("Q203", Severity.INFO, "no locator is given", punished.span, punished),
                suppression=Suppression(Where.DECISION, "one page", "A. Hale", "2026-05-03")),
        replace(finding("Q301", Severity.ERROR, "not found in any source", stars.span, stars),
                suppression=Suppression(Where.POST, "a legend")),
    )  # fmt: skip


def build_report() -> Report:
    """Return the fixed report."""
    verdicts = (altered(), *passing(), unknown(), absent(), japanese(), uncited())
    start = PALERMO.index("“no more")
    mark = Finding(
        Code("Q601"), Severity.WARNING, "an opening “ has no closing mark", Span(start, start + 1)
    )
    found = [*(each for verdict in verdicts for each in verdict.findings), mark]
    post = PostReport(
        "posts/palermo.md", PALERMO, verdicts,
        tuple(sorted(found, key=lambda each: (each.span, each.code))),
        suppressed=suppressed(),
    )  # fmt: skip
    second = REFERENCES.rindex("palermo")
    twice = Finding(
        Code("Q402"), Severity.ERROR, "the key palermo stands here a second time",
        Span(second, second + 7),
    )  # fmt: skip
    empty = PostReport("posts/empty.md", "", (), ())
    file = FileReport("references.bib", REFERENCES, (twice,))
    return Report((post, empty), (file,), ("posts/odd.md: pandoc gave up after 20 seconds",))


@pytest.fixture
def report() -> Report:
    """Return the fixed report."""
    return build_report()
