"""What an editor is shown of a mend is the same whatever ends the post's lines."""

from __future__ import annotations

import pytest

from pubtool.model import Code, Edit, Finding, Fix, Severity, Span
from pubtool.pipeline.reviewing.looking import mend_of
from pubtool.text.lines import Lines

POST = "He begins.\n\nHe says “a lamp\nburns”.\n \nHe goes on.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_mend_is_shown_within_its_paragraph(end: str) -> None:
    text = POST.replace("\n", end)
    at = text.index("a lamp")
    fix = Fix("use the source's wording", (Edit(Span(at, at + 1), "the"),))
    finding = Finding(Code("Q101"), Severity.ERROR, "…", Span(at, at + 1), None, fix)
    mend = mend_of(finding, 1, text, Lines(text))
    assert mend
    (change,) = mend.changes
    assert (change.line, change.before, change.old, change.new) == (3, "He says “", "a", "the")
    assert change.after.splitlines() == [" lamp", "burns”."]
