"""A quotation's own citation in the file, where others say the same."""

from __future__ import annotations

import pytest

from pubtool.checker.fixing.own_citation import own_citation
from pubtool.checker.quotations import find_quotations
from pubtool.model import Key
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc

FAR = "Words of the author’s own that go on. " * 40


@pytest.mark.parametrize(
    "text",
    [
        # the citation of “the one quoted here” has a star behind it
        "She says “the one quoted here” [@x, p. 3]*.",
        "“Another one is before” [@x, p. 3]. “the one quoted here” [@x, p. 3]* it is.",
        "“Another one is before” [@x, p. 3]. “the one quoted here” is what she says [@x, p. 3]*.",
        "@x [p. 3]* says “the one quoted here”. “Another one is behind” [@x, p. 3].",
        "@x [p. 3]* says “the one quoted here”. Much more is said by her.\n\nSee [@x, p. 3].",
        "As @x [p. 3]* has it, “the one quoted here”.\n\n@x [p. 3] says “Another one is behind”.",
        "“the one quoted here” and “another one that follows” [@x, p. 3]*.",
        "“the one quoted here” [@x, p. 3]*. “Another one is behind” [@x, p. 3].",
        f"“the one quoted here”^[See [@x, p. 3]*.] {FAR}\n\n“Another one is behind” [@x, p. 3].",
        f"“the one quoted here”[^1] and so on.\n\n{FAR}\n\n[^1]: See [@x, p. 3]*.",
        f"“the one quoted here” [@x, p. 3]* and more.\n\n{FAR} [@x, p. 4] [@y, p. 3].",
    ],
)
def test_the_citation_that_is_found_is_the_quotation_s(text: str, pandoc: Pandoc) -> None:
    starred = text.index("]*")
    written = text.replace("]*", "]")
    post = read_post("posts/a.md", written, pandoc.parse(written, "posts/a.md"))
    quotations, _ = find_quotations(post)
    quoted = next(one for one in quotations if one.text == "the one quoted here")
    [cited] = quoted.cited
    found = own_citation(post, quoted, Key("x"), cited.locator)
    assert found is not None
    assert found[0].end == starred + 1


def test_of_several_that_are_far_none_is_taken(pandoc: Pandoc) -> None:
    note = "[^1]: See [@x, p. 3].\n\n[^2]: See [@x, p. 3]."
    text = f"“the one quoted here”[^1] and “another one that follows”[^2].\n\n{FAR}\n\n{note}\n"
    post = read_post("posts/a.md", text, pandoc.parse(text, "posts/a.md"))
    quotations, _ = find_quotations(post)
    quoted = quotations[0]
    assert own_citation(post, quoted, Key("x"), quoted.cited[0].locator) is None
    assert own_citation(post, quoted, Key("x"), None) is None
