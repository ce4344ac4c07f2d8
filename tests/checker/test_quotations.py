"""Every case file under tests/cases/quotations, read with the real pandoc."""

from __future__ import annotations

from collections.abc import Iterator

from pubtool.checker.quotations import find_quotations
from pubtool.model import Cited, Finding, Post, Quotation
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

CASES = "quotations"


def test_a_post_has_exactly_these_quotations(text: str, expected: str, pandoc: Pandoc) -> None:
    post = read_post("post.md", text, pandoc.parse(text, "post.md"))
    quotations, findings = find_quotations(post)
    lines = [line for quotation in quotations for line in describe(quotation, post)]
    lines += [place(finding, post) for finding in findings]
    assert "\n".join(lines or ["nothing"]) == expected


def test_windows_line_ends_change_nothing(text: str, expected: str, pandoc: Pandoc) -> None:
    windows = text.replace("\n", "\r\n")
    post = read_post("post.md", windows, pandoc.parse(windows, "post.md"))
    quotations, findings = find_quotations(post)
    lines = [line for quotation in quotations for line in describe(quotation, post)]
    lines += [place(finding, post) for finding in findings]
    assert "\n".join(lines or ["nothing"]) == expected


def describe(quotation: Quotation, post: Post) -> Iterator[str]:
    text = quotation.text
    for joint in reversed(quotation.joints):
        assert text[joint] == " "
        text = f"{text[:joint]} ‖{text[joint:]}"
    yield f"{quotation.kind.value}: {one_line(text)}"
    spelled = post.text[quotation.span.start : quotation.span.end].replace("\r\n", "\n")
    if spelled != quotation.text:
        yield f"  file: {one_line(spelled)}"
    if quotation.cited:
        yield f"  cited: {', '.join(map(cited, quotation.cited))}"
    if quotation.remark:
        yield f"  remark: {quotation.remark}"
    for waiver in quotation.waivers:
        yield f"  waived: {' '.join(waiver.codes)} {waiver.reason}"


def one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def cited(one: Cited) -> str:
    return f"{one.key} {one.locator.label} {one.locator.value}" if one.locator else one.key


def place(finding: Finding, post: Post) -> str:
    before = post.text[: finding.span.start]
    return f"{finding.code} {before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
