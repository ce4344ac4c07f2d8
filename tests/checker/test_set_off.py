"""Words that the source sets off in a block quote are somebody else's, if it introduces them."""

from __future__ import annotations

import pytest
from tests.quoting import CHICAGO, KEY, library

from pubtool.checker.check import check_post
from pubtool.model import SourceText, Span
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

BEFORE = "Orme wrote much. Old Rowse, however, used to tell the pilots"
QUOTED = "Never trust a lamp that gives you a light without telling you how long it will burn."


def codes(lead: str, post: str) -> list[str]:
    text = f"{BEFORE}{lead}\n{QUOTED}\nThe board took note of it in spring."
    start = text.index(QUOTED)
    source = SourceText(KEY, text, quoted=(Span(start, start + len(QUOTED)),))
    with Pandoc() as pandoc:
        read = read_post("a.md", post, pandoc.parse(post, "a.md"))
    return [finding.code for finding in check_post(read, library(source), CHICAGO).findings]


@pytest.mark.parametrize(
    ("lead", "post", "due"),
    [
        (":", "Orme says: “Never trust a lamp that gives you a light” [@orme].", ["Q205"]),
        (":", "As Rowse told them, “[n]ever trust a lamp that gives you a light” [@orme].", []),
        (":\n", "Orme: “Never trust a lamp that gives you a light” [@orme].", ["Q205"]),
        (":\n", "Orme has it from Rowse: “Never trust a lamp that gives you a light” [@orme].", []),
        (".", "Orme says: “Never trust a lamp that gives you a light” [@orme].", []),
        (":", "Orme says that “[t]he board took note of it in spring” [@orme].", []),
    ],
)
def test_a_block_quote_behind_a_colon_is_somebody_else_s(
    lead: str, post: str, due: list[str]
) -> None:
    assert [code for code in codes(lead, post) if code == "Q205"] == due
