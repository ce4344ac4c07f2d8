"""The page: its head, the counts, the filter, the posts, and what the codes mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import files

from pubtool import __version__
from pubtool.model import FileReport, PostReport, Report, RulePage, VerdictKind
from pubtool.reporters.html.entries import NO_QUOTATION, Entry, entries_of
from pubtool.reporters.html.prose import escaped, prose
from pubtool.reporters.own_page import head
from pubtool.reporters.tally import count_findings, count_quotations, tally

_TITLE = "Quotation report"

TO_MEND = "to-mend"
"""The filter of all that fails or has a finding which counts."""

ORDER = (
    VerdictKind.MISATTRIBUTED,
    VerdictKind.ABSENT,
    VerdictKind.ALTERED,
    VerdictKind.MISLOCATED,
    VerdictKind.UNCHECKED,
    VerdictKind.ADAPTED,
    VerdictKind.VERBATIM,
    VerdictKind.EXEMPT,
)
"""Verdicts as the filter lists them: what wants a person first."""


def render_html(report: Report, rules: Sequence[RulePage]) -> str:
    """Return the report as one page of HTML, with a line end behind it."""
    style = files("pubtool").joinpath("reporters/html/report.css").read_text(encoding="utf-8")
    parts: list[PostReport | FileReport] = sorted(report.posts, key=lambda post: post.path)
    parts += sorted(report.files, key=lambda file: file.path)
    listed = [(part.path, list(entries_of(part))) for part in parts]
    lines = [
        *head(_TITLE, style, f'<meta name="generator" content="pubtool {__version__}">'),
        *_opening(report, [entry for _, entries in listed for entry in entries]),
        '<main id="posts">',
        *_errors(report),
        *_contents(listed),
    ]
    for place, (path, entries) in enumerate(listed, start=1):
        lines += _part(path, entries, f"p{place}")
    lines += [*_codes(listed, rules), "</main>", *_foot(), "</body>", "</html>"]
    return "".join(f"{line}\n" for line in lines)


def _opening(report: Report, entries: Sequence[Entry]) -> Iterator[str]:
    counts = tally(report)
    yield '<a class="skip" href="#posts">To the posts</a>'
    yield "<header>"
    yield f"<h1>{_TITLE}</h1>"
    yield f'<p class="count">{escaped(count_quotations(counts))}.</p>'
    if counts.posts:
        yield f"<p>{escaped(count_findings(counts))}</p>"
    yield from _filter(entries)
    yield "</header>"


def _filter(entries: Sequence[Entry]) -> Iterator[str]:
    """Yield a choice for each verdict that occurs; none where there is nothing to choose."""
    kinds = [kind.value for kind in ORDER]
    counts = [(kind, sum(entry.kind == kind for entry in entries)) for kind in kinds]
    choices = [(kind, kind, count) for kind, count in counts if count]
    rest = sum(entry.kind == NO_QUOTATION for entry in entries)
    if rest:
        choices.append((NO_QUOTATION, "not in a quotation", rest))
    if len(choices) < 2:
        return
    wanting = sum(entry.wanting for entry in entries)
    first = [("all", "everything", len(entries)), (TO_MEND, "to mend", wanting)]
    yield '<fieldset class="filter">'
    yield "<legend>Show</legend>"
    for name, words, count in (*first, *choices):
        checked = " checked" if name == "all" else ""
        yield (
            f'<label class="{name}"><input type="radio" name="show" id="show-{name}"{checked}>'
            f"{words} <b>{count:,}</b></label>"
        )
    yield "</fieldset>"


def _errors(report: Report) -> Iterator[str]:
    if report.errors:
        yield '<section class="faults">'
        yield "<h2>What could not be done</h2>"
        yield "<ul>"
        yield from (f"<li>{escaped(error)}</li>" for error in report.errors)
        yield "</ul>"
        yield "</section>"


def _contents(listed: Sequence[tuple[str, Sequence[Entry]]]) -> Iterator[str]:
    """Yield the list of the posts that want a person, where there are several posts."""
    wanting = [
        (f"p{place}", path, sum(entry.wanting for entry in entries))
        for place, (path, entries) in enumerate(listed, start=1)
    ]
    wanting = [each for each in wanting if each[2]]
    if len(listed) < 2 or not wanting:
        return
    yield '<nav aria-labelledby="wanting">'
    yield '<h2 id="wanting">Files with something to mend</h2>'
    yield "<ul>"
    for name, path, count in wanting:
        yield f'<li><a href="#{name}">{escaped(path)}</a> <b>{count:,}</b></li>'
    yield "</ul>"
    yield "</nav>"


def _part(path: str, entries: Sequence[Entry], name: str) -> Iterator[str]:
    has = dict.fromkeys(entry.kind for entry in entries)
    classes = [f"has-{kind}" for kind in has]
    if any(entry.wanting for entry in entries):
        classes.append(f"has-{TO_MEND}")
    yield f'<section class="{" ".join(["post", *classes])}" id="{name}">'
    yield f"<h2>{escaped(path)}</h2>"
    if not entries:
        yield "<p>No quotations and no findings.</p>"
    for place, entry in enumerate(entries, start=1):
        yield from entry.html(f"{name}-{place}")
    yield "</section>"


def _codes(
    listed: Sequence[tuple[str, Sequence[Entry]]], rules: Sequence[RulePage]
) -> Iterator[str]:
    """Yield what each code that occurs means, and its mend."""
    codes = {code for _, entries in listed for entry in entries for code in entry.codes}
    told = [rule for rule in rules if rule.code in codes]
    if not told:
        return
    yield '<section class="codes">'
    yield f"<h2>What {'the code means' if len(told) == 1 else 'the codes mean'}</h2>"
    for rule in told:
        yield f'<h3 id="{rule.code}">{rule.code}: {escaped(rule.title)}</h3>'
        yield prose(rule.meaning)
        yield prose(f"**Mend.** {rule.mend}")
    yield "</section>"


def _foot() -> Iterator[str]:
    yield "<footer>"
    yield (
        f"<p>pubtool {__version__}. A quotation passes where its words were compared with the "
        "source's text; what could not be compared is called unchecked.</p>"
    )
    yield "</footer>"
