"""The binder's entries, from a report and what is known of the sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pubtool.model import (
    Decision,
    Finding,
    Key,
    NoPicture,
    PagePicture,
    PostReport,
    QuotationKind,
    Report,
    Source,
    SourceText,
    Span,
    Verdict,
    VerdictKind,
)
from pubtool.system.body import find_front_matter
from pubtool.text.collation import quoted_parts
from pubtool.text.lines import line_of
from pubtool.writers.addresses import Links
from pubtool.writers.annotate import source_key
from pubtool.writers.binder.comparing import compare
from pubtool.writers.binder.content import Assembled, Entry, Group, Origin, Remark, Section
from pubtool.writers.binder.surroundings import excerpt
from pubtool.writers.proof import Proof, Told, listed, place_in_words, proofs
from pubtool.writers.provenance import Provenance
from pubtool.writers.words import Words

_AROUND_QUOTATION = 240
_AROUND_PASSAGE = 600
"""Code points shown on either side."""


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a post."""

    title: str
    lang: str
    sha256: str
    """Of the file's bytes."""


@dataclass(frozen=True)
class Desk:
    """What the binder is assembled with."""

    posts: Mapping[str, About]
    """By path."""
    sources: Mapping[Key, Source]
    citations: Mapping[str, str]
    provenance: Callable[[Key], Provenance]
    text: Callable[[Key], SourceText | None]
    pages: Callable[[Key, Sequence[Span]], tuple[PagePicture, ...] | NoPicture]
    decisions: Callable[[str, str], Sequence[Decision]]
    """What was decided of a quotation, by the post's path and its id."""
    words: Words
    """Of the project's language."""
    count: str
    site: str
    version: str
    convention: str
    style: str


def assemble(report: Report, desk: Desk) -> Assembled:
    """Return the binder's content; quotations are numbered in the order of posts and places."""
    sections, number, used = list[Section](), 1, dict[str, Origin]()
    for post in report.posts:
        section = _section(post, number, desk, used)
        number += len(section.entries)
        sections.append(section)
    return Assembled(
        desk.words,
        desk.site,
        desk.version,
        desk.convention,
        desk.style,
        desk.count,
        tuple(sections),
        tuple(sorted(used.values(), key=lambda origin: origin.key)),
        tuple(
            (f"{file.path}:{line_of(file.text, finding.span.start)}", _remark(finding, desk))
            for file in report.files
            for finding in file.findings
        ),
        report.errors,
    )


def _section(post: PostReport, first: int, desk: Desk, used: dict[str, Origin]) -> Section:
    about = desk.posts[post.path]
    told = Told(desk.words, desk.sources, lambda verdict: Links())
    checked = listed(post.verdicts)
    entries = []
    for number, (verdict, proof) in enumerate(
        zip(checked, proofs(post.verdicts, told), strict=True), first
    ):
        origins = {key: _origin(key, desk) for key in keys_of(verdict)}
        used.update({key: origin for key, origin in origins.items() if origin is not None})
        entries.append(_entry(number, post, verdict, proof, desk, origins.get(proof.key)))
    shown = {verdict.quotation.id for verdict in checked}
    return Section(
        post.path,
        about.title,
        about.lang,
        about.sha256,
        tuple(entries),
        tuple(
            f"{post.path}:{line_of(post.text, verdict.quotation.span.start)} “{_flat(verdict)}”"
            for verdict in sorted(post.verdicts, key=lambda each: each.quotation.span)
            if verdict.quotation.id not in shown
        ),
        tuple(
            (f"{post.path}:{line_of(post.text, finding.span.start)}", _remark(finding, desk))
            for finding in (*post.findings, *post.suppressed)
            if finding.quotation not in shown
        ),
    )


def _flat(verdict: Verdict) -> str:
    return " ".join(verdict.quotation.text.split())


def keys_of(verdict: Verdict) -> list[str]:
    """Return the keys of the sources that a verdict is about: where the words stand, then cited."""
    keys = [cited.key for cited in verdict.quotation.cited]
    return list(dict.fromkeys([source_key(verdict), *keys])) if source_key(verdict) else []


def _entry(  # noqa: PLR0913, PLR0917 - an entry is all of these
    number: int,
    post: PostReport,
    verdict: Verdict,
    proof: Proof,
    desk: Desk,
    source: Origin | None,
) -> Entry:
    quotation, match = verdict.quotation, verdict.match
    first, last = (
        line_of(post.text, quotation.span.start),
        line_of(post.text, max(quotation.span.end - 1, quotation.span.start)),
    )
    pages: tuple[PagePicture, ...] = ()
    why, passage, at = "", None, ""
    if quotation.kind is QuotationKind.TITLE:
        why = "a title is compared with the bibliography's entry"
    elif match is not None:
        found = desk.pages(match.key, quoted_parts(match, verdict.differences))
        if isinstance(found, NoPicture):
            why = found.why
            text = desk.text(match.key)
            if text is not None:
                passage = excerpt(text.text, match.span, _AROUND_PASSAGE)
                line = line_of(text.text, match.span.start)
                start, end = match.span.start, match.span.end
                at = desk.words("binder.at", line=line, start=start, end=end)
        else:
            pages = found
    mine = [f for f in (*post.findings, *post.suppressed) if f.quotation == quotation.id]
    return Entry(
        number=number,
        post=post.path,
        id=quotation.id,
        lang=desk.posts[post.path].lang,
        group=_group(verdict),
        lines=desk.words(
            "binder.line" if first == last else "binder.lines", first=first, last=last
        ),
        quoted=excerpt(post.text, quotation.span, _AROUND_QUOTATION, body_begins(post.text)),
        proof=proof,
        comparison=compare(verdict),
        remarks=tuple(_remark(finding, desk) for finding in mine),
        decisions=tuple(
            _decision(one, desk.words) for one in desk.decisions(post.path, quotation.id)
        ),
        cited="; ".join(_cited(verdict, desk.words)),
        keys=tuple(keys_of(verdict)),
        source=source,
        pages=pages,
        why_no_page=why,
        passage=passage,
        passage_at=at,
    )


def body_begins(text: str) -> int:
    """Return where a post begins behind its front matter."""
    front = find_front_matter(text)
    return front.end if front else len(text) - len(text.removeprefix("\ufeff"))


def _group(verdict: Verdict) -> Group:
    if verdict.kind is VerdictKind.UNCHECKED:
        return Group.UNCHECKED
    if verdict.kind is VerdictKind.EXEMPT:
        return Group.EXEMPT
    return Group.PASSED if verdict.kind.passes else Group.FAILED


def _cited(verdict: Verdict, says: Words) -> Iterator[str]:
    for cited in verdict.quotation.cited:
        place = place_in_words(cited.locator, says)
        yield f"@{cited.key}, {place}" if place else f"@{cited.key}"


def _remark(finding: Finding, desk: Desk) -> Remark:
    says = desk.words
    severity, title = says(f"binder.{finding.severity.word}"), says(f"rule.{finding.code}")
    return Remark(finding.code, severity, title, finding.message, _suppressed(finding, says))


def _suppressed(finding: Finding, says: Words) -> str:
    said = finding.suppression
    if said is None:
        return ""
    who = ", ".join(part for part in (said.by, said.on) if part)
    where = says(f"binder.waived-{said.where.value}") + (f" ({who})" if who else "")
    return f"{where}: {said.reason}" if said.reason else where


def _decision(decision: Decision, says: Words) -> str:
    what = says("binder.accepted" if decision.choice.value == "accept" else "binder.waived")
    codes = f" {', '.join(decision.codes)}" if decision.codes else ""
    named = says.lines.get(f"verdict.{decision.verdict}", decision.verdict)
    verdict = f" {says('binder.at-verdict', verdict=named)}" if decision.verdict else ""
    who = ", ".join(part for part in (decision.by, decision.on) if part)
    reason = f": {decision.reason}" if decision.reason else ""
    return f"{what}{codes}{verdict}{f' ({who})' if who else ''}{reason}"


def _origin(key: str, desk: Desk) -> Origin | None:
    source = desk.sources.get(Key(key))
    if source is None:
        return None
    known = desk.provenance(source.key)
    text = desk.text(source.key)
    return Origin(
        key,
        desk.citations.get(key, "") or source.title or key,
        str(source.csl.get("language") or ""),
        known.files,
        known.origin,
        desk.words(f"binder.{_pinned(known, text)}"),
        desk.words(f"binder.{text.extent.value}") if text is not None else "",
    )


def _pinned(known: Provenance, text: SourceText | None) -> str:
    if text is None:
        return "no-text"
    if not known.pin:
        return "unpinned"
    return "pinned" if known.pin == text.sha256 else "other-file"
